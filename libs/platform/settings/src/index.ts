export type { IntakeLimits, IntakeSettings } from './intake';
export { readSettings, type Settings } from './settings';

/** Injection tokens of the `Settings` and of the `ViewEngine`. */
export const SETTINGS = Symbol('Settings');
export const VIEWS = Symbol('ViewEngine');

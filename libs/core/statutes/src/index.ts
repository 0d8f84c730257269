export { deadline, type DayUnit, type Deadline } from './deadline';
export { formatDocumentNumber, parseDocumentNumber, type DocumentNumber } from './document-number';
export { mayBlock, parameter, PARAMETERS, type ParameterId } from './parameters';
export type { Parameter, ParameterValue } from './data/parameter';
export type { HolidayNotice } from './data/holiday-notice';
export { HOLIDAY_NOTICES, isWorkingDay, workingDaysBetween, type RestReason } from './working-days';
export { type Confirmation, type Effective, effectiveOf, type Override } from './effective';
export { assertWithinLeeway, type Direction, figureOf, type Leeway, LEEWAY, leewayOf } from './leeway';
export { effectiveParameter, effectiveParameters, parametersAt, publicParameters } from './queries/effective-parameter';
export { type DayFigure, dayFigures } from './figures';
export type { OverrideTerms } from './override-terms';
export { isInForce, unverifiedRules } from './queries/unverified-rules';
export { type CalendarDay, type CalendarMonth, periodCalendar } from './period-calendar';
export {
  type ConfirmationEntry, listConfirmations, listOverrides, type OverrideEntry, type PublicConfirmation, publicConfirmations, type PublicOverride, publicOverrides,
} from './queries/list-overrides';
export { StatutesModule } from './statutes.module';
export { ConfirmOverride } from './use-cases/confirm-override';
export { ConfirmParameter } from './use-cases/confirm-parameter';
export { type OverrideInput, SetOverride } from './use-cases/set-override';

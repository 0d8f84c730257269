export { deadline, type DayUnit, type Deadline } from './deadline';
export { formatDocumentNumber, parseDocumentNumber, type DocumentNumber } from './document-number';
export { mayBlock, parameter, PARAMETERS, type ParameterId } from './parameters';
export type { Parameter, ParameterValue } from './data/parameter';
export type { HolidayNotice } from './data/holiday-notice';
export { HOLIDAY_NOTICES, isWorkingDay, workingDaysBetween, type RestReason } from './working-days';

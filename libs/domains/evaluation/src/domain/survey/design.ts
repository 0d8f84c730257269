import { PROFILE_FIELDS, type ProfileField } from '@core/policy';
import { type Definition, questionsOf } from '@core/questionnaire';
import { DomainError, type FieldError, isDay, type IsoDate } from '@platform/kernel';
import type { Indicator } from '../indicators';

export const ALLOCATIONS = ['proportional', 'fixed'] as const;
export type Allocation = (typeof ALLOCATIONS)[number];

export type SurveyState = 'design' | 'field' | 'closed';

/** Smallest count that is told (`minCell`): it may be set higher and never lower, by the table too. */
export const LEAST_CELL = 5;
/** Two of a stratum at least: a spread needs two. */
export const LEAST_MINIMUM = 2;
/** Longest text of question and answer together, in characters. */
export const MAX_SURVEY_TEXT = 20_000;
const LONGEST_FIELD_DAYS = 120;
/** More parts than this leave a handful of enterprises in each. */
export const MOST_STRATA = 60;
const DAY_MS = 86_400_000;

export interface SurveyDesign {
  /** Key of the list that is drawn from. */
  frame: string;
  /** By what the list is parted; nothing makes one stratum. */
  strataBy: readonly ProfileField[];
  allocation: Allocation;
  /** Of all strata together where it is proportional, of each where it is fixed. */
  size: number;
  /** Fewest of a stratum, as far as it has so many. */
  minimum: number;
  minCell: number;
  /** Which question of a scale feeds which indicator: keys of indicators by ids of questions. */
  mapping: Readonly<Record<string, string>>;
}

const isWithin = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most;

/** Indicators that the enterprises are asked about: what a question may feed. */
export const feedable = (indicators: readonly Indicator[]): Indicator[] => indicators.filter(({ sides }) => sides.includes('enterprises'));

/** What is wrong with a design. */
export function designFaults(design: SurveyDesign, { frames, indicators, definition }: { frames: readonly string[]; indicators: readonly Indicator[]; definition: Definition }): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, key: string, params?: Record<string, unknown>): void => {
    faults.push({ field, key: `survey:error.${key}`, ...(params ? { params } : {}) });
  };
  if (!frames.includes(design.frame)) fault('frame', 'frame');
  if (design.strataBy.some((field) => !PROFILE_FIELDS.includes(field)) || new Set(design.strataBy).size !== design.strataBy.length) fault('strataBy', 'strataBy');
  if (!ALLOCATIONS.includes(design.allocation)) fault('allocation', 'allocation');
  if (!isWithin(design.size, 1, 100_000)) fault('size', 'size');
  if (!isWithin(design.minimum, LEAST_MINIMUM, 1000)) fault('minimum', 'minimum', { least: LEAST_MINIMUM });
  if (!isWithin(design.minCell, LEAST_CELL, 1000)) fault('minCell', 'minCell', { least: LEAST_CELL });
  const scales = questionsOf(definition).filter(({ question }) => question.kind === 'scale').map(({ question }) => question.id);
  const keys = feedable(indicators).map(({ key }) => key);
  const fed = Object.entries(design.mapping);
  for (const [question, indicator] of fed) if (!scales.includes(question) || !keys.includes(indicator)) fault(`feeds_${question}`, 'mapping');
  if (new Set(fed.map(([, indicator]) => indicator)).size !== fed.length) fault(`feeds_${fed.at(-1)?.[0] ?? ''}`, 'mappingTwice');
  return faults;
}

/** The mapping as far as the questionnaire still has its questions as scales: an edit must not leave one behind. */
export function fittingMapping(definition: Definition, mapping: SurveyDesign['mapping']): SurveyDesign['mapping'] {
  const scales = new Set(questionsOf(definition).filter(({ question }) => question.kind === 'scale').map(({ question }) => question.id));
  return Object.fromEntries(Object.entries(mapping).filter(([question]) => scales.has(question)));
}

/** Refuses (`invalid`) a last day that does not exist, has passed, or lies too far. */
export function assertFieldEnd(closesOn: IsoDate, today: IsoDate): void {
  const far = (): boolean => (Date.parse(closesOn) - Date.parse(today)) / DAY_MS > LONGEST_FIELD_DAYS;
  const key = !isDay(closesOn) ? 'evaluation:error.dayNeeded' : closesOn < today ? 'appraisal:error.closesInPast' : far() ? 'survey:error.closesFar' : null;
  if (key) throw DomainError.invalid(key, [{ field: 'closesOn', key, params: { days: LONGEST_FIELD_DAYS } }], { days: LONGEST_FIELD_DAYS });
}

/** Days before the last one on which who has not answered is reminded. */
const REMINDER_DAYS = 3;

/** The day of the reminder; null where the field is too short for one. */
export function reminderDay(today: IsoDate, closesOn: IsoDate): IsoDate | null {
  const day = new Date(Date.parse(closesOn) - REMINDER_DAYS * DAY_MS).toISOString().slice(0, 10);
  return day > today ? day : null;
}

import { DomainError, type IsoDate } from '@platform/kernel';
import type { Parameter } from './data/parameter';
import { OPENNESS_PARAMETERS } from './data/parameters-openness';
import { PROCEDURE_PARAMETERS } from './data/parameters-procedure';
import { epochDay } from './iso-date';

/** Every statutory parameter, in all its versions. */
export const PARAMETERS = [...PROCEDURE_PARAMETERS, ...OPENNESS_PARAMETERS] as const;

type AnyParameter = (typeof PARAMETERS)[number];

/** The ids that exist; a misspelt literal does not compile. */
export type ParameterId = AnyParameter['id'];

/**
 * The version of a parameter in force on a day, its value typed by its id. Refuses an unknown id and a day on which no version was
 * in force (`statutes:error.noParameter`).
 */
export function parameter<I extends ParameterId>(id: I, on: IsoDate): Extract<AnyParameter, { id: I }>;
export function parameter(id: string, on: IsoDate): Parameter;
export function parameter(id: string, on: IsoDate): Parameter {
  epochDay(on);
  const found = PARAMETERS.find((version: Parameter) => version.id === id && version.from <= on && (version.to === null || on <= version.to));
  if (!found) throw DomainError.invalid('statutes:error.noParameter', [], { id, on });
  return found;
}

/** A rule whose text was read (S), at least in part (P), may stop an act; one cited from memory (M) only warns. */
export const mayBlock = ({ confidence }: Pick<Parameter, 'confidence'>): boolean => confidence !== 'M';

import { chinaDate, DomainError, type FieldError, isDay, type IsoDate } from '@platform/kernel';
import { AUTHOR_KINDS, type AuthorKind, type Stance, STANCES } from './figures';
import { maskedName, MAX_OPINION, optionalText, requiredText } from './opinion-text';

/** The ways on which an opinion comes to a department that then enters it itself. */
export const ENTERED_CHANNELS = ['letter', 'email', 'hearing', 'symposium', 'field_visit'] as const;
export type EnteredChannel = (typeof ENTERED_CHANNELS)[number];
export const isEntered = (channel: string): boolean => (ENTERED_CHANNELS as readonly string[]).includes(channel);

/** An opinion as an officer or a workbook has it: every part a text, none of them trusted. */
export interface EntryInput {
  channel: string;
  /** The day it came in, `YYYY-MM-DD`; when it is entered is another matter. */
  arrivedOn: string;
  authorKind: string;
  authorName?: string | undefined;
  clauseId?: string | undefined;
  quote?: string | undefined;
  stance: string;
  text: string;
  /** By what the department finds the paper again: the number of the letter, the name of the meeting. */
  reference?: string | undefined;
}

export interface Entry {
  channel: EnteredChannel;
  arrivedOn: IsoDate;
  authorKind: AuthorKind;
  authorName: string | null;
  /** An enterprise speaks under its name, as its seal is on the letter; a person's is masked. */
  publicName: string | null;
  clauseId: string | null;
  quote: string | null;
  stance: Stance;
  text: string;
  reference: string | null;
}

/** What an entry is judged by: the draft that is asked about, and the days between which something may have come in. */
export interface EntryContext {
  opensAt: Date;
  now: Date;
  /** Words by clause id. */
  clauses: ReadonlyMap<string, string>;
}

/** The key that the receipt of an entered opinion follows from, so that the department can print it again for who asks at its desk. */
export const receiptKeyOf = (opinionId: string): string => `entered/${opinionId}`;

const MAX_NAME = 100;
const MAX_REFERENCE = 200;

/**
 * Reads an entry and collects everything that is wrong with it, field by field, so that whoever typed it corrects it once. An empty list of faults
 * comes with the entry.
 */
export function readEntry(input: EntryInput, context: EntryContext): { entry: Entry | null; faults: FieldError[] } {
  const faults: FieldError[] = [];
  const attempt = <T>(field: string, work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      faults.push(...(error.details.fields ?? [{ field, key: error.key }]));
      return null;
    }
  };
  const oneOf = <T extends string>(field: string, value: string, of: readonly T[], key: string): T | null =>
    attempt(field, () => of.find((one) => one === value) ?? refuse(field, key));
  const channel = oneOf('channel', input.channel, ENTERED_CHANNELS, 'channels:error.channel');
  const arrivedOn = attempt('arrivedOn', () => arrival(input.arrivedOn, context));
  const authorKind = oneOf('authorKind', input.authorKind, AUTHOR_KINDS, 'channels:error.authorKind');
  const authorName = attempt('authorName', () => nameOf(authorKind, input.authorName));
  const clauseId = attempt('clauseId', () => clauseOf(input.clauseId, context));
  // Of a clause that is not there no words can be looked for; that it is not there is told already.
  const quote = input.clauseId && clauseId === null ? null : attempt('quote', () => quoteOf(input.quote, clauseId, context));
  const stance = oneOf('stance', input.stance, STANCES, 'consultation:error.stance');
  const text = attempt('text', () => requiredText(input.text, 'text', MAX_OPINION));
  const reference = attempt('reference', () => optionalText(input.reference, 'reference', MAX_REFERENCE));
  if (faults.length > 0 || !channel || !arrivedOn || !authorKind || !stance || !text) return { entry: null, faults };
  return { entry: { channel, arrivedOn, authorKind, authorName, publicName: publicNameOf(authorKind, authorName), clauseId, quote, stance, text, reference }, faults };
}

/** As `readEntry`; refuses (`invalid`) with all that is wrong. */
export function requireEntry(input: EntryInput, context: EntryContext): Entry {
  const { entry, faults } = readEntry(input, context);
  if (!entry) throw DomainError.invalid(faults[0]?.key ?? 'common:error.validation', faults);
  return entry;
}

const refuse = (field: string, key: string, params?: Record<string, unknown>): never => {
  throw DomainError.invalid(key, [{ field, key, ...(params ? { params } : {}) }], params);
};

/** Not before the consultation opened, as nobody knew the draft, and not after today. */
function arrival(day: string, { opensAt, now }: EntryContext): IsoDate {
  const [from, to] = [chinaDate(opensAt), chinaDate(now)];
  if (!isDay(day)) return refuse('arrivedOn', 'consultation:error.day');
  if (day < from || day > to) return refuse('arrivedOn', 'channels:error.arrivedOn', { from, to });
  return day;
}

/** Somebody unnamed has no name, whatever stands on the envelope; everybody else has one. */
function nameOf(kind: AuthorKind | null, name: string | undefined): string | null {
  const given = optionalText(name, 'authorName', MAX_NAME);
  if (kind === 'anonymous') return given === null ? null : refuse('authorName', 'channels:error.anonymousName');
  return given ?? (kind === null ? null : refuse('authorName', 'channels:error.authorName'));
}

export const publicNameOf = (kind: AuthorKind, name: string | null): string | null => (name === null || kind === 'enterprise' ? name : maskedName(name));

function clauseOf(clauseId: string | undefined, { clauses }: EntryContext): string | null {
  if (!clauseId) return null;
  return clauses.has(clauseId) ? clauseId : refuse('clauseId', 'consultation:error.noClause');
}

function quoteOf(given: string | undefined, clauseId: string | null, { clauses }: EntryContext): string | null {
  const quote = optionalText(given, 'quote', 500);
  if (quote === null) return null;
  if (clauseId === null) return refuse('quote', 'channels:error.quoteWithoutClause');
  return clauses.get(clauseId)?.includes(quote) ? quote : refuse('quote', 'consultation:error.noQuote');
}

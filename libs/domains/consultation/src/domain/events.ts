import { chinaDate, DomainError, type FieldError, type IsoDate } from '@platform/kernel';
import { optionalText, requiredText } from './opinion-text';
import { type Stance, STANCES } from './figures';

/** Occasions on which a department hears people (713§14): 听证会, 座谈会, 实地走访. */
export const EVENT_KINDS = ['hearing', 'symposium', 'field_visit'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];
export const EVENT_STATES = ['announced', 'selected', 'held', 'finished', 'cancelled'] as const;
export type EventState = (typeof EVENT_STATES)[number];
export const SIGNATURES = ['signed', 'refused', 'absent'] as const;
export type Signature = (typeof SIGNATURES)[number];

/** 《重大行政决策程序暂行条例》: the draft and the list of participants are published, all sides are represented, materials arrive seven days before. */
export const ARTICLE_16 = '《重大行政决策程序暂行条例》第十六条';
/** The participants confirm the minutes and sign them. */
export const ARTICLE_17 = '《重大行政决策程序暂行条例》第十七条';

const DAY_MS = 86_400_000;

export interface EventInput {
  kind: EventKind;
  title: string;
  place: string;
  startsAt: Date | null;
  agenda: string;
  moderator: string;
  clerk: string;
  /** With an end of signing up and a rule of selection: the event is open to who signs up. A hearing always is. */
  seats?: number | null | undefined;
  signUpUntil?: Date | null | undefined;
  selectionRule?: string | undefined;
}

export interface EventTerms {
  kind: EventKind;
  title: string;
  place: string;
  startsAt: Date;
  agenda: string;
  moderator: string;
  clerk: string;
  seats: number | null;
  signUpUntil: Date | null;
  selectionRule: string | null;
  materialsDays: number | null;
}

/** The last day on which materials still arrive in time: that many days before the day of the hearing. */
export const lastDelivery = (startsAt: Date, days: number): IsoDate => chinaDate(new Date(startsAt.getTime() - days * DAY_MS));

/** Says of an empty field which it is, as a summary of several is read without the form. */
const named = (faults: readonly FieldError[]): FieldError[] => faults.map((fault) => (fault.key === 'consultation:error.empty' ? { ...fault, key: `channels:error.empty.${fault.field}` } : fault));

/** Within the window, as what is said there goes into the register before the close. */
export function assertWithinWindow(startsAt: Date, { opensAt, closesAt }: { opensAt: Date; closesAt: Date }): void {
  if (startsAt < opensAt || startsAt >= closesAt) {
    throw DomainError.invalid('channels:error.eventOutside', [{ field: 'startsAt', key: 'channels:error.eventOutside' }]);
  }
}

/**
 * What is announced, checked as a whole: everything that is wrong comes at once. `materialsDays`: how many days before a hearing its materials must have
 * arrived. A visit is written down after it was made; the others lie ahead.
 */
export function eventTerms(input: EventInput, window: { opensAt: Date; closesAt: Date }, materialsDays: number, now: Date): EventTerms {
  const faults: FieldError[] = [];
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      faults.push(...named(error.details.fields ?? []));
      return null;
    }
  };
  const fault = (field: string, key: string, params?: Record<string, unknown>): null => {
    faults.push({ field, key, ...(params ? { params } : {}) });
    return null;
  };
  const { kind, startsAt } = input;
  const text = (field: 'title' | 'place' | 'agenda' | 'moderator' | 'clerk', max: number): string | null => attempt(() => requiredText(input[field], field, max));
  const [title, place, agenda, moderator, clerk] = [text('title', 200), text('place', 200), text('agenda', 5000), text('moderator', 50), text('clerk', 50)];
  if (startsAt === null) fault('startsAt', 'channels:error.eventTime');
  else attempt(() => assertWithinWindow(startsAt, window));
  if (startsAt !== null && (kind === 'field_visit') !== (startsAt <= now)) fault('startsAt', kind === 'field_visit' ? 'channels:error.visitAhead' : 'channels:error.eventPast');
  const open = kind === 'hearing' || (kind === 'symposium' && Boolean(input.seats ?? input.signUpUntil ?? input.selectionRule));
  const seats = open ? seatsOf(input.seats) ?? fault('seats', 'channels:error.seats') : null;
  const selectionRule = open ? attempt(() => requiredText(input.selectionRule ?? '', 'selectionRule', 2000)) : null;
  const latest = startsAt !== null && kind === 'hearing' ? lastDelivery(startsAt, materialsDays) : null;
  const signUpUntil = !open ? null : !input.signUpUntil || input.signUpUntil <= now || (startsAt !== null && input.signUpUntil >= startsAt) ? fault('signUpUntil', 'channels:error.signUpUntil')
    : latest !== null && chinaDate(input.signUpUntil) > latest ? fault('signUpUntil', 'channels:error.signUpTooLate', { latest, days: materialsDays }) : input.signUpUntil;
  if (faults.length > 0 || !title || !place || !agenda || !moderator || !clerk || !startsAt) {
    const late = faults.find(({ key }) => key === 'channels:error.signUpTooLate');
    throw new DomainError('invalid', faults[0]?.key ?? 'common:error.validation', { fields: faults, ...(faults[0]?.params ? { params: faults[0].params } : {}), ...(late ? { article: ARTICLE_16 } : {}) });
  }
  return { kind, title, place, startsAt, agenda, moderator, clerk, seats, signUpUntil, selectionRule, materialsDays: kind === 'hearing' ? materialsDays : null };
}

const seatsOf = (seats: number | null | undefined): number | null => (Number.isInteger(seats) && Number(seats) >= 3 && Number(seats) <= 500 ? Number(seats) : null);

export interface ParticipantInput {
  kind: string;
  name: string;
  contact: string;
  represents?: string | undefined;
  standpoint: string;
  reason: string;
}

export interface ParticipantTerms {
  kind: 'enterprise' | 'resident';
  name: string;
  contact: string;
  represents: string | null;
  standpoint: Stance;
  reason: string;
}

/** Who wants to take part, or is asked to; refuses with every field that is wrong. */
export function participantTerms(input: ParticipantInput): ParticipantTerms {
  const faults: FieldError[] = [];
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      faults.push(...named(error.details.fields ?? []));
      return null;
    }
  };
  const kind = input.kind === 'enterprise' || input.kind === 'resident' ? input.kind : null;
  if (!kind) faults.push({ field: 'kind', key: 'channels:error.participantKind' });
  const standpoint = STANCES.find((one) => one === input.standpoint) ?? null;
  if (!standpoint) faults.push({ field: 'standpoint', key: 'channels:error.standpoint' });
  const [name, contact, reason] = [attempt(() => requiredText(input.name, 'name', 100)), attempt(() => requiredText(input.contact, 'contact', 200)), attempt(() => requiredText(input.reason, 'reason', 1000))];
  const represents = attempt(() => optionalText(input.represents, 'represents', 100));
  if (faults.length > 0 || !kind || !standpoint || !name || !contact || !reason) throw DomainError.invalid(faults[0]?.key ?? 'common:error.validation', faults);
  return { kind, name, contact, represents, standpoint, reason };
}

/** Sides that want to be heard and have nobody among the chosen (713§16: 保证相关各方都有代表参加听证会). */
export function unheardSides(people: readonly { standpoint: Stance; selected: boolean }[]): Stance[] {
  return STANCES.filter((side) => people.some(({ standpoint }) => standpoint === side) && !people.some(({ standpoint, selected }) => selected && standpoint === side));
}

import { dayOf, DAYS, type History } from './histories';
import type { Life } from './lives';

export interface LedgerOracleRow {
  id: string;
  state: string;
  validity: string | null;
  number: string | null;
  from: string | null;
  to: string | null;
  endedOn: string | null;
  lastDay: string | null;
  amendedBy: string[];
  repealed: string[];
  flags: string[];
  calls: number;
}

interface Desk {
  step: string;
  out: boolean;
  to: number | null;
  end: { on: number; how: 'abolished' | 'superseded' } | null;
  amended: { on: number; number: string }[];
  repealed: { on: number; labels: string[] }[];
  extended: boolean;
  evaluated: boolean;
  calls: number;
}

/**
 * The ledgers of some days, by keeping one: a clerk lives through every day, writes on each policy's card what happens in its course, and at the end of a day that is asked for reads all cards off.
 * Knows nothing of tables and queries.
 */
export function ledgers(all: readonly Life[], wanted: ReadonlySet<number>): Map<number, LedgerOracleRow[]> {
  const happenings = new Map<number, (() => void)[]>();
  const numbers = new Map<History, string>(all.flatMap(({ history }) => (history ? [[history, history.number]] : [])));
  const published = all.flatMap(({ history }) => history ?? []);
  const on = (day: number, happen: () => void): void => { happenings.set(Math.max(0, day), [...(happenings.get(Math.max(0, day)) ?? []), happen]); };
  const cards = new Map<Life, Desk>();
  for (const life of all) {
    for (const step of life.steps) {
      on(step.day, () => {
        const card = cards.get(life) ?? { step: '', out: false, to: life.history?.to ?? null, end: null, amended: [], repealed: [], extended: false, evaluated: false, calls: 0 };
        cards.set(life, card);
        card.step = step.to;
        if (step.name === 'publish') card.out = true;
        if (step.name === 'evaluation_published') card.evaluated = true;
        if (step.name === 'call_opened') card.calls += 1;
      });
    }
    for (const deed of life.history?.deeds ?? []) {
      on(deed.day, () => {
        const card = cards.get(life) as Desk;
        if (deed.kind === 'extended') Object.assign(card, { to: deed.until, extended: true });
        else if (deed.kind === 'amended') card.amended.push({ on: deed.on, number: numbers.get(published[deed.by] as History) ?? '' });
        else if (deed.kind === 'partly_repealed') card.repealed.push({ on: deed.on, labels: deed.clauses.map(({ label }) => label) });
        else card.end = { on: deed.on, how: deed.kind === 'abolished' ? 'abolished' : 'superseded' };
      });
    }
  }
  const read = new Map<number, LedgerOracleRow[]>();
  for (let day = 0; day <= DAYS; day += 1) {
    for (const happen of happenings.get(day) ?? []) happen();
    if (wanted.has(day)) read.set(day, [...cards].map(([life, card]) => rowOf(life, card, day)).sort((a, b) => (a.id < b.id ? -1 : 1)));
  }
  return read;
}

function rowOf({ id, history }: Life, { step, out, to, end, amended, repealed, extended, evaluated, calls }: Desk, day: number): LedgerOracleRow {
  const marks = (more: string[]): string[] => [...more, ...(evaluated ? ['evaluated'] : []), ...(calls > 0 ? ['funded'] : [])].sort();
  if (!out || !history) return { id, state: step, validity: null, number: null, from: null, to: null, endedOn: null, lastDay: null, amendedBy: [], repealed: [], flags: marks([]), calls };
  let validity = 'in_force';
  if (to !== null && day > to) validity = 'lapsed';
  if (end && day >= end.on) validity = end.how;
  if (day < history.from) validity = 'not_yet_effective';
  const held = <T extends { on: number }>(items: readonly T[]): T[] => items.filter((item) => item.on <= day).sort((a, b) => a.on - b.on);
  const [amendedBy, gone] = [held(amended).map(({ number }) => number), held(repealed).flatMap(({ labels }) => labels).sort()];
  const ends = [...(to === null ? [] : [to]), ...(end ? [end.on - 1] : [])];
  return {
    id, validity, state: { lapsed: 'expired', abolished: 'abolished', superseded: 'superseded' }[validity] ?? 'published', number: history.number, from: dayOf(history.from), to: to === null ? null : dayOf(to),
    endedOn: end ? dayOf(end.on) : null, lastDay: ends.length > 0 ? dayOf(Math.min(...ends)) : null, amendedBy, repealed: gone, calls,
    flags: marks([...(amendedBy.length > 0 ? ['amended'] : []), ...(gone.length > 0 ? ['partly_repealed'] : []), ...(extended ? ['extended'] : [])]),
  };
}

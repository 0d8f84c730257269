import { v7 } from 'uuid';
import type { Dice } from '../campaigns/random';

/** Days are counted from this one. */
const FIRST = Date.UTC(2018, 0, 1);
export const DAYS = 4400;
const DAY_MS = 86_400_000;
export const dayOf = (n: number): string => new Date(FIRST + n * DAY_MS).toISOString().slice(0, 10);
/** An instant on that day in Shanghai, often near one of its ends. */
const instantOn = (dice: Dice, n: number): Date => new Date(FIRST + n * DAY_MS - 8 * 3_600_000 + dice.pick([0, 1, 36_000_000, 86_399_000, 86_399_999]));

/** Something that was decided about a policy, in the order in which it was. `on`: first day on which it holds. */
export type Deed =
  | { kind: 'amended'; at: Date; day: number; on: number; by: number }
  | { kind: 'partly_repealed'; at: Date; day: number; on: number; clauses: { identity: string; label: string }[] }
  | { kind: 'extended'; at: Date; day: number; previous: number; until: number }
  | { kind: 'abolished'; at: Date; day: number; on: number }
  | { kind: 'replaced'; at: Date; day: number; on: number; by: number };

export interface History {
  id: string;
  title: string;
  number: string;
  department: number;
  publishedAt: Date;
  publishedDay: number;
  from: number;
  /** Last day as it was first published; null for none. */
  to: number | null;
  deeds: Deed[];
}

/** Lives of so many policies as departments lead them: published, amended by later ones, some clauses repealed, extended before they lapse, abolished or replaced. */
export function histories(dice: Dice, count: number): History[] {
  const all: History[] = [];
  const days = Array.from({ length: count }, () => dice.between(0, DAYS - 600)).sort((a, b) => a - b);
  for (const [n, day] of days.entries()) {
    const from = day + dice.pick([0, 0, 1, 30, dice.between(0, 90)]);
    all.push({
      id: v7(), title: `办法${n}`, number: `测规〔${dayOf(day).slice(0, 4)}〕${n}号`, department: n % 7, publishedAt: instantOn(dice, day), publishedDay: day, from,
      to: dice.chance(0.75) ? from + dice.between(0, 1500) : null, deeds: [],
    });
  }
  for (const [n, policy] of all.entries()) live(dice, all, n, policy);
  return all;
}

function live(dice: Dice, all: readonly History[], n: number, policy: History): void {
  let [to, day, clause] = [policy.to, policy.publishedDay, 1];
  let last = policy.publishedAt;
  const ended = (): boolean => to !== null && day > to;
  for (let steps = dice.pick([0, 0, 1, 2, 4, 6]); steps > 0; steps -= 1) {
    day += dice.between(0, 300);
    // Decisions on one policy follow each other: who decides holds it.
    let at = instantOn(dice, day);
    if (at <= last) at = instantOn(dice, ++day);
    last = at;
    if (day >= DAYS || ended()) return;
    const later = all.slice(n + 1).find((other) => other.publishedDay >= day);
    const deed = dice.pick(['amend', 'amend', 'repeal', 'extend', 'extend', 'abolish', 'replace'] as const);
    if (deed === 'repeal') {
      policy.deeds.push({ kind: 'partly_repealed', at, day, on: day + dice.pick([0, 1, dice.between(0, 200)]), clauses: Array.from({ length: dice.between(1, 3) }, () => ({ identity: `a${clause}`, label: `第${clause++}条` })) });
    } else if (deed === 'extend' && to !== null) {
      const until = to + dice.between(1, 900);
      policy.deeds.push({ kind: 'extended', at, day, previous: to, until });
      to = until;
    } else if (deed === 'abolish') {
      policy.deeds.push({ kind: 'abolished', at, day, on: day + dice.pick([0, 1, 30, dice.between(0, 400)]) });
      return;
    } else if ((deed === 'amend' || deed === 'replace') && later) {
      day = later.publishedDay;
      if (ended() || policy.deeds.some((other) => 'by' in other && all[other.by] === later)) return;
      policy.deeds.push({ kind: deed === 'amend' ? 'amended' : 'replaced', at: later.publishedAt, day, on: later.from, by: all.indexOf(later) });
      if (deed === 'replace') return;
    }
  }
}

import { dayOf, DAYS, type History } from './histories';

export interface OracleRow {
  id: string;
  number: string;
  title: string;
  from: string;
  to: string | null;
  amendedBy: string[];
  repealed: string[];
}

interface Standing { published: boolean; to: number | null; end: number | null; amended: { on: number; number: string }[]; repealed: { on: number; labels: string[] }[] }

/**
 * The effective lists of some days, by living through every day in its turn: in the course of a day things are published and decided, and at its end somebody writes down which documents hold
 * and what is known of each. Knows nothing of tables and queries.
 */
export function effectiveLists(all: readonly History[], wanted: ReadonlySet<number>): Map<number, OracleRow[]> {
  const today: (() => void)[][] = Array.from({ length: DAYS + 1 }, () => []);
  const standings = new Map<History, Standing>();
  for (const policy of all) {
    const standing: Standing = { published: false, to: policy.to, end: null, amended: [], repealed: [] };
    standings.set(policy, standing);
    today[policy.publishedDay]?.push(() => { standing.published = true; });
    for (const deed of policy.deeds) {
      today[deed.day]?.push(() => {
        if (deed.kind === 'extended') standing.to = deed.until;
        else if (deed.kind === 'amended') standing.amended.push({ on: deed.on, number: all[deed.by]?.number ?? '' });
        else if (deed.kind === 'partly_repealed') standing.repealed.push({ on: deed.on, labels: deed.clauses.map(({ label }) => label) });
        else standing.end = deed.on;
      });
    }
  }
  const lists = new Map<number, OracleRow[]>();
  for (let day = 0; day <= DAYS; day += 1) {
    for (const happen of today[day] ?? []) happen();
    if (!wanted.has(day)) continue;
    const list: { row: OracleRow; at: number }[] = [];
    for (const [policy, { published, to, end, amended, repealed }] of standings) {
      if (!published || policy.from > day || (to !== null && to < day) || (end !== null && end <= day)) continue;
      const last = end === null ? to : to === null ? end - 1 : Math.min(to, end - 1);
      const held = <T extends { on: number }>(items: readonly T[]): T[] => items.filter(({ on }) => on <= day).sort((a, b) => a.on - b.on);
      list.push({
        at: policy.publishedAt.getTime(),
        row: {
          id: policy.id, number: policy.number, title: policy.title, from: dayOf(policy.from), to: last === null ? null : dayOf(last),
          amendedBy: held(amended).map(({ number }) => number), repealed: held(repealed).flatMap(({ labels }) => labels).sort(),
        },
      });
    }
    lists.set(day, list.sort((a, b) => b.at - a.at || (a.row.id < b.row.id ? 1 : -1)).map(({ row }) => row));
  }
  return lists;
}

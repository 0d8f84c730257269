import type { TenantTx } from '@platform/persistence';
import type { AuthorKind, Moderation, Stance } from '../domain/figures';
import { NONE, type OpinionState, OPINION_STATES } from '../domain/opinion-filter';
import { APPEAL, conditionOf, ofDepartment, SELECTED_FROM, type Selection } from './opinion-selection';

/** Opinions that are alike in everything that one may filter by, and how many there are. */
interface Cell {
  clause: string;
  stance: Stance;
  kind: AuthorKind;
  channel: string;
  officer: string;
  moderation: Moderation;
  answer: 'none' | 'given' | 'approved';
  appealed: boolean;
  mine: boolean;
  anybody: boolean;
  count: number;
}

/** How many fit each value of a filter while all the others are kept. */
export interface OpinionFacets {
  total: number;
  clause: Map<string, number>;
  stance: Map<string, number>;
  kind: Map<string, number>;
  channel: Map<string, number>;
  state: Map<string, number>;
  officer: Map<string, number>;
  unread: Map<string, number>;
  /** By account, whatever else is filtered by; what is given to nobody is under `none`. */
  load: Map<string, OfficerLoad>;
}

export interface Officer {
  accountId: string;
  name: string;
}

/** An officer's share of the opinions that say the words. */
export interface OfficerLoad {
  assigned: number;
  /** Of these, without an answer. */
  waiting: number;
}

/** The opinions that say the words and are in the cluster, if any, counted in one pass by everything else. */
async function cells(tx: TenantTx, { filter: { cluster }, ...selection }: Selection): Promise<Cell[]> {
  const { where, parameters, give } = conditionOf(tx, { ...selection, filter: { cluster } });
  return tx.query<Cell>(
    `SELECT coalesce(o.clause_id, '${NONE}') AS clause, o.stance, o.author_kind AS kind, o.channel, coalesce(g.account_id::text, '${NONE}') AS officer, o.moderation,
       CASE WHEN a.opinion_id IS NULL THEN 'none' WHEN a.approved_at IS NULL THEN 'given' ELSE 'approved' END AS answer, o.moderation = 'hidden' AND p.id IS NOT NULL AS appealed,
       coalesce(w.mine, false) AS mine, w.opinion_id IS NOT NULL AS anybody, count(*)::integer AS count
     FROM ${SELECTED_FROM} LEFT JOIN opinion_appeal p ON ${APPEAL}
     LEFT JOIN (SELECT r.opinion_id, bool_or(r.account_id = ${give(tx.actor.accountId)}::uuid) AS mine FROM opinion_reading r WHERE r.city_id = $1 AND r.consultation_id = $2 GROUP BY r.opinion_id) w ON w.opinion_id = o.id
     WHERE ${where}${ofDepartment(tx, give)} GROUP BY o.clause_id, o.stance, o.author_kind, o.channel, g.account_id, o.moderation, 7, 8, 9, 10`, parameters);
}

const IN_STATE: Readonly<Record<OpinionState, (cell: Cell) => boolean>> = {
  unanswered: ({ answer, moderation }) => answer === 'none' && moderation !== 'withdrawn',
  answered: ({ answer }) => answer === 'given',
  approved: ({ answer }) => answer === 'approved',
  hidden: ({ moderation }) => moderation === 'hidden',
  withdrawn: ({ moderation }) => moderation === 'withdrawn',
  appealed: ({ appealed }) => appealed,
};

/** Which values of each filter a cell fits; several states, and both kinds of unread, may hold at once. */
const VALUES: Readonly<Record<Exclude<keyof OpinionFacets, 'load' | 'total'>, (cell: Cell) => string[]>> = {
  clause: ({ clause }) => [clause],
  stance: ({ stance }) => [stance],
  kind: ({ kind }) => [kind],
  channel: ({ channel }) => [channel],
  officer: ({ officer }) => [officer],
  state: (cell) => OPINION_STATES.filter((state) => IN_STATE[state](cell)),
  unread: ({ mine, anybody }) => [...(mine ? [] : ['me']), ...(anybody ? [] : ['anybody'])],
};
const FACETS = Object.keys(VALUES) as (keyof typeof VALUES)[];

/** What every filter would leave, in one statement, however many filters there are. */
export async function opinionFacets(tx: TenantTx, selection: Selection): Promise<OpinionFacets> {
  const facets: OpinionFacets = { total: 0, clause: new Map(), stance: new Map(), kind: new Map(), channel: new Map(), state: new Map(), officer: new Map(), unread: new Map(), load: new Map() };
  const { filter } = selection;
  for (const cell of await cells(tx, selection)) {
    const { assigned, waiting } = facets.load.get(cell.officer) ?? { assigned: 0, waiting: 0 };
    facets.load.set(cell.officer, { assigned: assigned + cell.count, waiting: waiting + (IN_STATE.unanswered(cell) ? cell.count : 0) });
    const missed = FACETS.filter((name) => filter[name] && !VALUES[name](cell).includes(filter[name]));
    if (missed.length === 0) facets.total += cell.count;
    for (const name of FACETS) {
      if (missed.some((other) => other !== name)) continue;
      for (const value of VALUES[name](cell)) facets[name].set(value, (facets[name].get(value) ?? 0) + cell.count);
    }
  }
  return facets;
}

/** How many opinions each stance has on one clause, and each kind of participant within it. */
export interface Topic {
  /** `none`: on the whole draft. */
  clause: string;
  count: number;
  byStance: Record<Stance, number>;
  rows: { stance: Stance; kind: AuthorKind; count: number }[];
}

/** Clause by stance by kind of participant, the clause with the most first; what was taken back is not in it. */
export async function opinionTopics(tx: TenantTx, consultationId: string): Promise<Topic[]> {
  const topics = new Map<string, Topic>();
  for (const { clause, stance, kind, moderation, count } of await cells(tx, { consultationId, filter: {}, said: null })) {
    if (moderation === 'withdrawn') continue;
    const topic = topics.get(clause) ?? { clause, count: 0, byStance: { support: 0, oppose: 0, suggest: 0 }, rows: [] };
    topics.set(clause, topic);
    topic.count += count;
    topic.byStance[stance] += count;
    const row = topic.rows.find((one) => one.stance === stance && one.kind === kind);
    if (row) row.count += count;
    else topic.rows.push({ stance, kind, count });
  }
  return [...topics.values()].sort((a, b) => b.count - a.count || (a.clause < b.clause ? -1 : 1));
}

/** The officers who may be given opinions of a department: its drafters and heads. */
export const officersOf = (tx: TenantTx, consultationId: string): Promise<Officer[]> =>
  tx.query<Officer>(
    `SELECT DISTINCT x.id AS "accountId", x.display_name AS name FROM consultation c
     JOIN membership m ON m.city_id = $1 AND m.tenant_id = c.tenant_id AND m.role IN ('drafter', 'department_head') AND m.revoked_at IS NULL
     JOIN account x ON x.city_id = $1 AND x.id = m.account_id AND x.disabled_at IS NULL WHERE c.city_id = $1 AND c.id = $2 ORDER BY 2, 1`, [tx.cityId, consultationId]);

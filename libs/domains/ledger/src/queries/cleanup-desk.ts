import { chinaDate, DomainError, isId, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { CleanupState, CleanupTrigger, SheetState } from '../domain/cleanup';
import { oversees } from '../ledger.access';
import type { CleanupRow } from '../persistence/cleanup.entity';
import { cleanups } from '../persistence/repositories';
import { effectiveExport } from './effective-list';

export interface CleanupSummary {
  id: string;
  title: string;
  trigger: CleanupTrigger;
  state: CleanupState;
  proposeBy: IsoDate;
  checkBy: IsoDate;
  openedAt: Date;
  decisionNumber: string | null;
  documents: number;
  proposed: number;
  lists: number;
  agreed: number;
}

const PAGE = 20;

/** Clean-ups of the city, newest first, with the figures of those lists that the person may see: of the city for who oversees it, else of the own department. */
export async function cleanupList(tx: TenantTx, after: string | undefined): Promise<{ items: CleanupSummary[]; next: string | null }> {
  const [at, id] = after ? after.split('_') : [null, null];
  if (after && (!at || Number.isNaN(Date.parse(at)) || !isId(id))) throw DomainError.invalid('common:error.badCursor');
  const rows = await tx.query<CleanupSummary>(
    `SELECT c.id, c.title, c.trigger, c.state, c.propose_by::text AS "proposeBy", c.check_by::text AS "checkBy", c.opened_at AS "openedAt", c.decision_number AS "decisionNumber",
       n.documents, n.proposed, s.lists, s.agreed
     FROM cleanup c
     CROSS JOIN LATERAL (SELECT count(*)::int AS documents, count(i.proposal)::int AS proposed FROM cleanup_item i WHERE i.city_id = $1 AND i.cleanup_id = c.id AND ($2 OR i.tenant_id = $3)) n
     CROSS JOIN LATERAL (SELECT count(*)::int AS lists, count(*) FILTER (WHERE x.state = 'agreed')::int AS agreed FROM cleanup_sheet x WHERE x.city_id = $1 AND x.cleanup_id = c.id) s
     WHERE c.city_id = $1 AND ($4::timestamptz IS NULL OR (c.opened_at, c.id) < ($4::timestamptz, $5::uuid)) ORDER BY c.opened_at DESC, c.id DESC LIMIT ${PAGE + 1}`,
    [tx.cityId, tx.actor.scope === 'city', tx.actor.tenantId, at, id]);
  const items = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.openedAt.toISOString()}_${last.id}` : null };
}

export interface SheetProgress {
  departmentId: string;
  department: string;
  state: SheetState;
  rowVersion: number;
  documents: number;
  /** Ended by other means, so nothing is proposed. */
  gone: number;
  /** Of those that go on, as the figures after it. */
  proposed: number;
  keep: number;
  amend: number;
  abolish: number;
  lapse: number;
  remarks: number;
  /** Of ends that something stands in the way of, as it was when they were proposed. */
  obstructed: number;
  signer: string | null;
  signedAt: Date | null;
  checker: string | null;
}

export interface CleanupOverview {
  cleanup: CleanupRow;
  opener: string;
  decider: string | null;
  sheets: SheetProgress[];
  today: IsoDate;
  mayRun: boolean;
  /** All lists are agreed and the person checked none of them. */
  mayDecide: boolean;
  checkedSome: boolean;
}

/** A clean-up with the progress of each department whose list the person may see. */
export async function cleanupOverview(tx: TenantTx, cleanupId: string): Promise<CleanupOverview> {
  const cleanup = await cleanups.require(tx, cleanupId);
  const sheets = await tx.query<SheetProgress & { checkedBy: string | null }>(
    `SELECT s.tenant_id AS "departmentId", d.name AS department, s.state, s.row_version AS "rowVersion", s.signed_at AS "signedAt", s.checked_by AS "checkedBy", a.display_name AS signer, k.display_name AS checker, n.*
     FROM cleanup_sheet s JOIN department d ON d.city_id = s.city_id AND d.id = s.tenant_id
     LEFT JOIN account a ON a.city_id = s.city_id AND a.id = s.signed_by LEFT JOIN account k ON k.city_id = s.city_id AND k.id = s.checked_by
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS documents, count(*) FILTER (WHERE x.gone)::int AS gone, count(x.proposal) FILTER (WHERE NOT x.gone)::int AS proposed,
         count(*) FILTER (WHERE x.proposal = 'keep' AND NOT x.gone)::int AS keep, count(*) FILTER (WHERE x.proposal = 'amend' AND NOT x.gone)::int AS amend,
         count(*) FILTER (WHERE x.proposal = 'abolish' AND NOT x.gone)::int AS abolish, count(*) FILTER (WHERE x.proposal = 'lapse' AND NOT x.gone)::int AS lapse,
         count(*) FILTER (WHERE x.remark <> '')::int AS remarks, count(*) FILTER (WHERE x.obstacles <> '[]'::jsonb AND NOT x.gone)::int AS obstructed
       FROM (SELECT i.proposal, i.remark, i.obstacles, CASE WHEN i.outcome IS NULL THEN p.state <> 'published' ELSE i.outcome = 'ended' END AS gone
         FROM cleanup_item i JOIN policy p ON p.city_id = i.city_id AND p.id = i.policy_id WHERE i.city_id = $1 AND i.cleanup_id = $2 AND i.tenant_id = s.tenant_id) x) n
     WHERE s.city_id = $1 AND s.cleanup_id = $2 ORDER BY d.name, d.id`, [tx.cityId, cleanup.id]);
  const names = await tx.query<{ id: string; name: string }>('SELECT id, display_name AS name FROM account WHERE city_id = $1 AND id = ANY ($2::uuid[])', [tx.cityId, [cleanup.openedBy, cleanup.decidedBy].filter(Boolean)]);
  const nameOf = (id: string | null): string | null => names.find((one) => one.id === id)?.name ?? null;
  const checkedSome = sheets.some(({ checkedBy }) => checkedBy === tx.actor.accountId);
  const mayRun = oversees(tx.actor) && cleanup.state === 'running';
  return {
    cleanup, opener: nameOf(cleanup.openedBy) ?? '', decider: nameOf(cleanup.decidedBy), today: chinaDate(tx.at), mayRun, checkedSome,
    sheets: sheets.map(({ checkedBy: _checkedBy, ...sheet }) => sheet), mayDecide: mayRun && !checkedSome && sheets.length > 0 && sheets.every(({ state }) => state === 'agreed'),
  };
}

export interface UnlistedDocument {
  id: string;
  title: string;
  documentNumber: string;
  department: string;
}

/** Documents in force today that are not in the list: published since, or outside the scope. Those published since come first; `total` counts all. */
export async function unlisted(tx: TenantTx, cleanup: CleanupRow, limit = 50): Promise<{ items: (UnlistedDocument & { since: boolean })[]; total: number }> {
  const listed = new Set((await tx.query<{ id: string }>('SELECT policy_id AS id FROM cleanup_item WHERE city_id = $1 AND cleanup_id = $2', [tx.cityId, cleanup.id])).map(({ id }) => id));
  const missing = (await effectiveExport(tx, tx.cityId, chinaDate(tx.at))).filter(({ id }) => !listed.has(id))
    .map(({ id, title, documentNumber, department, publishedAt }) => ({ id, title, documentNumber, department, since: publishedAt > cleanup.openedAt }));
  return { items: missing.sort((a, b) => Number(b.since) - Number(a.since)).slice(0, limit), total: missing.length };
}

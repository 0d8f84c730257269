import type { EvaluationSources } from '@core/policy';
import { chinaDate, DomainError, isId, type IsoDate, type UnmetGate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type Effect, type Outcome, type Proposal, PROPOSALS, type SheetState } from '../domain/cleanup';
import { can, oversees } from '../ledger.access';
import { cleanups } from '../persistence/repositories';
import { type CleanupHint, hintsOf } from './cleanup-hints';

export interface CleanupItem {
  id: string;
  no: number;
  policyId: string;
  tenantId: string;
  department: string;
  title: string;
  kind: string;
  documentNumber: string;
  publishedAt: Date;
  effectiveFrom: IsoDate;
  effectiveTo: IsoDate | null;
  /** Added after the opening. */
  added: boolean;
  proposal: Proposal | null;
  reason: string;
  amendWhat: string;
  amendBy: IsoDate | null;
  effectOn: IsoDate | null;
  replacedBy: string | null;
  successor: string | null;
  obstacles: UnmetGate[];
  proposer: string | null;
  proposedAt: Date | null;
  remark: string;
  outcome: Outcome | null;
  effect: Effect | null;
  effectStage: string;
  effectNote: string;
  effectYear: number | null;
  endedOn: IsoDate | null;
  /** Ended by other means, or its end is decided. */
  gone: boolean;
  /** How many departments countersigned it. */
  joint: number;
  rowVersion: number;
}

export const ITEM_FILTERS = ['missing', ...PROPOSALS, 'remarked', 'gone', 'obstructed'] as const;
export type ItemFilter = (typeof ITEM_FILTERS)[number];

const COLUMNS = `i.id, i.no, i.policy_id AS "policyId", i.tenant_id AS "tenantId", d.name AS department, i.title, i.kind, i.document_number AS "documentNumber", i.published_at AS "publishedAt", i.effective_from::text AS "effectiveFrom",
  i.effective_to::text AS "effectiveTo", i.added_by IS NOT NULL AS added, i.proposal, i.reason, i.amend_what AS "amendWhat", i.amend_by::text AS "amendBy", i.effect_on::text AS "effectOn", i.replaced_by AS "replacedBy",
  r.title AS successor, i.obstacles, a.display_name AS proposer, i.proposed_at AS "proposedAt", i.remark, i.outcome, i.effect, i.effect_stage AS "effectStage", i.effect_note AS "effectNote", i.effect_year AS "effectYear",
  i.ended_on::text AS "endedOn", i.outcome IS NULL AND p.state <> 'published' OR i.outcome = 'ended' AS gone, i.row_version AS "rowVersion",
  (SELECT count(*)::int FROM participation j WHERE j.city_id = i.city_id AND j.policy_id = i.policy_id AND j.capacity = 'countersign') AS joint`;
const FROM = `cleanup_item i JOIN department d ON d.city_id = i.city_id AND d.id = i.tenant_id JOIN policy p ON p.city_id = i.city_id AND p.id = i.policy_id LEFT JOIN policy r ON r.city_id = i.city_id AND r.id = i.replaced_by
  LEFT JOIN account a ON a.city_id = i.city_id AND a.id = i.proposed_by`;
const FILTERED = `i.city_id = $1 AND i.cleanup_id = $2 AND i.tenant_id = $3 AND ($4 = '' OR strpos(i.title, $4) > 0 OR strpos(i.document_number, $4) > 0)
  AND CASE $5 WHEN '' THEN true WHEN 'missing' THEN i.proposal IS NULL AND p.state = 'published' WHEN 'remarked' THEN i.remark <> '' WHEN 'gone' THEN i.outcome IS NULL AND p.state <> 'published' OR i.outcome = 'ended'
    WHEN 'obstructed' THEN i.obstacles <> '[]'::jsonb ELSE i.proposal = $5 END`;
export const ITEMS_PAGE = 25;

export interface CleanupSheet {
  cleanup: { id: string; title: string; state: string; proposeBy: IsoDate; checkBy: IsoDate };
  departmentId: string;
  department: string;
  state: SheetState;
  returnNote: string;
  rowVersion: number;
  items: (CleanupItem & { hints: CleanupHint[] })[];
  /** Number of the last item shown, where there are more. */
  next: number | null;
  total: number;
  /** Documents that go on and have no proposal, in the whole list. */
  missing: number;
  remarks: number;
  mayPropose: boolean;
  maySign: boolean;
  mayCheck: boolean;
  today: IsoDate;
}

export interface SheetFilter {
  words?: string | undefined;
  show?: ItemFilter | undefined;
  after?: number | undefined;
}

/** A department's list, 25 at a time, each document with what the system knows that speaks for or against it. Another department's is not found. */
export async function cleanupSheet(tx: TenantTx, sources: EvaluationSources, cleanupId: string, departmentId: string, { words = '', show, after = 0 }: SheetFilter): Promise<CleanupSheet> {
  const cleanup = await cleanups.require(tx, cleanupId);
  const [sheet] = await tx.query<{ state: SheetState; returnNote: string; rowVersion: number; department: string; missing: number; remarks: number; own: boolean }>(
    `SELECT s.state, s.return_note AS "returnNote", s.row_version AS "rowVersion", d.name AS department, n.*
     FROM cleanup_sheet s JOIN department d ON d.city_id = s.city_id AND d.id = s.tenant_id
     CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE i.proposal IS NULL)::int AS missing, count(*) FILTER (WHERE i.remark <> '')::int AS remarks, coalesce(bool_or(i.proposed_by = $4), false) AS own
       FROM cleanup_item i JOIN policy p ON p.city_id = i.city_id AND p.id = i.policy_id WHERE i.city_id = $1 AND i.cleanup_id = $2 AND i.tenant_id = $3 AND p.state = 'published') n
     WHERE s.city_id = $1 AND s.cleanup_id = $2 AND s.tenant_id = $3`, [tx.cityId, cleanup.id, requireId(departmentId), tx.actor.accountId]);
  if (!sheet) throw DomainError.notFound();
  const values = [tx.cityId, cleanup.id, departmentId, words.trim(), show ?? ''];
  const rows = await tx.query<CleanupItem>(`SELECT ${COLUMNS} FROM ${FROM} WHERE ${FILTERED} AND i.no > $6 ORDER BY i.no LIMIT ${ITEMS_PAGE + 1}`, [...values, after]);
  const [counted] = await tx.query<{ total: number }>(`SELECT count(*)::int AS total FROM ${FROM} WHERE ${FILTERED}`, values);
  const items = rows.slice(0, ITEMS_PAGE);
  const hints = await hintsOf(tx, sources, items);
  const running = cleanup.state === 'running';
  return {
    cleanup, departmentId, department: sheet.department, state: sheet.state, returnNote: sheet.returnNote, rowVersion: sheet.rowVersion, total: counted?.total ?? 0, missing: sheet.missing, remarks: sheet.remarks,
    items: items.map((item) => ({ ...item, hints: hints.get(item.policyId) ?? [] })), next: rows.length > ITEMS_PAGE ? items.at(-1)?.no ?? null : null, today: chinaDate(tx.at),
    mayPropose: running && sheet.state === 'open' && can(tx.actor, 'ledger.propose_cleanup', { tenantId: departmentId }),
    maySign: running && sheet.state === 'open' && sheet.missing === 0 && sheet.remarks === 0 && !sheet.own && can(tx.actor, 'ledger.sign_cleanup', { tenantId: departmentId }),
    mayCheck: running && sheet.state === 'signed' && oversees(tx.actor),
  };
}

/** A department's whole list, for a workbook. */
export async function sheetExport(tx: TenantTx, cleanupId: string, departmentId: string): Promise<CleanupItem[]> {
  const { id } = await cleanups.require(tx, cleanupId);
  return tx.query<CleanupItem>(`SELECT ${COLUMNS} FROM ${FROM} WHERE i.city_id = $1 AND i.cleanup_id = $2 AND i.tenant_id = $3 ORDER BY i.no`, [tx.cityId, id, requireId(departmentId)]);
}

/** Documents of other departments that this one countersigned, that are not simply kept, and to whose proposal it has said nothing yet; for who may answer. */
export async function jointItems(tx: TenantTx, cleanupId: string): Promise<CleanupItem[]> {
  const { tenantId } = tx.actor;
  if (tenantId === null || !can(tx.actor, 'ledger.answer_cleanup', { tenantId })) return [];
  return tx.query<CleanupItem>(
    `SELECT ${COLUMNS} FROM ${FROM} JOIN participation m ON m.city_id = i.city_id AND m.policy_id = i.policy_id AND m.tenant_id = $3 AND m.capacity = 'countersign'
     WHERE i.city_id = $1 AND i.cleanup_id = $2 AND i.proposal <> 'keep' AND i.outcome IS NULL
       AND NOT EXISTS (SELECT 1 FROM cleanup_consent c WHERE c.city_id = $1 AND c.item_id = i.id AND c.tenant_id = $3 AND c.proposed_at = i.proposed_at)
     ORDER BY i.no LIMIT 100`, [tx.cityId, cleanupId, tenantId]);
}

export interface CleanupConsent {
  department: string;
  answer: 'agree' | 'object' | null;
  reason: string;
  answeredAt: Date | null;
}

export interface CleanupItemDesk {
  cleanup: { id: string; title: string; state: string };
  item: CleanupItem & { hints: CleanupHint[] };
  consents: CleanupConsent[];
  sheetState: SheetState | null;
  mayPropose: boolean;
  mayAnswer: boolean;
  mayRemark: boolean;
}

/** One document of a clean-up, for its own department, those that countersigned it and the city; not found for others. */
export async function cleanupItemDesk(tx: TenantTx, sources: EvaluationSources, cleanupId: string, itemId: string): Promise<CleanupItemDesk> {
  const cleanup = await cleanups.require(tx, cleanupId);
  const [item] = await tx.query<CleanupItem & { sheetState: SheetState | null; party: boolean }>(
    `SELECT ${COLUMNS}, s.state AS "sheetState", EXISTS (SELECT 1 FROM participation m WHERE m.city_id = $1 AND m.policy_id = i.policy_id AND m.tenant_id = $4 AND m.capacity = 'countersign') AS party
     FROM ${FROM} LEFT JOIN cleanup_sheet s ON s.city_id = i.city_id AND s.cleanup_id = i.cleanup_id AND s.tenant_id = i.tenant_id
     WHERE i.city_id = $1 AND i.cleanup_id = $2 AND i.id = $3`, [tx.cityId, cleanup.id, requireId(itemId), tx.actor.tenantId]);
  // Once decided everybody of the city reads the outcome on the public page; the work behind it stays with those who did it.
  if (!item || !(item.tenantId === tx.actor.tenantId || item.party || tx.actor.scope === 'city')) throw DomainError.notFound();
  const consents = await tx.query<CleanupConsent & { own: boolean }>(
    `SELECT d.name AS department, j.tenant_id = $4 AS own, c.answer, coalesce(c.reason, '') AS reason, c.answered_at AS "answeredAt"
     FROM participation j JOIN department d ON d.city_id = j.city_id AND d.id = j.tenant_id
     LEFT JOIN cleanup_consent c ON c.city_id = j.city_id AND c.item_id = $2 AND c.tenant_id = j.tenant_id AND c.proposed_at = $3
     WHERE j.city_id = $1 AND j.policy_id = $5 AND j.capacity = 'countersign' ORDER BY d.name`, [tx.cityId, item.id, item.proposedAt, tx.actor.tenantId, item.policyId]);
  const { sheetState, party, ...rest } = item;
  const running = cleanup.state === 'running';
  const { tenantId } = tx.actor;
  return {
    cleanup, sheetState, item: { ...rest, hints: (await hintsOf(tx, sources, [item])).get(item.policyId) ?? [] }, consents: consents.map(({ own: _own, ...one }) => one),
    mayPropose: running && sheetState === 'open' && !item.gone && can(tx.actor, 'ledger.propose_cleanup', item),
    mayAnswer: running && party && item.proposal !== null && tenantId !== null && can(tx.actor, 'ledger.answer_cleanup', { tenantId }) && consents.some(({ own, answer }) => own && answer === null),
    mayRemark: running && sheetState === 'signed' && oversees(tx.actor),
  };
}

function requireId(id: string): string {
  if (!isId(id)) throw DomainError.notFound();
  return id;
}

import { type Docket, policies } from '@core/policy';
import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type Capacity, type DocketBasis, type Outcome, stateOf } from '../domain/dockets';
import { canSign } from '../drafting.access';
import { hasDrafted } from '../persistence/drafters';
import { capacitiesOf } from './capacities';

export interface DocketEntry {
  id: string;
  kind: Docket;
  versionId: string;
  versionNo: number;
  textHash: string;
  openedBy: string;
  openedAt: Date;
  /** The last day; null where no rule and nobody set one. */
  dueOn: string | null;
  dueArticle: string;
  /** The earliest last day that the rules allow. */
  minDueOn: string | null;
  reviewerId: string | null;
  /** The person named; the one who signed, once it is signed. */
  reviewer: string | null;
  reviewerDepartment: string | null;
  assignedReason: string;
  basis: Partial<DocketBasis>;
  record: Record<string, unknown>;
  outcome: Outcome | null;
  opinion: string;
  minutes: string;
  votesFor: number | null;
  votesAgainst: number | null;
  votesAbstain: number | null;
  dissent: string;
  signedAt: Date | null;
  /** Of the version that counts now, and the policy stands at its step; other dockets are history. */
  current: boolean;
  /** It waits for a signature that the person who acts may give. */
  signable: boolean;
}

type Row = Omit<DocketEntry, 'signable'>;

/** Every docket of a policy, newest first, and which of them the person who acts may sign. */
export async function listDockets(tx: TenantTx, policyId: string): Promise<DocketEntry[]> {
  const policy = await policies.require(tx, policyId);
  const rows = await tx.query<Row>(
    `SELECT k.id, k.kind, k.version_id AS "versionId", v.no AS "versionNo", k.text_hash AS "textHash", o.display_name AS "openedBy", k.opened_at AS "openedAt",
            CASE WHEN k.due_on > k.min_due_on OR k.min_due_on IS NULL THEN k.due_on END::text AS "dueOn", k.due_article AS "dueArticle", k.min_due_on::text AS "minDueOn", k.reviewer_id AS "reviewerId", k.assigned_reason AS "assignedReason", k.basis, k.record, r.display_name AS reviewer, d.short_name AS "reviewerDepartment",
            k.outcome, k.opinion, k.minutes, k.votes_for AS "votesFor", k.votes_against AS "votesAgainst", k.votes_abstain AS "votesAbstain",
            k.dissent, k.signed_at AS "signedAt",
            v.no = (SELECT max(w.no) FROM policy_version w WHERE w.city_id = $1 AND w.policy_id = $2 AND w.state = 'submitted') AS current
     FROM docket k
     JOIN policy_version v ON v.city_id = k.city_id AND v.id = k.version_id
     JOIN account o ON o.city_id = k.city_id AND o.id = k.opened_by
     LEFT JOIN account r ON r.city_id = k.city_id AND r.id = k.reviewer_id
     LEFT JOIN department d ON d.city_id = k.city_id AND d.id = k.reviewer_tenant_id
     WHERE k.city_id = $1 AND k.policy_id = $2 ORDER BY k.opened_at DESC, k.id DESC`, [tx.cityId, policyId]);
  const invitedAs = await capacitiesOf(tx, policyId);
  const drafted = await hasDrafted(tx, policyId, tx.actor.accountId);
  return rows.map((row) => {
    const current = row.current && policy.state === stateOf(row.kind);
    return { ...row, current, signable: current && row.outcome === null && !drafted && (row.reviewerId === null || row.reviewerId === tx.actor.accountId) && canSign(tx.actor, row.kind, policy, invitedAs) };
  });
}

/** One docket of a policy; "not found" if it is another's. */
export async function readDocket(tx: TenantTx, policyId: string, docketId: string): Promise<DocketEntry> {
  const docket = isId(docketId) ? (await listDockets(tx, policyId)).find((entry) => entry.id === docketId) : undefined;
  if (!docket) throw DomainError.notFound();
  return docket;
}

/** What the last review of this kind before a docket asked to be changed; empty where none sent the text back. */
export async function changesAskedBefore(tx: TenantTx, policyId: string, { kind, openedAt }: Pick<DocketEntry, 'kind' | 'openedAt'>): Promise<string> {
  const [row] = await tx.query<{ changes: string | null }>(
    `SELECT k.record ->> 'changes' AS changes FROM docket k WHERE k.city_id = $1 AND k.policy_id = $2 AND k.kind = $3 AND k.outcome = 'returned' AND k.opened_at < $4
     ORDER BY k.opened_at DESC LIMIT 1`, [tx.cityId, policyId, kind, openedAt]);
  return row?.changes ?? '';
}

export interface Participant {
  departmentId: string;
  department: string;
  capacity: Capacity;
  since: Date;
}

/** The departments that take part in a policy. */
export const listParticipants = (tx: TenantTx, policyId: string): Promise<Participant[]> =>
  tx.query<Participant>(
    `SELECT s.tenant_id AS "departmentId", d.name AS department, s.capacity, s.since
     FROM participation s JOIN department d ON d.city_id = s.city_id AND d.id = s.tenant_id
     WHERE s.city_id = $1 AND s.policy_id = $2 ORDER BY s.since, d.name`, [tx.cityId, policyId]);

export interface ApprovalEntry {
  versionNo: number;
  textHash: string;
  statement: string;
  approver: string;
  approvedAt: Date;
}

/** The approvals of a policy, newest first. */
export const listApprovals = (tx: TenantTx, policyId: string): Promise<ApprovalEntry[]> =>
  tx.query<ApprovalEntry>(
    `SELECT v.no AS "versionNo", x.text_hash AS "textHash", x.statement, a.display_name AS approver, x.approved_at AS "approvedAt"
     FROM drafting_approval x
     JOIN policy_version v ON v.city_id = x.city_id AND v.id = x.version_id
     JOIN account a ON a.city_id = x.city_id AND a.id = x.approved_by
     WHERE x.city_id = $1 AND x.policy_id = $2 ORDER BY x.approved_at DESC`, [tx.cityId, policyId]);

import { latestSubmittedVersion, policies, provisionsOf } from '@core/policy';
import { DomainError, isId, type IsoDate } from '@platform/kernel';
import type { PublicReader, TenantTx } from '@platform/persistence';
import type { Trigger } from '../domain/campaign';
import type { Conclusion, ReportState } from '../domain/report';
import type { ClauseProposal, Section } from '../domain/report-content';
import type { Scores } from '../domain/scores';
import { can } from '../evaluation.access';
import type { FollowUpState } from '../persistence/follow-ups';
import type { Evidence } from '../persistence/report.entity';

/** One point of a policy's way through its evaluations. */
export interface TrendPoint {
  on: IsoDate;
  /** Out of 100. */
  score: number;
}

export interface ClauseName {
  clauseId: string;
  label: string;
  text: string;
}

interface ReportBody {
  id: string;
  policyId: string;
  policyTitle: string;
  department: string;
  campaignId: string;
  periodFrom: IsoDate;
  periodTo: IsoDate;
  sections: Readonly<Partial<Record<Section, string>>>;
  clauses: readonly ClauseProposal[];
  conclusion: Conclusion | null;
  reason: string;
  nextReviewOn: IsoDate | null;
  scores: Scores;
  evidence: Evidence;
  edition: number;
  contentHash: string | null;
  publishedAt: Date | null;
}

export interface FollowUp {
  conclusion: 'amend' | 'abolish';
  state: FollowUpState;
  stage: string;
  planYear: number | null;
  reason: string;
  openedAt: Date;
  settledAt: Date | null;
}

export interface EditionEntry {
  no: number;
  submittedBy: string;
  submittedAt: Date;
  hash: string;
  decision: 'returned' | 'published' | null;
  reason: string | null;
  signedBy: string | null;
  signedAt: Date | null;
}

export interface StaffCampaignReport extends ReportBody {
  campaign: string;
  trigger: Trigger;
  state: ReportState;
  evaluator: string;
  returnedReason: string | null;
  rowVersion: number;
  /** Oldest first. */
  trend: TrendPoint[];
  clauseNames: ClauseName[];
  editions: EditionEntry[];
  followUp: FollowUp | null;
  mayWrite: boolean;
  mayDecide: boolean;
}

export interface PublicCampaignReport extends ReportBody {
  conclusion: Conclusion;
  publishedAt: Date;
  trend: TrendPoint[];
  clauseNames: ClauseName[];
  followUp: FollowUp | null;
}

const BODY = `r.id, r.policy_id AS "policyId", p.title AS "policyTitle", d.short_name AS department, r.campaign_id AS "campaignId", r.period_from::text AS "periodFrom", r.period_to::text AS "periodTo",
  r.sections, r.clauses, r.conclusion, r.reason, r.next_review_on::text AS "nextReviewOn", r.scores, r.evidence, r.edition, r.content_hash AS "contentHash", r.published_at AS "publishedAt"`;
const JOINS = `evaluation_report r JOIN policy p ON p.city_id = r.city_id AND p.id = r.policy_id JOIN department d ON d.city_id = r.city_id AND d.id = r.tenant_id`;
/** The total of each published report of a policy: that of its scores, or the mean of its ratings where it was written without a campaign. */
const TREND = `SELECT (t.published_at AT TIME ZONE 'Asia/Shanghai')::date::text AS on, coalesce((t.scores ->> 'total')::float8, (SELECT avg(x.rating)::float8 FROM evaluation_rating x
    WHERE x.city_id = t.city_id AND x.report_id = t.id)) AS score
  FROM evaluation_report t WHERE t.city_id = $1 AND t.policy_id = $2 AND t.state = 'published' AND t.published_at <= $3 ORDER BY t.published_at`;
const FOLLOW = `SELECT conclusion, state, stage, plan_year AS "planYear", reason, opened_at AS "openedAt", settled_at AS "settledAt" FROM evaluation_follow_up WHERE city_id = $1 AND report_id = $2`;
const known = (points: readonly (Omit<TrendPoint, 'score'> & { score: number | null })[]): TrendPoint[] => points.flatMap(({ on, score }) => (score === null ? [] : [{ on, score }]));

/** A campaign's report for the department and for who oversees it, with its editions and with what the person who looks may do. */
export async function staffCampaignReport(tx: TenantTx, id: string): Promise<StaffCampaignReport> {
  if (!isId(id)) throw DomainError.notFound();
  const [row] = await tx.query<Omit<StaffCampaignReport, 'trend' | 'clauseNames' | 'editions' | 'followUp' | 'mayWrite' | 'mayDecide'> & { evaluatorId: string; tenantId: string }>(
    `SELECT ${BODY}, c.title AS campaign, c.trigger, r.state, e.display_name AS evaluator, r.evaluator_id AS "evaluatorId", r.tenant_id AS "tenantId", r.returned_reason AS "returnedReason", r.row_version AS "rowVersion"
     FROM ${JOINS} JOIN evaluation_campaign c ON c.city_id = r.city_id AND c.id = r.campaign_id JOIN account e ON e.city_id = r.city_id AND e.id = r.evaluator_id
     WHERE r.city_id = $1 AND r.id = $2`, [tx.cityId, id]);
  if (!row || (tx.actor.scope === 'own' && row.tenantId !== tx.actor.tenantId)) throw DomainError.notFound();
  const trend = await tx.query<TrendPoint>(TREND, [tx.cityId, row.policyId, row.publishedAt ?? tx.at]);
  const editions = await tx.query<EditionEntry>(
    `SELECT e.no, b.display_name AS "submittedBy", e.submitted_at AS "submittedAt", e.content_hash AS hash, s.decision, s.reason, g.display_name AS "signedBy", s.signed_at AS "signedAt"
     FROM evaluation_edition e JOIN account b ON b.city_id = e.city_id AND b.id = e.submitted_by
     LEFT JOIN evaluation_signature s ON s.city_id = e.city_id AND s.report_id = e.report_id AND s.edition = e.no LEFT JOIN account g ON g.city_id = s.city_id AND g.id = s.signed_by
     WHERE e.city_id = $1 AND e.report_id = $2 ORDER BY e.no DESC`, [tx.cityId, id]);
  const [followUp = null] = await tx.query<FollowUp>(FOLLOW, [tx.cityId, id]);
  return {
    ...row, trend: known(trend), clauseNames: await clausesOf(tx, row.policyId), editions, followUp,
    mayWrite: row.state === 'draft' && row.evaluatorId === tx.actor.accountId && can(tx.actor, 'evaluation.write', row),
    mayDecide: row.state === 'submitted' && row.evaluatorId !== tx.actor.accountId && can(tx.actor, 'evaluation.publish', row),
  };
}

async function clausesOf(tx: TenantTx, policyId: string): Promise<ClauseName[]> {
  const policy = await policies.require(tx, policyId);
  const versionId = policy.currentVersionId ?? (await latestSubmittedVersion(tx, policyId))?.id;
  return versionId ? (await provisionsOf(tx, versionId)).map(({ clauseId, label, text }) => ({ clauseId, label, text })) : [];
}

/** A published report of a campaign as everybody may read it; null for one that was written without a campaign. */
export async function readPublicCampaignReport(reader: PublicReader, cityId: string, id: string): Promise<PublicCampaignReport | null> {
  if (!isId(id)) throw DomainError.notFound();
  const [row] = await reader.query<Omit<PublicCampaignReport, 'trend' | 'clauseNames' | 'followUp'>>(
    `SELECT ${BODY} FROM ${JOINS} WHERE r.city_id = $1 AND r.id = $2 AND r.state = 'published' AND r.campaign_id IS NOT NULL`, [cityId, id]);
  if (!row) return null;
  const [trend, clauseNames, [followUp = null]] = await Promise.all([
    reader.query<TrendPoint>(TREND, [cityId, row.policyId, row.publishedAt]),
    reader.query<ClauseName>(
      `SELECT o.clause_id AS "clauseId", o.label, o.text FROM provision o JOIN policy p ON p.city_id = o.city_id AND p.current_version_id = o.version_id
       WHERE o.city_id = $1 AND p.id = $2 AND o.is_public ORDER BY o.seq`, [cityId, row.policyId]),
    reader.query<FollowUp>(FOLLOW, [cityId, id]),
  ]);
  return { ...row, trend: known(trend), clauseNames, followUp };
}

/** What became of the conclusions of one policy's reports, for the pages of its evaluations. */
export const followUpsOf = (tx: TenantTx, policyId: string): Promise<(FollowUp & { reportId: string })[]> =>
  tx.query(
    `SELECT report_id AS "reportId", conclusion, state, stage, plan_year AS "planYear", reason, opened_at AS "openedAt", settled_at AS "settledAt"
     FROM evaluation_follow_up WHERE city_id = $1 AND policy_id = $2 ORDER BY opened_at DESC`, [tx.cityId, policyId]);

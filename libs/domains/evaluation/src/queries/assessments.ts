import { DomainError, isId, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { CampaignState } from '../domain/campaign';
import type { Indicator } from '../domain/indicators';
import { asked, type Basis, type Mark } from '../domain/sheet';
import type { CampaignSide } from '../domain/sides';

export interface Assessment {
  campaignId: string;
  policyId: string;
  campaign: string;
  policyTitle: string;
  department: string;
  side: CampaignSide;
  closesOn: IsoDate;
  periodFrom: IsoDate;
  periodTo: IsoDate;
  state: CampaignState;
  sheetState: 'draft' | 'submitted' | null;
}

const COLUMNS = `c.id AS "campaignId", p.id AS "policyId", c.title AS campaign, p.title AS "policyTitle", d.short_name AS department, a.side, c.closes_on::text AS "closesOn",
  c.period_from::text AS "periodFrom", c.period_to::text AS "periodTo", c.state, s.state AS "sheetState"`;
const JOINS = `evaluation_assessor a JOIN evaluation_campaign c ON c.city_id = a.city_id AND c.id = a.campaign_id
  JOIN evaluation_campaign_policy q ON q.city_id = a.city_id AND q.campaign_id = a.campaign_id JOIN policy p ON p.city_id = q.city_id AND p.id = q.policy_id
  JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id
  LEFT JOIN evaluation_sheet s ON s.city_id = a.city_id AND s.campaign_id = q.campaign_id AND s.policy_id = q.policy_id AND s.assessor_id = a.id`;

/** What the person who acts was asked to judge, the open ones first; the newest hundred. */
export const listAssessments = (tx: TenantTx): Promise<Assessment[]> =>
  tx.query<Assessment>(
    `SELECT ${COLUMNS} FROM ${JOINS} WHERE a.city_id = $1 AND a.account_id = $2 AND a.removed_at IS NULL AND c.started_at IS NOT NULL
     ORDER BY (c.state = 'scoring' AND s.state IS DISTINCT FROM 'submitted') DESC, c.closes_on DESC, c.id, p.title, p.id LIMIT 100`, [tx.cityId, tx.actor.accountId]);

export interface OwnSheet extends Assessment {
  indicators: Indicator[];
  marks: Readonly<Record<string, Mark>>;
  basis: Basis;
  surveyTitle: string;
  surveyAsked: number | null;
  surveyAnswered: number | null;
  remark: string;
  submittedAt: Date | null;
  /** Nought for a sheet that is not begun. */
  rowVersion: number;
}

/** One sheet of the person who acts, begun or not; "not found" for whoever was not asked. */
export async function readOwnSheet(tx: TenantTx, campaignId: string, policyId: string): Promise<OwnSheet> {
  if (!isId(campaignId) || !isId(policyId)) throw DomainError.notFound();
  const [row] = await tx.query<OwnSheet>(
    `SELECT ${COLUMNS}, c.indicators, coalesce(s.marks, '{}') AS marks, coalesce(s.basis, 'judgement') AS basis, coalesce(s.survey_title, '') AS "surveyTitle", s.survey_asked AS "surveyAsked",
       s.survey_answered AS "surveyAnswered", coalesce(s.remark, '') AS remark, s.submitted_at AS "submittedAt", coalesce(s.row_version, 0) AS "rowVersion"
     FROM ${JOINS} WHERE a.city_id = $1 AND a.account_id = $2 AND a.removed_at IS NULL AND c.started_at IS NOT NULL AND c.id = $3 AND p.id = $4`, [tx.cityId, tx.actor.accountId, campaignId, policyId]);
  if (!row) throw DomainError.notFound();
  return { ...row, indicators: asked(row.indicators, row.side) };
}

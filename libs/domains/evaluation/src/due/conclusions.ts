import { DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
import { chinaDate, type IsoDate } from '@platform/kernel';
import { EVALUATOR_ARTICLE } from '../domain/report';
import type { FollowUpState } from '../persistence/follow-ups';

interface Row {
  reportId: string;
  policyId: string;
  tenantId: string;
  title: string;
  conclusion: 'amend' | 'abolish';
  state: FollowUpState;
  stage: string;
  planYear: number | null;
  openedAt: Date;
}

const DAY_MS = 86_400_000;

/** The last day of the year whose plan the revision is for: the one after the report, unless it was put off to another. */
const lastDayFor = ({ planYear, openedAt }: Row): IsoDate => `${planYear ?? Number(chinaDate(openedAt).slice(0, 4)) + 1}-12-31`;

/** Published conclusions that nobody has carried out or refused yet, with the days since; they wait for the head of the department until they are settled. */
export const conclusionsDue: DueSource = {
  key: 'evaluation.conclusion',
  async list(tx, { departmentId }) {
    const rows = await tx.query<Row>(
      `SELECT f.report_id AS "reportId", f.policy_id AS "policyId", f.tenant_id AS "tenantId", p.title, f.conclusion, f.state, f.stage, f.plan_year AS "planYear", f.opened_at AS "openedAt"
       FROM evaluation_follow_up f JOIN policy p ON p.city_id = f.city_id AND p.id = f.policy_id
       WHERE f.city_id = $1 AND f.settled_at IS NULL AND ($2::uuid IS NULL OR f.tenant_id = $2) ORDER BY f.opened_at, f.report_id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    const today = chinaDate(tx.at);
    return rows.map((row): DueItem => {
      const { reportId, policyId, tenantId, title, conclusion, stage, openedAt } = row;
      const since = chinaDate(openedAt);
      const base = `/console/policies/${policyId}`;
      return {
        key: `conclusion/${reportId}`, kind: `evaluation.${conclusion}`, title, href: `${base}/evaluation`, policyId, departmentId: tenantId,
        accountId: null, role: 'department_head', roleIn: [tenantId], dueOn: conclusion === 'amend' ? lastDayFor(row) : null,
        basis: { paramId: null, article: EVALUATOR_ARTICLE, from: null, days: null, unit: null },
        blockedBy: [{
          gate: 'evaluation.conclusion', key: `appraisal:unacted.${stage || 'waiting'}`, params: { days: Math.round((Date.parse(today) - Date.parse(since)) / DAY_MS) }, article: EVALUATOR_ARTICLE, since,
          accountIds: [], role: stage === 'proposed' || stage === 'caseOpen' || stage === '' ? 'department_head' : 'drafter', roleIn: [tenantId], href: conclusion === 'amend' ? '/console/plan' : `${base}/abolition`,
        }],
      };
    });
  },
};

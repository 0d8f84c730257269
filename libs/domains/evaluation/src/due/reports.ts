import { DUE_LIMIT, type DueItem, type DueSource, NOTICE_MONTHS } from '@core/policy';
import { effectiveParameter } from '@core/statutes';
import { chinaDate, type IsoDate } from '@platform/kernel';
import { EVALUATOR_ARTICLE } from '../domain/report';

interface Row {
  id: string;
  kind: 'write' | 'returned' | 'decide' | 'cycle';
  policyId: string;
  tenantId: string;
  title: string;
  evaluatorId: string;
  dueOn: IsoDate | null;
  /** A campaign's report is written and decided on a page of its own. */
  ofCampaign: boolean;
  /** A campaign on the policy is under way. */
  answered: boolean;
  /** The day from which the rule's cycle counts; null where a report set the day itself. */
  cycleFrom: IsoDate | null;
}

/**
 * Reports that are being written or were sent back, those that wait for the head's decision, and policies whose next evaluation, on the day that the
 * last published report set, or that of the cycle of normative documents that were never evaluated, has come near. That a policy is evaluated before its last day is listed by the ledger.
 */
export const reportsDue: DueSource = {
  key: 'evaluation.report',
  async list(tx, { departmentId, whole }) {
    const cycle = await effectiveParameter(tx, 'nrd.cleanup', chinaDate(tx.at), departmentId);
    const underWay = 'EXISTS (SELECT 1 FROM evaluation_campaign_policy q WHERE q.city_id = $1 AND q.policy_id = p.id AND q.is_open)';
    const today = `($3::timestamptz AT TIME ZONE 'Asia/Shanghai')::date`;
    const rows = await tx.query<Row>(
      `(SELECT r.id, CASE WHEN r.state = 'submitted' THEN 'decide' WHEN r.returned_reason IS NOT NULL THEN 'returned' ELSE 'write' END AS kind,
          r.policy_id AS "policyId", r.tenant_id AS "tenantId", p.title, r.evaluator_id AS "evaluatorId", NULL AS "dueOn", r.campaign_id IS NOT NULL AS "ofCampaign", false AS answered, NULL AS "cycleFrom"
        FROM evaluation_report r JOIN policy p ON p.city_id = r.city_id AND p.id = r.policy_id
        WHERE r.city_id = $1 AND r.state <> 'published' AND p.state = 'published' AND ($2::uuid IS NULL OR r.tenant_id = $2)
        ORDER BY r.created_at, r.id LIMIT ${DUE_LIMIT})
       UNION ALL
       (SELECT r.id, 'cycle', r.policy_id, r.tenant_id, p.title, r.evaluator_id, r.next_review_on::text, false, ${underWay}, NULL
        FROM evaluation_report r JOIN policy p ON p.city_id = r.city_id AND p.id = r.policy_id
        WHERE r.city_id = $1 AND r.state = 'published' AND p.state = 'published' AND p.ended_on IS NULL AND ($2::uuid IS NULL OR r.tenant_id = $2)
          AND (r.next_review_on - make_interval(months => ${NOTICE_MONTHS}))::date <= ${today}
          AND NOT EXISTS (SELECT 1 FROM evaluation_report n WHERE n.city_id = $1 AND n.policy_id = r.policy_id AND n.created_at > r.created_at)
        ORDER BY r.next_review_on, r.id LIMIT $4)
       UNION ALL
       (SELECT p.id, 'cycle', p.id, p.tenant_id, p.title, NULL, c.day::text, false, ${underWay}, (p.published_at AT TIME ZONE 'Asia/Shanghai')::date::text
        FROM policy p CROSS JOIN LATERAL (SELECT ((p.published_at AT TIME ZONE 'Asia/Shanghai')::date + make_interval(years => $5))::date AS day) c
        WHERE p.city_id = $1 AND p.state = 'published' AND p.ended_on IS NULL AND p.kind = 'normative_document' AND ($2::uuid IS NULL OR p.tenant_id = $2)
          AND c.day >= ${today} AND (c.day - make_interval(months => ${NOTICE_MONTHS}))::date <= ${today} AND (p.effective_to IS NULL OR p.effective_to > c.day)
          AND NOT EXISTS (SELECT 1 FROM evaluation_report n WHERE n.city_id = $1 AND n.policy_id = p.id)
        ORDER BY c.day, p.id LIMIT $4)`, [tx.cityId, departmentId, tx.at, whole ? null : DUE_LIMIT, cycle.value.every_y]);
    return rows.map((row): DueItem => {
      const own = row.kind === 'write' || row.kind === 'returned';
      return {
        key: `evaluation/${row.id}/${row.kind}`, kind: `evaluation.${row.kind}`, title: row.title, href: row.ofCampaign ? `/console/evaluation-reports/${row.id}` : `/console/policies/${row.policyId}/evaluation`,
        policyId: row.policyId, departmentId: row.tenantId, accountId: own ? row.evaluatorId : null, role: own ? null : row.kind === 'decide' ? 'department_head' : 'evaluator',
        roleIn: own ? [] : [row.tenantId], dueOn: row.dueOn, ...(row.kind === 'cycle' ? { notice: { of: 'cycle' as const, answered: row.answered } } : {}),
        basis: { paramId: row.cycleFrom ? cycle.id : null, article: row.cycleFrom ? cycle.source.zh : row.kind === 'cycle' ? '' : EVALUATOR_ARTICLE, from: null, days: null, unit: null },
      };
    });
  },
};

import { type MeasureCase, type MeasureSource, timeliness } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import { EVALUATOR_ARTICLE } from '../domain/report';

interface Row {
  reportId: string;
  policyId: string;
  tenantId: string;
  title: string;
  conclusion: 'amend' | 'abolish';
  refused: boolean;
  from: IsoDate;
  limit: IsoDate;
  done: IsoDate | null;
}

/**
 * Conclusions that ask for something and had to be settled, carried out or refused with a reason, by the end of a year in the period: the year of the plan that a revision is in, or
 * else the one after the report. No rule sets that day; it is the one under which conclusions stand on the desks.
 */
export const conclusionsActedOn: MeasureSource = {
  key: 'evaluation.conclusions',
  async cases(tx, { from, to, departmentId, today }) {
    const rows = await tx.query<Row>(
      `SELECT f.report_id AS "reportId", f.policy_id AS "policyId", f.tenant_id AS "tenantId", p.title, f.conclusion, f.state = 'refused' AS refused, (f.opened_at AT TIME ZONE 'Asia/Shanghai')::date::text AS from,
         y.limit_on::text AS limit, (f.settled_at AT TIME ZONE 'Asia/Shanghai')::date::text AS done
       FROM evaluation_follow_up f JOIN policy p ON p.city_id = f.city_id AND p.id = f.policy_id
       CROSS JOIN LATERAL (SELECT make_date(coalesce(f.plan_year, extract(year FROM f.opened_at AT TIME ZONE 'Asia/Shanghai')::integer + 1), 12, 31) AS limit_on) y
       WHERE f.city_id = $1 AND y.limit_on BETWEEN $3::date AND $4::date AND ($2::uuid IS NULL OR f.tenant_id = $2)`, [tx.cityId, departmentId, from, to]);
    return rows.map((row): MeasureCase => {
      const { state, why } = timeliness(row.limit, row.done, today);
      return {
        key: `conclusion/${row.reportId}`, measure: 'conclusions', what: row.conclusion, departmentId: row.tenantId, policyId: row.policyId, title: row.title, href: `/console/policies/${row.policyId}/evaluation`,
        from: row.from, limit: row.limit, done: row.done, state, why: state === 'met' && row.refused ? 'refusedWithReason' : why, article: EVALUATOR_ARTICLE,
      };
    });
  },
};

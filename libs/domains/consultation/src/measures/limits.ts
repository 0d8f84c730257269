import { type MeasureCase, type MeasureSource, timeliness } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import { ARTICLE_16 } from '../domain/events';

interface Row {
  id: string;
  tenantId: string;
  policyId: string;
  consultationId: string;
  title: string;
  from: IsoDate;
  limit: IsoDate;
  done: IsoDate | null;
}

/** Hearings whose materials had to arrive some days before: in time if everybody who took part had them by then. */
export const materialsInTime: MeasureSource = {
  key: 'consultation.materials',
  async cases(tx, { from, to, departmentId, today }) {
    const rows = await tx.query<Row>(
      `SELECT e.id, e.tenant_id AS "tenantId", c.policy_id AS "policyId", c.id AS "consultationId", e.title, (e.announced_at AT TIME ZONE 'Asia/Shanghai')::date::text AS from,
         ((e.starts_at AT TIME ZONE 'Asia/Shanghai')::date - e.materials_days)::text AS limit, CASE WHEN bool_and(p.delivered_on IS NOT NULL) THEN max(p.delivered_on) END::text AS done
       FROM consultation_event e JOIN consultation c ON c.city_id = e.city_id AND c.id = e.consultation_id
       JOIN event_participant p ON p.city_id = e.city_id AND p.event_id = e.id AND p.state = 'selected'
       WHERE e.city_id = $1 AND e.state <> 'cancelled' AND e.materials_days IS NOT NULL AND ($2::uuid IS NULL OR e.tenant_id = $2)
         AND (e.starts_at AT TIME ZONE 'Asia/Shanghai')::date - e.materials_days BETWEEN $3::date AND $4::date
       GROUP BY e.city_id, e.id, c.policy_id, c.id`, [tx.cityId, departmentId, from, to]);
    return rows.map((row): MeasureCase => ({
      key: `materials/${row.id}`, measure: 'limits', what: 'materials', departmentId: row.tenantId, policyId: row.policyId, title: row.title,
      href: `/console/consultations/${row.consultationId}/channels/events/${row.id}`, from: row.from, limit: row.limit, done: row.done, ...timeliness(row.limit, row.done, today), article: ARTICLE_16,
    }));
  },
};

/** Appeals against hiding that the department itself had to decide. One that was settled otherwise, as the opinion was shown again or withdrawn, is nobody's delay. */
export const appealsInTime: MeasureSource = {
  key: 'consultation.appeals',
  async cases(tx, { from, to, departmentId, today }) {
    const rows = await tx.query<Row>(
      `SELECT a.id, a.tenant_id AS "tenantId", c.policy_id AS "policyId", c.id AS "consultationId", c.title, (a.filed_at AT TIME ZONE 'Asia/Shanghai')::date::text AS from, a.due_on::text AS limit,
         (a.decided_at AT TIME ZONE 'Asia/Shanghai')::date::text AS done
       FROM opinion_appeal a JOIN consultation c ON c.city_id = a.city_id AND c.id = a.consultation_id JOIN opinion o ON o.city_id = a.city_id AND o.id = a.opinion_id
       WHERE a.city_id = $1 AND a.decider = 'department_head' AND a.due_on BETWEEN $3::date AND $4::date AND ($2::uuid IS NULL OR a.tenant_id = $2)
         AND (a.decision IS NOT NULL OR (o.moderation = 'hidden' AND o.moderated_at = a.hidden_at))`, [tx.cityId, departmentId, from, to]);
    return rows.map((row): MeasureCase => ({
      key: `opinion_appeal/${row.id}`, measure: 'limits', what: 'opinionAppeal', departmentId: row.tenantId, policyId: row.policyId, title: row.title, href: `/console/policies/${row.policyId}/consultation`,
      from: row.from, limit: row.limit, done: row.done, ...timeliness(row.limit, row.done, today), article: '',
    }));
  },
};

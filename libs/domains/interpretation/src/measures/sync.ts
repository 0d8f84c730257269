import { KIND_RULES, type MeasureCase, type MeasureSource, type PolicyKind, timeliness } from '@core/policy';
import { deadline } from '@core/statutes';
import { DomainError, type IsoDate } from '@platform/kernel';

interface Row {
  id: string;
  tenantId: string;
  title: string;
  publishedOn: IsoDate;
  releasedOn: IsoDate | null;
}

/** The last day in time; null where the calendar of the year is not out yet, which leaves a case open and marks nobody down. */
function lastDay(from: IsoDate, days: number): IsoDate | null {
  try {
    return deadline({ from, days, unit: 'wd' }).due;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** Policies published in the period whose first interpretation was out with them or within the working days after (国办发〔2016〕80号). */
export const interpretationInSync: MeasureSource = {
  key: 'interpretation.sync',
  async cases(tx, { begins, ends, departmentId, today, rule }) {
    const kinds = (Object.keys(KIND_RULES) as PolicyKind[]).filter((kind) => KIND_RULES[kind].interpretation);
    const rows = await tx.query<Row>(
      `SELECT p.id, p.tenant_id AS "tenantId", p.title, (p.published_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "publishedOn",
         (SELECT (min(m.released_at) AT TIME ZONE 'Asia/Shanghai')::date::text FROM interpretation_material m WHERE m.city_id = $1 AND m.policy_id = p.id AND m.state = 'released') AS "releasedOn"
       FROM policy p WHERE p.city_id = $1 AND p.published_at >= $3 AND p.published_at < $4 AND p.kind = ANY ($5) AND ($2::uuid IS NULL OR p.tenant_id = $2)`,
      [tx.cityId, departmentId, begins, ends, kinds]);
    return rows.flatMap((row): MeasureCase[] => {
      const interp = rule('interp', row.publishedOn, row.tenantId);
      if (!interp) return [];
      const limit = lastDay(row.publishedOn, interp.value.max);
      const atOnce = row.releasedOn !== null && row.releasedOn <= row.publishedOn;
      return [{
        key: `sync/${row.id}`, measure: 'interpretation', what: 'sync', departmentId: row.tenantId, policyId: row.id, title: row.title, href: `/console/policies/${row.id}/interpretation`,
        from: row.publishedOn, limit, done: row.releasedOn, article: interp.source.zh,
        ...(atOnce ? { state: 'met', why: 'together' } : limit === null ? { state: 'pending', why: 'noCalendar' } : timeliness(limit, row.releasedOn, today)),
      }];
    });
  },
};

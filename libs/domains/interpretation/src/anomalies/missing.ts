import { ANOMALY_LIMIT, type AnomalyCase, type AnomalySource, KIND_RULES, type PolicyKind } from '@core/policy';
import { parameter, workingDaysBetween } from '@core/statutes';
import { chinaDate, DomainError, type IsoDate } from '@platform/kernel';

/** 国办发〔2016〕80号: the material of interpretation follows within so many working days of the document. */
const { value: { max: DAYS }, source } = parameter('interp', '2026-01-01');
/** Documents that are looked at: the newest, as a gate holds those that go out through the product. */
const LOOKED_AT = 2000;

interface Row {
  policyId: string;
  tenantId: string;
  title: string;
  publishedOn: IsoDate;
}

/** Documents in force that went out and have no interpretation in words past the days for it: taken over from elsewhere, or put past the gate. */
export const missingInterpretations: AnomalySource = {
  key: 'interpretation.missing',
  rules: [{ key: 'interpretation.missing', params: { days: DAYS }, article: source.zh }],
  async find(tx) {
    const kinds = (Object.keys(KIND_RULES) as PolicyKind[]).filter((kind) => KIND_RULES[kind].interpretation);
    const today = chinaDate(tx.at);
    const rows = await tx.query<Row>(
      `SELECT p.id AS "policyId", p.tenant_id AS "tenantId", p.title, (p.published_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "publishedOn" FROM policy p
       WHERE p.city_id = $1 AND p.state = 'published' AND p.kind = ANY ($2)
         AND NOT EXISTS (SELECT 1 FROM interpretation_material m WHERE m.city_id = $1 AND m.policy_id = p.id AND m.kind = 'text' AND m.state = 'released')
       ORDER BY p.published_at, p.id LIMIT ${LOOKED_AT}`, [tx.cityId, kinds]);
    return rows.filter(({ publishedOn }) => isPast(publishedOn, today)).slice(0, ANOMALY_LIMIT).map(({ policyId, tenantId, title, publishedOn }): AnomalyCase => ({
      rule: 'interpretation.missing', title, departmentId: tenantId, since: publishedOn, figures: { day: publishedOn }, href: `/console/policies/${policyId}/interpretation`,
    }));
  },
};

/** More working days have gone by; where there are no holidays for a year, twice as many calendar days and a week's feast. */
function isPast(publishedOn: IsoDate, today: IsoDate): boolean {
  const days = (Date.parse(today) - Date.parse(publishedOn)) / 86_400_000;
  if (days <= DAYS || days > DAYS * 2 + 14) return days > DAYS;
  try {
    return workingDaysBetween(publishedOn, today) > DAYS;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return days > DAYS * 2 + 7;
  }
}

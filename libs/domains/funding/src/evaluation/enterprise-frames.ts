import type { FrameUnit, SurveyFrame } from '@core/policy';
import type { TenantTx } from '@platform/persistence';
import { sizeOf } from '../domain/enterprise-size';

interface Row {
  id: string;
  creditCode: string;
  industry: unknown;
  employees: unknown;
  highTech: unknown;
}

const COLUMNS = `e.id, e.credit_code AS "creditCode", e.facts -> 'industry' AS industry, e.facts -> 'employees' AS employees, e.facts -> 'high_tech' AS "highTech"`;

/** Facts come from outside: whatever is not of its kind is not known. */
const unitOf = ({ id, creditCode, industry, employees, highTech }: Row): FrameUnit => ({
  enterpriseId: id,
  profile: {
    industry: typeof industry === 'string' && industry.trim() !== '' ? industry.trim() : null, size: sizeOf(employees),
    // Characters 3 to 8 of the code (GB 32100-2015).
    division: creditCode.slice(2, 8), highTech: typeof highTech === 'boolean' ? (highTech ? 'yes' : 'no') : null,
  },
});

/** Every enterprise on the city's register. */
export const registeredEnterprises: SurveyFrame = {
  key: 'register',
  units: async (tx: TenantTx) => (await tx.query<Row>(`SELECT ${COLUMNS} FROM enterprise e WHERE e.city_id = $1 ORDER BY e.id`, [tx.cityId])).map(unitOf),
};

/** Those that have applied for money under the policies, whatever was decided. */
export const applicantEnterprises: SurveyFrame = {
  key: 'applicants',
  units: async (tx: TenantTx, policyIds: readonly string[]) => (await tx.query<Row>(
    `SELECT ${COLUMNS} FROM enterprise e WHERE e.city_id = $1 AND e.id IN (SELECT a.enterprise_id FROM fund_application a JOIN funding_call c ON c.city_id = a.city_id AND c.id = a.call_id
       WHERE a.city_id = $1 AND c.policy_id = ANY($2::uuid[]) AND a.submitted_at IS NOT NULL) ORDER BY e.id`, [tx.cityId, policyIds])).map(unitOf),
};

import { type Docket, DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
import { workingDaysBetween } from '@core/statutes';
import { DomainError, type IsoDate } from '@platform/kernel';
import { SIGNERS } from '../domain/dockets';

interface Row {
  id: string;
  kind: Docket;
  policyId: string;
  tenantId: string;
  title: string;
  openedOn: IsoDate;
  dueOn: IsoDate | null;
  article: string;
  /** What gave the days; null where somebody set another day. */
  paramId: string | null;
  invited: string[];
  reviewerId: string | null;
}

/** How many working days were given; null where they cannot be counted, as the calendar of the year is not out. */
function daysGiven(from: IsoDate, to: IsoDate | null): number | null {
  if (to === null) return null;
  try {
    return workingDaysBetween(from, to);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** Reviews that wait for a signature, with the one named to review or else those who may sign. */
export const waitingDockets: DueSource = {
  key: 'drafting.docket',
  async list(tx, { departmentId }) {
    const rows = await tx.query<Row>(
      `SELECT k.id, k.kind, k.policy_id AS "policyId", k.tenant_id AS "tenantId", p.title, (k.opened_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "openedOn",
         k.due_on::text AS "dueOn", k.due_article AS article, k.reviewer_id AS "reviewerId",
         CASE WHEN k.basis #>> '{period,due}' = k.due_on::text THEN k.basis #>> '{period,parameter}' END AS "paramId",
         ARRAY(SELECT j.tenant_id FROM participation j WHERE j.city_id = $1 AND j.policy_id = k.policy_id
               AND j.capacity = CASE k.kind WHEN 'legality' THEN 'legal_review' WHEN 'fair_competition' THEN 'fair_competition_review' WHEN 'risk_assessment' THEN 'risk_assessment' END) AS invited
       FROM docket k JOIN policy p ON p.city_id = k.city_id AND p.id = k.policy_id
       WHERE k.city_id = $1 AND k.signed_at IS NULL AND p.state = CASE k.kind WHEN 'collective_deliberation' THEN 'deliberating' ELSE 'reviewing' END
         AND k.version_id = (SELECT v.id FROM policy_version v WHERE v.city_id = $1 AND v.policy_id = k.policy_id AND v.state = 'submitted' ORDER BY v.no DESC LIMIT 1)
         AND ($2::uuid IS NULL OR k.tenant_id = $2 OR EXISTS (SELECT 1 FROM participation j WHERE j.city_id = $1 AND j.policy_id = k.policy_id AND j.tenant_id = $2
               AND j.capacity = CASE k.kind WHEN 'legality' THEN 'legal_review' WHEN 'fair_competition' THEN 'fair_competition_review' WHEN 'risk_assessment' THEN 'risk_assessment' END))
       ORDER BY k.due_on NULLS LAST, k.id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    return rows.map((row): DueItem => {
      const days = daysGiven(row.openedOn, row.dueOn);
      return {
        key: `docket/${row.id}`, kind: `drafting.${row.kind}`, title: row.title, href: `/console/policies/${row.policyId}/dockets/${row.id}`, policyId: row.policyId,
        departmentId: row.tenantId, accountId: row.reviewerId, role: SIGNERS[row.kind].role, roleIn: [row.tenantId, ...row.invited], dueOn: row.dueOn,
        basis: { paramId: row.paramId, article: row.article, from: days === null ? null : row.openedOn, days, unit: days === null ? null : 'wd' },
      };
    });
  },
};

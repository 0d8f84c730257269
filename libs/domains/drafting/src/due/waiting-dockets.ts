import { type Blocker, type Docket, DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
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
  /** Of an argument: the experts who have not signed; who declared an interest is not waited for. */
  experts: { accountId: string; since: IsoDate }[];
  /** Of a legality review: the argument and the assessment that stand before it and are not signed. */
  before: { id: string; kind: Docket; article: string; since: IsoDate; reviewerId: string | null }[];
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

/** What holds the reviewer himself: experts who have not signed, and reviews that the law puts before his. */
function blockersOf(row: Row): Blocker[] {
  const experts = row.experts.map(({ accountId, since }): Blocker => ({
    gate: 'drafting.experts', key: 'procedure:error.expertWaiting', article: row.article, since, accountIds: [accountId], role: 'expert', roleIn: [],
    href: `/console/policies/${row.policyId}/dockets/${row.id}`,
  }));
  const reviews = row.before.map((docket): Blocker => ({
    gate: 'drafting.reviews_passed', key: `procedure:gate.missing.${docket.kind}`, article: docket.article, since: docket.since,
    accountIds: docket.reviewerId ? [docket.reviewerId] : [], role: SIGNERS[docket.kind].role, roleIn: docket.reviewerId ? [] : [row.tenantId],
    href: `/console/policies/${row.policyId}/dockets/${docket.id}`,
  }));
  return [...experts, ...reviews];
}

/**
 * Reviews that wait for a signature, with the one named to review or else those who may sign. The least time that a rule gives a reviewer is no last day
 * for him: he is late only where a day was set.
 */
export const waitingDockets: DueSource = {
  key: 'drafting.docket',
  async list(tx, { departmentId }) {
    const rows = await tx.query<Row>(
      `SELECT k.id, k.kind, k.policy_id AS "policyId", k.tenant_id AS "tenantId", p.title, (k.opened_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "openedOn",
         CASE WHEN k.due_on > k.min_due_on OR k.min_due_on IS NULL THEN k.due_on END::text AS "dueOn", k.due_article AS article, k.reviewer_id AS "reviewerId",
         CASE WHEN k.basis #>> '{period,due}' = k.due_on::text THEN k.basis #>> '{period,parameter}' END AS "paramId",
         ARRAY(SELECT j.tenant_id FROM participation j WHERE j.city_id = $1 AND j.policy_id = k.policy_id
               AND j.capacity = CASE k.kind WHEN 'legality' THEN 'legal_review' WHEN 'fair_competition' THEN 'fair_competition_review' WHEN 'risk_assessment' THEN 'risk_assessment' END) AS invited,
         coalesce((SELECT json_agg(json_build_object('accountId', x.account_id, 'since', (x.named_at AT TIME ZONE 'Asia/Shanghai')::date::text) ORDER BY x.named_at, x.id) FROM docket_expert x
               WHERE x.city_id = $1 AND x.docket_id = k.id AND x.signed_at IS NULL AND x.interest IS DISTINCT FROM 'direct'), '[]') AS experts,
         coalesce((SELECT json_agg(json_build_object('id', b.id, 'kind', b.kind, 'article', b.due_article, 'reviewerId', b.reviewer_id,
                 'since', (b.opened_at AT TIME ZONE 'Asia/Shanghai')::date::text) ORDER BY b.opened_at, b.id) FROM docket b
               WHERE k.kind = 'legality' AND b.city_id = $1 AND b.policy_id = k.policy_id AND b.version_id = k.version_id AND b.signed_at IS NULL
                 AND b.kind IN ('expert_argument', 'risk_assessment')), '[]') AS before
       FROM docket k JOIN policy p ON p.city_id = k.city_id AND p.id = k.policy_id
       WHERE k.city_id = $1 AND k.signed_at IS NULL AND p.state = CASE k.kind WHEN 'collective_deliberation' THEN 'deliberating' ELSE 'reviewing' END
         AND k.version_id = (SELECT v.id FROM policy_version v WHERE v.city_id = $1 AND v.policy_id = k.policy_id AND v.state = 'submitted' ORDER BY v.no DESC LIMIT 1)
         AND ($2::uuid IS NULL OR k.tenant_id = $2 OR EXISTS (SELECT 1 FROM participation j WHERE j.city_id = $1 AND j.policy_id = k.policy_id AND j.tenant_id = $2
               AND j.capacity = CASE k.kind WHEN 'legality' THEN 'legal_review' WHEN 'fair_competition' THEN 'fair_competition_review' WHEN 'risk_assessment' THEN 'risk_assessment' END))
       ORDER BY "dueOn" NULLS LAST, k.id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    return rows.map((row): DueItem => {
      const days = daysGiven(row.openedOn, row.dueOn);
      return {
        key: `docket/${row.id}`, kind: `drafting.${row.kind}`, title: row.title, href: `/console/policies/${row.policyId}/dockets/${row.id}`, policyId: row.policyId,
        departmentId: row.tenantId, accountId: row.reviewerId, role: SIGNERS[row.kind].role, roleIn: [row.tenantId, ...row.invited], dueOn: row.dueOn,
        basis: { paramId: row.paramId, article: row.article, from: days === null ? null : row.openedOn, days, unit: days === null ? null : 'wd' },
        blockedBy: blockersOf(row),
      };
    });
  },
};

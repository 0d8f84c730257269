import { type Blocker, type Docket, DUE_LIMIT, type DueItem, type DueSource, type PolicyKind } from '@core/policy';
import type { IsoDate, Role } from '@platform/kernel';
import { meetingArticle } from '../domain/articles';
import { type Capacity, type Outcome, SIGNERS } from '../domain/dockets';

interface Standing {
  id: string;
  kind: Docket;
  outcome: Outcome | null;
  /** What asks for it. */
  article: string;
  since: IsoDate;
  reviewerId: string | null;
}

interface Row {
  policyId: string;
  tenantId: string;
  title: string;
  kind: PolicyKind;
  state: 'reviewing' | 'deliberating';
  dockets: Standing[];
  joined: { tenantId: string; capacity: Capacity }[];
}

/**
 * The step after the reviews, after the meeting, and after a review that sent the text back: what the drafting department and its head can do now,
 * or who has not signed yet. One statement for all policies that are reviewed or deliberated; that it says what the gates say is tested.
 */
export const nextInReview: DueSource = {
  key: 'drafting.next',
  async list(tx, { departmentId }) {
    const rows = await tx.query<Row>(
      `SELECT p.id AS "policyId", p.tenant_id AS "tenantId", p.title, p.kind, p.state, coalesce(k.dockets, '[]') AS dockets,
         coalesce((SELECT json_agg(json_build_object('tenantId', j.tenant_id, 'capacity', j.capacity) ORDER BY j.tenant_id) FROM participation j WHERE j.city_id = $1 AND j.policy_id = p.id), '[]') AS joined
       FROM policy p
       LEFT JOIN LATERAL (
         SELECT json_agg(json_build_object('id', d.id, 'kind', d.kind, 'outcome', d.outcome, 'article', d.due_article, 'reviewerId', d.reviewer_id,
                  'since', (coalesce(d.signed_at, d.opened_at) AT TIME ZONE 'Asia/Shanghai')::date::text) ORDER BY d.opened_at, d.id) AS dockets, min(d.opened_at) AS opened
         FROM docket d WHERE d.city_id = $1 AND d.policy_id = p.id AND (d.kind = 'collective_deliberation') = (p.state = 'deliberating')
           AND d.version_id = (SELECT v.id FROM policy_version v WHERE v.city_id = $1 AND v.policy_id = p.id AND v.state = 'submitted' ORDER BY v.no DESC LIMIT 1)
       ) k ON true
       WHERE p.city_id = $1 AND p.state IN ('reviewing', 'deliberating') AND ($2::uuid IS NULL OR p.tenant_id = $2)
       ORDER BY coalesce(k.opened, p.created_at), p.id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    return rows.map(itemOf);
  },
};

function itemOf(row: Row): DueItem {
  const { returned, waiting } = standingOf(row.dockets);
  const [kind, role]: [string, Role] = returned ? ['drafting.returned', 'drafter']
    : row.state === 'reviewing' ? ['drafting.deliberation', 'drafter'] : ['drafting.approval', 'department_head'];
  return {
    key: `next/${row.policyId}`, kind, title: row.title, href: returned ? docketHref(row, returned) : `/console/policies/${row.policyId}/dockets`,
    policyId: row.policyId, departmentId: row.tenantId, accountId: null, role, roleIn: [row.tenantId], dueOn: null,
    basis: { paramId: null, article: row.state === 'deliberating' ? meetingArticle(row.kind) : '', from: null, days: null, unit: null },
    ...(returned ? {} : { blockedBy: waiting.map((docket) => blockerOf(row, docket)) }),
  };
}

const docketHref = ({ policyId }: Row, { id }: Standing): string => `/console/policies/${policyId}/dockets/${id}`;

/** Of each kind the newest docket counts: a meeting that takes the text up again opens another one. */
function standingOf(dockets: readonly Standing[]): { returned: Standing | undefined; waiting: Standing[] } {
  const newest = [...new Map(dockets.map((docket) => [docket.kind, docket])).values()];
  return { returned: newest.find(({ outcome }) => outcome === 'returned' || outcome === 'deferred'), waiting: newest.filter(({ outcome }) => outcome === null) };
}

function blockerOf(row: Row, docket: Standing): Blocker {
  const { role, capacity } = SIGNERS[docket.kind];
  const invited = row.joined.filter((one) => one.capacity === capacity).map(({ tenantId }) => tenantId);
  return {
    ...gateOf(row, docket), since: docket.since, accountIds: docket.reviewerId ? [docket.reviewerId] : [], role, roleIn: docket.reviewerId ? [] : [row.tenantId, ...invited],
    href: docketHref(row, docket),
  };
}

/** As the gate before the step tells it. */
function gateOf({ kind }: Row, docket: Standing): Pick<Blocker, 'gate' | 'key' | 'article'> {
  if (docket.kind === 'collective_deliberation') return { gate: 'drafting.deliberated', key: 'drafting:gate.deliberated', article: meetingArticle(kind) };
  const together = docket.kind === 'legality' || docket.kind === 'fair_competition';
  return { gate: 'drafting.reviews_passed', key: together ? `drafting:gate.reviewsMissing.${docket.kind}` : `procedure:gate.missing.${docket.kind}`, article: docket.article };
}

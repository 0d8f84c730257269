import { type Blocker, DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import { lastDayOf, type WindowBasis } from '../domain/window';

interface Row {
  id: string;
  state: 'open' | 'closed';
  policyId: string;
  tenantId: string;
  title: string;
  closesAt: Date;
  basis: WindowBasis;
  /** Of a closed one: opinions that nobody has answered, and answers that the head has not approved, with the day of the first. */
  unanswered: number;
  unapproved: number;
  unapprovedSince: IsoDate | null;
}

/** Windows that will close, and closed ones whose answers or result are outstanding, for which no rule sets a day. */
export const consultationsDue: DueSource = {
  key: 'consultation.consultation',
  async list(tx, { departmentId }) {
    const rows = await tx.query<Row>(
      `SELECT c.id, c.state, c.policy_id AS "policyId", c.tenant_id AS "tenantId", c.title, c.closes_at AS "closesAt", c.basis, coalesce(w.unanswered, 0) AS unanswered,
         coalesce(w.unapproved, 0) AS unapproved, w.since AS "unapprovedSince"
       FROM consultation c JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id
       LEFT JOIN LATERAL (
         SELECT count(*) FILTER (WHERE a.id IS NULL)::integer AS unanswered, count(a.id)::integer AS unapproved, (min(a.answered_at) AT TIME ZONE 'Asia/Shanghai')::date::text AS since
         FROM opinion o LEFT JOIN opinion_answer a ON a.city_id = o.city_id AND a.opinion_id = o.id
         WHERE c.state = 'closed' AND o.city_id = $1 AND o.consultation_id = c.id AND o.moderation <> 'withdrawn' AND a.approved_at IS NULL
       ) w ON true
       WHERE c.city_id = $1 AND c.state IN ('open', 'closed') AND p.state NOT IN ('withdrawn') AND ($2::uuid IS NULL OR c.tenant_id = $2)
       ORDER BY c.state DESC, c.closes_at, c.id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    return rows.flatMap((row) => (row.state === 'open' ? [closingItem(row)] : row.unapproved > 0 ? [answersItem(row), approvalItem(row)] : [answersItem(row)]));
  },
};

/** The longest minimum is the one that set the window, unless it was made longer still. */
const ruleOf = ({ basis }: Row): WindowBasis['rules'][number] | null =>
  basis.rules.reduce<WindowBasis['rules'][number] | null>((longest, one) => (longest && longest.due >= one.due ? longest : one), null);

const itemOf = (row: Row, kind: string, more: Pick<DueItem, 'role' | 'dueOn' | 'early' | 'basis'>): DueItem => ({
  key: `consultation/${row.id}/${kind}`, kind: `consultation.${kind}`, title: row.title, href: hrefOf(row), policyId: row.policyId, departmentId: row.tenantId,
  accountId: null, roleIn: [row.tenantId], ...more,
});

const hrefOf = ({ policyId }: Row): string => `/console/policies/${policyId}/consultation`;

function closingItem(row: Row): DueItem {
  const rule = ruleOf(row);
  return itemOf(row, 'closing', {
    role: 'drafter', dueOn: lastDayOf(row.closesAt), early: true,
    basis: rule ? { paramId: rule.id, article: rule.source.zh, from: row.basis.openedOn, days: rule.days, unit: rule.unit } : NO_DAY(row),
  });
}

const NO_DAY = (row: Row): DueItem['basis'] => ({ paramId: null, article: ruleOf(row)?.source.zh ?? '', from: null, days: null, unit: null });

/** The drafters have to answer; once every opinion has its answer, they wait for the head's approval before the result can go out. */
function answersItem(row: Row): DueItem {
  const item = itemOf(row, 'answers', { role: 'drafter', dueOn: null, basis: NO_DAY(row) });
  return row.unanswered === 0 && row.unapproved > 0 ? { ...item, blockedBy: [approvalOf(row)] } : item;
}

/** As the gate before the review tells it. */
const approvalOf = (row: Row): Blocker => ({
  gate: 'consultation.coverage', key: 'consultation:gate.waiting', params: { count: row.unapproved }, article: ruleOf(row)?.source.zh ?? '',
  since: row.unapprovedSince, accountIds: [], role: 'department_head', roleIn: [row.tenantId], href: hrefOf(row),
});

const approvalItem = (row: Row): DueItem => itemOf(row, 'approval', { role: 'department_head', dueOn: null, basis: NO_DAY(row) });

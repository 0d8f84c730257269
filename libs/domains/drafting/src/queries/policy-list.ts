import { type PolicyKind, type PolicyState, standingOn, type ValidityFacts } from '@core/policy';
import { chinaDate, DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

export interface PolicyEntry {
  id: string;
  title: string;
  kind: PolicyKind;
  /** How it stands on the day: one whose end is decided for later is still published. */
  state: PolicyState;
  /** Such an end. */
  ends: ReturnType<typeof standingOn>['ends'];
  department: string;
  responsible: string;
  /** False for the matter of another department that one's own was invited to. */
  own: boolean;
  documentNumber: string | null;
  createdAt: Date;
}

export interface PolicyFilter {
  /** None and an empty word mean every state. */
  state?: PolicyState | '' | undefined;
  /** The last entry of the page before: `<instant of making>_<id>`. */
  after?: string | undefined;
}

const PAGE = 20;

function parseCursor(after: string | undefined): [string | null, string | null] {
  if (!after) return [null, null];
  const [at, id] = after.split('_');
  if (!at || Number.isNaN(Date.parse(at)) || !isId(id)) throw DomainError.invalid('common:error.badCursor');
  return [at, id];
}

/** A page of one kind of matter. Each half has an index of its own; one condition with OR would have none. */
const half = (from: string, where: string): string =>
  `(SELECT p.id, p.title, p.kind, p.state, p.tenant_id, p.responsible_id, p.document_number, p.created_at, p.effective_from, p.effective_to, p.ended_on FROM ${from}
    WHERE ${where} AND ($3::text IS NULL OR p.state = $3) AND ($4::timestamptz IS NULL OR (p.created_at, p.id) < ($4::timestamptz, $5::uuid))
    ORDER BY p.created_at DESC, p.id DESC LIMIT ${PAGE + 1})`;

/** The policies of one's own department and those it takes part in, newest first, twenty a page. */
export async function listPolicies(tx: TenantTx, filter: PolicyFilter = {}): Promise<{ items: PolicyEntry[]; next: string | null }> {
  const [at, id] = parseCursor(filter.after);
  const rows = await tx.query<Omit<PolicyEntry, 'ends'> & Omit<ValidityFacts, 'state'>>(
    `SELECT m.id, m.title, m.kind, m.state, d.short_name AS department, a.display_name AS responsible, m.tenant_id = $2 AS own,
            m.document_number AS "documentNumber", m.created_at AS "createdAt", m.effective_from::text AS "effectiveFrom", m.effective_to::text AS "effectiveTo", m.ended_on::text AS "endedOn"
     FROM (
       ${half('policy p', 'p.city_id = $1 AND p.tenant_id = $2')}
       UNION ALL
       ${half('policy p', 'p.city_id = $1 AND p.id IN (SELECT s.policy_id FROM participation s WHERE s.city_id = $1 AND s.tenant_id = $2)')}
     ) m
     JOIN department d ON d.city_id = $1 AND d.id = m.tenant_id
     JOIN account a ON a.city_id = $1 AND a.id = m.responsible_id
     ORDER BY m.created_at DESC, m.id DESC LIMIT ${PAGE + 1}`,
    [tx.cityId, tx.actor.tenantId, filter.state || null, at, id]);
  const today = chinaDate(tx.at);
  const items = rows.slice(0, PAGE).map(({ effectiveFrom, effectiveTo, endedOn, ...row }): PolicyEntry => ({ ...row, ...standingOn({ state: row.state, effectiveFrom, effectiveTo, endedOn }, today) }));
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.createdAt.toISOString()}_${last.id}` : null };
}

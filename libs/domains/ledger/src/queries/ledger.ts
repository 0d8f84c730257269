import { lifeCycleLine, type LineEntry, policies, type PolicyKind, type PolicyState, POLICY_STATES, type Validity, validityOn } from '@core/policy';
import { chinaDate, chinaInstant, DomainError, isId, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

export interface LedgerFilter {
  state?: string | undefined;
  /** For those who see the whole city. */
  departmentId?: string | undefined;
  /** Four digits: the year in which work on the policy began. */
  year?: string | undefined;
  /** The last entry of the page before: `<instant of making>_<id>`. */
  after?: string | undefined;
}

export interface LedgerItem {
  id: string;
  title: string;
  kind: PolicyKind;
  state: PolicyState;
  department: string;
  documentNumber: string | null;
  createdAt: Date;
  effectiveFrom: IsoDate | null;
  effectiveTo: IsoDate | null;
  endedOn: IsoDate | null;
  validity: Validity | null;
  /** The nine steps with their days. */
  line: LineEntry[];
}

interface Row extends Omit<LedgerItem, 'validity' | 'line'> {
  events: { name: string; to: PolicyState; at: string }[] | null;
}

const PAGE = 20;

function yearRange(year: string | undefined): [Date | null, Date | null] {
  if (!year) return [null, null];
  if (!/^[12]\d{3}$/.test(year)) throw DomainError.invalid('ledger:error.badYear');
  return [chinaInstant(`${year}-01-01`), chinaInstant(`${Number(year) + 1}-01-01`)];
}

/** Every policy of the department, or of the whole city for its overseer, with the dates of its whole cycle; newest first, twenty a page, one statement. */
export async function ledgerList(tx: TenantTx, filter: LedgerFilter = {}): Promise<{ items: LedgerItem[]; next: string | null }> {
  const [at, id] = filter.after ? filter.after.split('_') : [null, null];
  if (filter.after && (!at || Number.isNaN(Date.parse(at)) || !isId(id))) throw DomainError.invalid('common:error.badCursor');
  if (filter.departmentId && !isId(filter.departmentId)) throw DomainError.notFound();
  if (filter.state && !(POLICY_STATES as readonly string[]).includes(filter.state)) throw DomainError.invalid('ledger:error.badState');
  const department = tx.actor.scope === 'own' ? tx.actor.tenantId : filter.departmentId || null;
  const rows = await tx.query<Row>(
    `SELECT p.id, p.title, p.kind, p.state, d.short_name AS department, p.document_number AS "documentNumber", p.created_at AS "createdAt",
       p.effective_from::text AS "effectiveFrom", p.effective_to::text AS "effectiveTo", p.ended_on::text AS "endedOn",
       (SELECT json_agg(json_build_object('name', e.name, 'to', e.to_state, 'at', e.at) ORDER BY e.seq)
        FROM life_cycle_event e WHERE e.city_id = $1 AND e.policy_id = p.id) AS events
     FROM policy p JOIN department d ON d.city_id = p.city_id AND d.id = p.tenant_id
     WHERE p.city_id = $1 AND ($2::uuid IS NULL OR p.tenant_id = $2) AND ($3::text IS NULL OR p.state = $3)
       AND ($4::timestamptz IS NULL OR p.created_at >= $4) AND ($5::timestamptz IS NULL OR p.created_at < $5)
       AND ($6::timestamptz IS NULL OR (p.created_at, p.id) < ($6::timestamptz, $7::uuid))
     ORDER BY p.created_at DESC, p.id DESC LIMIT ${PAGE + 1}`,
    [tx.cityId, department, filter.state || null, ...yearRange(filter.year), at, id]);
  const today = chinaDate(tx.at);
  const items = rows.slice(0, PAGE).map(({ events, ...row }) => ({
    ...row,
    validity: validityOn(row, today),
    line: lifeCycleLine(row.state, (events ?? []).map((event) => ({ ...event, at: new Date(event.at) })), tx.at),
  }));
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.createdAt.toISOString()}_${last.id}` : null };
}

export interface TimelineEntry {
  seq: number;
  name: string;
  from: string;
  to: string;
  at: Date;
  actorName: string;
  /** What explains the step: ids, figures, short words. */
  details: Record<string, unknown>;
  isPublic: boolean;
  hash: string;
}

/** Everything that was recorded about a policy, oldest first; for other departments the public part of it. */
export async function ledgerTimeline(tx: TenantTx, policyId: string): Promise<TimelineEntry[]> {
  const policy = await policies.require(tx, policyId);
  const rows = await tx.query<{ seq: string; payload: string; is_public: boolean; hash: string }>(
    'SELECT seq, payload, is_public, hash FROM life_cycle_event WHERE city_id = $1 AND policy_id = $2 ORDER BY seq', [tx.cityId, policy.id]);
  return rows.map((row) => {
    const payload = JSON.parse(row.payload) as { name: string; from: string; to: string; at: string; actorName: string; details: Record<string, unknown> };
    const { name, from, to, actorName, details } = payload;
    return { seq: Number(row.seq), name, from, to, at: new Date(payload.at), actorName, details, isPublic: row.is_public, hash: row.hash };
  });
}

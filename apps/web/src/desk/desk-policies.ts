import type { LineEvent, PolicyState } from '@core/policy';
import type { TenantTx } from '@platform/persistence';
import { miniView } from '../policy/policy-view';

interface Row {
  id: string;
  title: string;
  state: PolicyState;
  own: boolean;
  department: string;
  events: { name: string; to: PolicyState; at: string }[] | null;
}

/** The policies under way that concern the person's department, its own and those it takes part in, longest untouched first; one statement. */
export async function deskPolicies(tx: TenantTx) {
  const rows = await tx.query<Row>(
    `SELECT p.id, p.title, p.state, p.tenant_id = $2 AS own, d.short_name AS department,
       (SELECT json_agg(json_build_object('name', e.name, 'to', e.to_state, 'at', e.at) ORDER BY e.seq)
        FROM life_cycle_event e WHERE e.city_id = $1 AND e.policy_id = p.id) AS events
     FROM policy p JOIN department d ON d.city_id = p.city_id AND d.id = p.tenant_id
     WHERE p.city_id = $1 AND p.state IN ('planned', 'drafting', 'consulting', 'reviewing', 'deliberating', 'approved')
       AND ($3 OR p.tenant_id = $2 OR EXISTS (SELECT 1 FROM participation j WHERE j.city_id = $1 AND j.policy_id = p.id AND j.tenant_id = $2))
     ORDER BY p.created_at LIMIT 50`, [tx.cityId, tx.actor.tenantId, tx.actor.scope === 'city']);
  return rows.map(({ events, ...row }) => {
    const line: LineEvent[] = (events ?? []).map((event) => ({ ...event, at: new Date(event.at) }));
    return { ...row, href: `/console/policies/${row.id}`, mini: miniView(row.state, line, tx.at), since: line.at(-1)?.at };
  });
}

import { LIFE_CYCLE, LifeCycle, type LineEvent, policies, type PolicyRow, type PolicyState, type PolicyTransition, standingOn } from '@core/policy';
import { chinaDate, type UnmetGate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { lineView } from './policy-view';

/** The way on from each state; what holds a policy is what holds this step. */
const NEXT: Partial<Record<PolicyState, PolicyTransition>> = {
  planned: 'start_drafting', drafting: 'submit_for_review', consulting: 'submit_for_review', reviewing: 'submit_for_deliberation',
  deliberating: 'approve', approved: 'publish',
};

interface Replacement {
  id: string;
  title: string;
  number: string | null;
}

export interface PolicyHeader {
  id: string;
  title: string;
  state: PolicyState;
  /** How it stands today: an abolition that takes effect later has not come about yet. */
  standing: ReturnType<typeof standingOn>;
  /** The policy that takes its place, once that is decided. */
  replacedBy: Replacement | null;
  kind: PolicyRow['kind'];
  department: string;
  /** Whether the reader's own department owns the policy. */
  own: boolean;
  documentNumber: string | null;
  line: ReturnType<typeof lineView>;
  next: PolicyTransition | null;
  nextGates: UnmetGate[];
  tabs: { key: string; href: string }[];
}

/** The name of its department, what replaces it, and its events as the line needs them, oldest first. */
async function departmentAndEvents(tx: TenantTx, policy: PolicyRow): Promise<{ department: string; events: LineEvent[]; replacedBy: Replacement | null }> {
  const [row] = await tx.query<{ department: string; replacedBy: Replacement | null; events: { name: string; to: PolicyState; at: string }[] }>(
    `SELECT d.name AS department, (SELECT json_build_object('id', r.id, 'title', r.title, 'number', r.document_number) FROM validity_change c JOIN policy r ON r.city_id = c.city_id AND r.id = c.by_policy_id
         WHERE c.city_id = $1 AND c.policy_id = $2 AND c.kind IN ('abolished', 'replaced') LIMIT 1) AS "replacedBy",
       coalesce((SELECT json_agg(json_build_object('name', l.name, 'to', l.to_state, 'at', l.at) ORDER BY l.seq) FROM life_cycle_event l
       WHERE l.city_id = $1 AND l.policy_id = $2), '[]') AS events FROM department d WHERE d.city_id = $1 AND d.id = $3`, [tx.cityId, policy.id, policy.tenantId]);
  return { department: row?.department ?? '', replacedBy: row?.replacedBy ?? null, events: (row?.events ?? []).map((event) => ({ ...event, at: new Date(event.at) })) };
}

/** What stands at the head of each console page of one policy: title, state, the line, and what holds the next step. */
export async function policyHeader(tx: TenantTx, lifeCycle: LifeCycle, policyId: string): Promise<PolicyHeader> {
  const policy = await policies.require(tx, policyId);
  const { department, replacedBy, events } = await departmentAndEvents(tx, policy);
  const standing = standingOn(policy, chinaDate(tx.at));
  const next = NEXT[policy.state] ?? null;
  if (next) LIFE_CYCLE.require(next, policy.state);
  const nextGates = next ? await lifeCycle.unmetGates(tx, policy, next) : [];
  const base = `/console/policies/${policy.id}`;
  return {
    id: policy.id, title: policy.title, state: policy.state, standing, replacedBy, kind: policy.kind, department,
    own: policy.tenantId === tx.actor.tenantId, documentNumber: policy.documentNumber,
    line: lineView(policy.title, standing.state, events, tx.at, nextGates, policy.endedOn),
    next, nextGates,
    tabs: [
      { key: 'text', href: base }, { key: 'circulation', href: `${base}/circulation` }, { key: 'dockets', href: `${base}/dockets` }, { key: 'consultation', href: `${base}/consultation` },
      { key: 'interpretation', href: `${base}/interpretation` }, { key: 'funding', href: `${base}/funding` },
      { key: 'evaluation', href: `${base}/evaluation` }, { key: 'record', href: `${base}/record` },
    ],
  };
}

import type { Dependent, DependentSource } from '@core/policy';
import { ARTICLES } from '../domain/articles';
import type { CallState } from '../domain/call';

interface Row {
  id: string;
  title: string;
  state: Exclude<CallState, 'draft' | 'settled'>;
  people: number;
  fundsFen: number;
}

/** How far a call is decides what is left to settle: its time of applying, the applications that are in, or the money that is awarded. */
const STAGE = {
  open: { kind: 'funding.call', ways: ['close', 'run_off'] },
  closed: { kind: 'funding.applications', ways: ['run_off'] }, reviewing: { kind: 'funding.applications', ways: ['run_off'] },
  decided: { kind: 'funding.applications', ways: ['run_off'] }, noticed: { kind: 'funding.applications', ways: ['run_off'] },
  awarded: { kind: 'funding.payments', ways: ['pay_out'] },
} as const;

const LIVE = `('submitted', 'correction', 'rerouting', 'accepted', 'granted')`;
const UNDER_WAY = `c.city_id = $1 AND c.policy_id = $2 AND c.state NOT IN ('draft', 'settled')`;

/**
 * Calls on their way under a policy. Who applied in time is judged by the policy as it was, and what is awarded is paid: a later end takes nothing back. So the one choice is whether a
 * call that is open goes on taking applications until its own last day. Money is the budget, from the decision on what was granted, and after the award what is unpaid.
 */
export const callsUnderWay: DependentSource = {
  key: 'funding.calls',
  async list(tx, policyId) {
    const rows = await tx.query<Row>(
      `SELECT c.id, c.title, c.state,
         CASE c.state WHEN 'awarded' THEN (SELECT count(*) FROM fund_award w WHERE w.city_id = $1 AND w.call_id = c.id AND w.paid_fen < w.amount_fen)
           ELSE (SELECT count(DISTINCT a.enterprise_id) FROM fund_application a WHERE a.city_id = $1 AND a.call_id = c.id AND a.state IN ${LIVE}) END::int AS people,
         CASE WHEN c.state = 'awarded' THEN (SELECT coalesce(sum(w.amount_fen - w.paid_fen), 0) FROM fund_award w WHERE w.city_id = $1 AND w.call_id = c.id)
           WHEN c.state IN ('decided', 'noticed') THEN (SELECT coalesce(sum(d.amount_fen), 0) FROM fund_decision d WHERE d.city_id = $1 AND d.call_id = c.id AND d.granted)
           ELSE c.budget_fen END::float8 AS "fundsFen"
       FROM funding_call c WHERE ${UNDER_WAY} ORDER BY c.created_at, c.id`, [tx.cityId, policyId]);
    return rows.map(({ state, ...row }): Dependent => ({
      ...row, ...STAGE[state], stateKey: `funding:callState.${state}`, href: `/console/calls/${row.id}`, role: 'fund_manager', article: ARTICLES.promise,
    }));
  },
  async people(tx, policyId) {
    const [row] = await tx.query<{ people: number }>(
      `SELECT count(DISTINCT x.enterprise_id)::int AS people FROM funding_call c CROSS JOIN LATERAL (
         SELECT a.enterprise_id FROM fund_application a WHERE a.city_id = $1 AND a.call_id = c.id AND a.state IN ${LIVE} AND c.state <> 'awarded'
         UNION ALL SELECT w.enterprise_id FROM fund_award w WHERE w.city_id = $1 AND w.call_id = c.id AND w.paid_fen < w.amount_fen) x
       WHERE ${UNDER_WAY}`, [tx.cityId, policyId]);
    return row?.people ?? 0;
  },
};

import type { EvaluationSources } from '@core/policy';
import type { EventHandler } from '@platform/messaging';
import { MAY_ADVANCE_CLEANUPS } from '../ledger.events';

/** More than a department has open at once; the oldest come first, and what is settled makes room. */
const LIMIT = 500;

interface Open {
  id: string;
  policyId: string;
  at: Date;
  over: boolean;
}

/** Looks again how far the amendments of clean-ups have come, whenever something happened that may have moved one: the plan is asked and not told, as evaluation's conclusions are followed. */
export const followCleanups = (sources: EvaluationSources): EventHandler => ({
  name: 'ledger.follow_cleanups',
  types: [...MAY_ADVANCE_CLEANUPS],
  async handle(tx, event) {
    // A city's plan is the matter of every department in it.
    const department = event.type.startsWith('drafting.city_plan_') ? null : event.tenantId;
    const open = await tx.query<Open>(
      `SELECT i.id, i.policy_id AS "policyId", c.decided_at AS at, p.state IN ('superseded', 'expired', 'abolished') AS over
       FROM cleanup_item i JOIN cleanup c ON c.city_id = i.city_id AND c.id = i.cleanup_id JOIN policy p ON p.city_id = i.city_id AND p.id = i.policy_id
       WHERE i.city_id = $1 AND i.outcome = 'amend' AND i.effect = 'taken_up' AND ($2::uuid IS NULL OR i.tenant_id = $2) ORDER BY i.id LIMIT ${LIMIT} FOR UPDATE OF i`, [tx.cityId, department]);
    if (open.length === 0) return;
    const outcomes = await sources.outcomes(tx, open.map(({ id, policyId, at }) => ({ reportId: id, policyId, conclusion: 'amend', publishedAt: at, origin: 'cleanup' })));
    for (const { id, over } of open) {
      const outcome = outcomes.get(id);
      const settled = outcome && outcome.state !== 'taken_up';
      const now = over && !settled ? { state: 'done', stage: 'ended', planYear: outcome?.planYear ?? null, reason: '' } : outcome;
      if (!now) continue;
      await tx.query(
        `UPDATE cleanup_item SET effect = $3, effect_stage = $4, effect_year = $5, effect_note = $6, effect_at = $7, row_version = row_version + 1
         WHERE city_id = $1 AND id = $2 AND (effect, effect_stage, effect_year, effect_note) IS DISTINCT FROM ($3, $4, $5, $6)`, [tx.cityId, id, now.state, now.stage, now.planYear, now.reason, tx.at]);
    }
  },
});

import type { EvaluationSources } from '@core/policy';
import type { EventHandler } from '@platform/messaging';
import { MAY_ADVANCE_CONCLUSIONS } from '../evaluation.events';
import { advanceFollowUp, lockOpenFollowUps } from '../persistence/follow-ups';

/** More than a department has open at once; the oldest come first, and what is settled makes room. */
const LIMIT = 500;

/**
 * Looks again how far the open conclusions of a department have come, whenever something happened that may have moved one: in the rooms that carry them out,
 * which are asked and not told, so that the order and the number of events do not matter. A policy that ended has nothing left to amend or abolish.
 */
export const followConclusions = (sources: EvaluationSources): EventHandler => ({
  name: 'evaluation.follow_conclusions',
  types: [...MAY_ADVANCE_CONCLUSIONS],
  async handle(tx, event) {
    // A city's plan is the matter of every department in it.
    const departments = event.tenantId && !event.type.startsWith('drafting.city_plan_') ? [event.tenantId] : (await tx.query<{ id: string }>(
      'SELECT DISTINCT tenant_id AS id FROM evaluation_follow_up WHERE city_id = $1 AND settled_at IS NULL ORDER BY 1', [tx.cityId])).map(({ id }) => id);
    for (const department of departments) {
      const open = await lockOpenFollowUps(tx, department, LIMIT);
      if (open.length === 0) continue;
      const outcomes = await sources.outcomes(tx, open);
      for (const { reportId, ended } of open) {
        const outcome = outcomes.get(reportId);
        if (outcome && outcome.state !== 'taken_up') await advanceFollowUp(tx, reportId, outcome);
        else if (ended) await advanceFollowUp(tx, reportId, { state: 'done', stage: 'ended', planYear: outcome?.planYear ?? null, reason: '' });
        else if (outcome) await advanceFollowUp(tx, reportId, outcome);
      }
    }
  },
});

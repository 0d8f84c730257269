import { policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, type UnmetGate } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { CLEANUP_ARTICLE, CLEANUP_LIFE, type CleanupDecision, cleanupDecisionFaults } from '../domain/cleanup';
import { assertOversees } from '../ledger.access';
import { CLEANUP_DECIDED } from '../ledger.events';
import { cleanups, cleanupSheets } from '../persistence/repositories';
import { CleanupEnds } from './cleanup-ends';

/** Documents in the way that a refusal names. */
const NAMED = 50;

/**
 * The city's decision on a clean-up, by an overseer who checked none of its lists. With the commit the three lists are public and stay as they are; the worker then carries out one document after the other
 * (`CarryOutCleanups`). Nothing is ended under which money is still promised: such a document holds the whole decision.
 */
@Injectable()
export class DecideCleanup {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ends: CleanupEnds,
  ) {}

  /**
   * `seen` is the clean-up's `rowVersion`.
   *
   * @throws DomainError conflict for a list that is not agreed, or with a gate for each document that something stands in the way of; forbidden for who checked
   */
  run(actor: Actor, cleanupId: string, seen: number, input: CleanupDecision): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const decidedBy = assertOversees(tx.actor);
      const cleanup = await cleanups.lockForUpdate(tx, cleanupId);
      const { to } = CLEANUP_LIFE.require('decide', cleanup.state);
      const sheets = await cleanupSheets.find(tx, { cleanupId });
      if (sheets.some(({ checkedBy }) => checkedBy === decidedBy)) throw DomainError.forbidden('cleanup:error.ownCheck');
      const waiting = sheets.filter(({ state }) => state !== 'agreed').length;
      if (waiting > 0) throw DomainError.conflict('cleanup:error.notAgreed', { count: waiting });
      const faults = cleanupDecisionFaults(input);
      if (faults[0]) throw DomainError.invalid(faults[0].key, faults);
      const number = input.number.trim();
      if (await cleanups.findOne(tx, { decisionNumber: number })) throw DomainError.invalid('cleanup:error.numberTaken', [{ field: 'number', key: 'cleanup:error.numberTaken' }]);
      const gates = await this.obstacles(tx, cleanupId, decidedBy);
      if (gates.length > 0) throw new DomainError('conflict', 'cleanup:error.held', { gates: gates.slice(0, NAMED), params: { count: gates.length } });
      const decided = await tx.query<{ outcome: string }>(
        `UPDATE cleanup_item i SET outcome = CASE WHEN p.state = 'published' THEN i.proposal ELSE 'ended' END, is_public = true,
           effect = CASE WHEN p.state = 'published' AND i.proposal <> 'keep' THEN 'pending' END, effect_on = CASE WHEN i.proposal IN ('abolish', 'lapse') THEN greatest(i.effect_on, $3::date) END,
           ended_on = CASE WHEN p.state <> 'published' THEN coalesce(p.ended_on, p.effective_to + 1) END, row_version = i.row_version + 1
         FROM policy p WHERE i.city_id = $1 AND i.cleanup_id = $2 AND p.city_id = $1 AND p.id = i.policy_id RETURNING i.outcome`, [tx.cityId, cleanupId, chinaDate(tx.at)]);
      await cleanups.updateVersioned(tx, cleanupId, seen, { state: to, decisionNumber: number, decisionText: input.text.trim(), decidedBy, decidedAt: tx.at });
      await emit(tx, { type: CLEANUP_DECIDED, payload: { cleanupId } });
      recordAudit(tx, { action: 'ledger.cleanup_decided', subjectType: 'cleanup', subjectId: cleanupId, details: { number, ...countsOf(decided) } });
    });
  }

  /** What stands in the way of the ends, as the gates tell it now. */
  private async obstacles(tx: TenantTx, cleanupId: string, decidedBy: string): Promise<UnmetGate[]> {
    const ends = await tx.query<{ policyId: string; no: number; title: string; how: 'abolish' | 'lapse' }>(
      `SELECT i.policy_id AS "policyId", i.no, i.title, i.proposal AS how FROM cleanup_item i JOIN policy p ON p.city_id = i.city_id AND p.id = i.policy_id
       WHERE i.city_id = $1 AND i.cleanup_id = $2 AND i.proposal IN ('abolish', 'lapse') AND p.state = 'published' ORDER BY i.no`, [tx.cityId, cleanupId]);
    const found: UnmetGate[] = [];
    for (const { policyId, no, title, how } of ends) {
      const [first] = await this.ends.obstacles(tx, await policies.require(tx, policyId), how, decidedBy);
      if (first) found.push({ gate: 'ledger.cleanup_held', key: 'cleanup:gate.held', params: { no, title }, article: first.article || CLEANUP_ARTICLE });
    }
    return found;
  }
}

function countsOf(rows: readonly { outcome: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

import { policies, type PolicyRow } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, type IsoDate, systemActor } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type Effect, endDay } from '../domain/cleanup';
import { CLEANUP_AMENDS } from '../ledger.events';
import type { CleanupItemRow } from '../persistence/cleanup.entity';
import { cleanupItems } from '../persistence/repositories';
import { CleanupEnds } from './cleanup-ends';

/** What is held is looked at again so much later. */
const AGAIN_MS = 10 * 60_000;

interface Waiting {
  id: string;
  policyId: string;
  decidedBy: string;
  decider: string;
  number: string;
  text: string;
}

/**
 * For the worker's schedule: carries out what clean-ups have decided, each document in a transaction of its own, in the name of who decided. What is done is marked in the same transaction, so a worker that is killed goes
 * on where it was, and two at once do each once. Answers how many.
 */
@Injectable()
export class CarryOutCleanups {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ends: CleanupEnds,
  ) {}

  async run(cityId: string): Promise<number> {
    const waiting = await this.unitOfWork.run(systemActor(cityId), (tx) => tx.query<Waiting>(
      `SELECT i.id, i.policy_id AS "policyId", c.decided_by AS "decidedBy", a.display_name AS decider, c.decision_number AS number, c.decision_text AS text
       FROM cleanup_item i JOIN cleanup c ON c.city_id = i.city_id AND c.id = i.cleanup_id JOIN account a ON a.city_id = c.city_id AND a.id = c.decided_by
       WHERE i.city_id = $1 AND (i.effect = 'pending' OR (i.effect = 'held' AND i.effect_at <= $2)) ORDER BY i.cleanup_id, i.no`, [cityId, new Date(tx.at.getTime() - AGAIN_MS)]));
    let done = 0;
    const errors: unknown[] = [];
    for (const one of waiting) {
      const decider: Actor = { ...systemActor(cityId), accountId: one.decidedBy, name: one.decider };
      try {
        done += await this.unitOfWork.run(decider, (tx) => this.carryOut(tx, one));
      } catch (error) {
        errors.push(error);
      }
    }
    // What failed is tried again with the next run, and keeps no other document waiting.
    if (errors.length > 0) throw errors[0];
    return done;
  }

  private async carryOut(tx: TenantTx, waiting: Waiting): Promise<number> {
    const policy = await policies.lockForUpdate(tx, waiting.policyId);
    const item = await cleanupItems.lockForUpdate(tx, waiting.id);
    // Another worker was quicker.
    if (item.effect !== 'pending' && item.effect !== 'held') return 0;
    const { effect, stage, endedOn } = await this.effectOf(tx, item, policy, waiting);
    if (effect === item.effect && stage === item.effectStage) {
      await cleanupItems.update(tx, item.id, { effectAt: tx.at });
      return 0;
    }
    await cleanupItems.update(tx, item.id, { effect, effectStage: stage, effectAt: tx.at, endedOn, rowVersion: item.rowVersion + 1 });
    recordAudit(tx, { action: 'ledger.cleanup_carried_out', subjectType: 'cleanup_item', subjectId: item.id, tenantId: item.tenantId, details: { outcome: item.outcome, effect, stage, policyId: policy.id, endedOn } });
    return 1;
  }

  private async effectOf(tx: TenantTx, item: CleanupItemRow, policy: PolicyRow, { text, number, decidedBy }: Waiting): Promise<{ effect: Effect; stage: string; endedOn: IsoDate | null }> {
    // It has ended by other means since the decision: nothing is left to end or to amend.
    if (policy.state !== 'published') return { effect: 'done', stage: 'endedBefore', endedOn: policy.endedOn };
    if (item.outcome === 'amend') {
      // The last day may have passed before the decision; the plan of a year that is over takes nothing up.
      const year = [String(item.amendBy), chinaDate(tx.at)].sort().at(-1)?.slice(0, 4) ?? '';
      await emit(tx, { type: CLEANUP_AMENDS, tenantId: item.tenantId, payload: { policyId: policy.id, itemId: item.id, year } });
      return { effect: 'taken_up', stage: 'asked', endedOn: null };
    }
    // A call may have been opened, or an award promised, after the decision.
    const how = item.outcome === 'lapse' ? 'lapse' as const : 'abolish' as const;
    const obstacles = await this.ends.obstacles(tx, policy, how, decidedBy);
    if (obstacles.length > 0) return { effect: 'held', stage: 'held', endedOn: null };
    const effectOn = endDay(item.effectOn, chinaDate(tx.at));
    if (policy.effectiveTo !== null && policy.effectiveTo < effectOn) return { effect: 'done', stage: 'endsItself', endedOn: null };
    await this.ends.end(tx, policy, { itemId: item.id, how, effectOn, reason: item.reason, noticeText: `${text}（${number}）`, replacedBy: item.replacedBy, decidedBy });
    return { effect: 'done', stage: 'ended', endedOn: effectOn };
  }
}

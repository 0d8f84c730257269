import { changeValidity, dayBefore, type LifeCycle, policies, type PolicyRow } from '@core/policy';
import { type IsoDate, newId, type UnmetGate } from '@platform/kernel';
import { emit } from '@platform/messaging';
import type { TenantTx } from '@platform/persistence';
import { cleanupKey } from '../domain/cleanup';
import { abolitionDecidedGate } from '../gates/abolition-decided';
import { ABOLITION_DECIDED } from '../ledger.events';
import { abolitionCases } from '../persistence/repositories';

/** A clean-up's decision about one document: the ground of its end. */
export interface EndGround {
  itemId: string;
  how: 'abolish' | 'lapse';
  /** First day on which it no longer holds. */
  effectOn: IsoDate;
  reason: string;
  noticeText: string;
  decidedBy: string;
}

/** What stands in the way of an end: the gates of an abolition, but for the decided case, which the clean-up's decision itself is. Reads only. */
export async function endObstacles(tx: TenantTx, lifeCycle: LifeCycle, policy: PolicyRow): Promise<UnmetGate[]> {
  return (await lifeCycle.unmetGates(tx, policy, 'abolish')).filter(({ gate }) => gate !== abolitionDecidedGate.key);
}

/**
 * Ends a policy in force on the decision of a clean-up; the caller holds it, and has asked for `endObstacles`. An abolition is a decided case, as any other is: the one that is open, or one of the clean-up's own. A lapse
 * is an earlier last day, after which the policy expires by itself.
 */
export async function endByCleanup(tx: TenantTx, lifeCycle: LifeCycle, policy: PolicyRow, ground: EndGround): Promise<void> {
  const { itemId, how, effectOn, noticeText } = ground;
  if (how === 'lapse') {
    await policies.update(tx, policy.id, { effectiveTo: dayBefore(effectOn), rowVersion: policy.rowVersion + 1 });
    await lifeCycle.record(tx, policy, 'lapse_declared', { details: { itemId, from: policy.effectiveTo, on: effectOn } });
    await changeValidity(tx, policy, { kind: 'lapsed', effectOn, previousTo: policy.effectiveTo, noticeText });
    return;
  }
  const caseId = await decideCase(tx, policy, ground);
  await policies.update(tx, policy.id, { endedOn: effectOn });
  await lifeCycle.advance(tx, policy.id, 'abolish', { details: { caseId, effectOn, itemId } });
  await changeValidity(tx, policy, { kind: 'abolished', effectOn, noticeText });
  await emit(tx, { type: ABOLITION_DECIDED, tenantId: policy.tenantId, payload: { policyId: policy.id, caseId } });
}

async function decideCase(tx: TenantTx, policy: PolicyRow, { itemId, effectOn, reason, noticeText, decidedBy }: EndGround): Promise<string> {
  const decided = { decision: 'abolish' as const, decisionReason: reason, noticeText, effectOn, decidedBy, decidedAt: tx.at };
  const open = (await abolitionCases.find(tx, { policyId: policy.id })).find(({ decision }) => decision === null);
  // Nobody decides a case that he opened; then the clean-up's own stands beside it, and the open one has nothing left to decide.
  if (open && open.openedBy !== decidedBy) {
    await abolitionCases.update(tx, open.id, { ...decided, rowVersion: open.rowVersion + 1 });
    return open.id;
  }
  const id = newId();
  await abolitionCases.insert(tx, {
    id, tenantId: policy.tenantId, policyId: policy.id, source: 'cleanup', sourceKey: cleanupKey(itemId), reason, openedBy: null, openedAt: tx.at, ...decided, rowVersion: 1,
  });
  return id;
}

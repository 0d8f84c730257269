import { changeValidity, dayBefore, DependentsRegistry, LifeCycle, policies, type PolicyRow } from '@core/policy';
import { type IsoDate, newId, type UnmetGate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { cleanupKey } from '../domain/cleanup';
import { openChoices, standingFor, unsettledGate } from '../domain/settlement';
import { abolitionDecidedGate } from '../gates/abolition-decided';
import type { AbolitionCaseRow } from '../persistence/abolition-case.entity';
import { abolitionCases } from '../persistence/repositories';
import { insertSettlement, settlementsOf } from '../persistence/settlements';
import { endByCase } from './end-by-case';
import { newCase } from './insert-case';

/** A clean-up's decision about one document: the ground of its end. */
export interface EndGround {
  itemId: string;
  how: 'abolish' | 'lapse';
  /** First day on which it no longer holds. */
  effectOn: IsoDate;
  reason: string;
  noticeText: string;
  replacedBy: string | null;
  decidedBy: string;
}

/**
 * How a clean-up ends a document. An abolition is a decided case, as any other is: the one that is open, with what was settled in it, or one of the clean-up's own; the joint check stands for its legality review, and
 * the public decision for its notice. A lapse is an earlier last day, after which the policy expires by itself.
 */
@Injectable()
export class CleanupEnds {
  constructor(
    private readonly lifeCycle: LifeCycle,
    private readonly dependents: DependentsRegistry,
  ) {}

  /**
   * What stands in the way of an end: the gates of other rooms; whatever hangs on the policy and leaves somebody a choice, has applicants or money, and was not settled in an open case; and an open case where the document is to lapse,
   * or where who decides has had a hand in it. Reads only.
   */
  async obstacles(tx: TenantTx, policy: PolicyRow, how: EndGround['how'], decidedBy: string | null = null): Promise<UnmetGate[]> {
    const open = await openCase(tx, policy.id);
    const hands = open ? [open.openedBy, open.preparedBy, open.reviewedBy] : [];
    const inCase = (key: string): UnmetGate => ({ gate: 'ledger.cleanup_case', key: `cleanup:gate.${key}`, params: { title: policy.title }, article: '' });
    if (open && how === 'lapse') return [inCase('caseOpen')];
    const { items } = await this.dependents.list(tx, policy.id);
    const gates = (await this.lifeCycle.unmetGates(tx, policy, 'abolish')).filter(({ gate }) => gate !== abolitionDecidedGate.key);
    const found = [...gates, ...openChoices(items, open ? await settlementsOf(tx, open.id) : []).map(unsettledGate)];
    return decidedBy && hands.includes(decidedBy) ? [...found, inCase('ownCase')] : found;
  }

  /** Ends a policy in force; the caller holds it, and has asked for `obstacles`. */
  async end(tx: TenantTx, policy: PolicyRow, { itemId, how, effectOn, noticeText, ...ground }: EndGround): Promise<void> {
    if (how === 'lapse') {
      await policies.update(tx, policy.id, { effectiveTo: dayBefore(effectOn), rowVersion: policy.rowVersion + 1 });
      await this.lifeCycle.record(tx, policy, 'lapse_declared', { details: { itemId, from: policy.effectiveTo, on: effectOn } });
      await changeValidity(tx, policy, { kind: 'lapsed', effectOn, previousTo: policy.effectiveTo, noticeText });
      return;
    }
    const { items, people, fundsFen } = await this.dependents.list(tx, policy.id);
    const matter = await openCase(tx, policy.id) ?? await this.ownCase(tx, policy, itemId, ground.reason);
    const settled = await settlementsOf(tx, matter.id);
    for (const item of items.filter((one) => !standingFor(one, settled))) {
      const last = settled.find(({ kind, itemId: id }) => kind === item.kind && id === item.id)?.no ?? 0;
      await insertSettlement(tx, matter, { kind: item.kind, itemId: item.id, no: last + 1, title: item.title, way: item.ways[0] ?? '', reason: noticeText, people: item.people, fundsFen: item.fundsFen });
    }
    const replacedBy = matter.replacedBy ?? ground.replacedBy;
    await abolitionCases.update(tx, matter.id, {
      cleanupItemId: itemId, replacedBy, decision: 'abolish', decisionReason: ground.reason, noticeText, effectOn, affectedPeople: people, affectedFen: fundsFen,
      decidedBy: ground.decidedBy, decidedAt: tx.at, rowVersion: matter.rowVersion + 1,
    });
    await endByCase(tx, this.lifeCycle, policy, { caseId: matter.id, effectOn, noticeText, replacedBy, details: { itemId } });
  }

  private async ownCase(tx: TenantTx, policy: PolicyRow, itemId: string, reason: string): Promise<AbolitionCaseRow> {
    const id = newId();
    await abolitionCases.insert(tx, newCase(policy, { id, source: 'cleanup', sourceKey: cleanupKey(itemId), reason, openedBy: null, openedAt: tx.at }));
    return abolitionCases.require(tx, id);
  }
}

const openCase = async (tx: TenantTx, policyId: string): Promise<AbolitionCaseRow | null> =>
  (await abolitionCases.find(tx, { policyId })).find(({ decision }) => decision === null) ?? null;

import { DependentsRegistry } from '@core/policy';
import { abolitionDesk, caseWork, type Preparation, PrepareAbolition, ReviewAbolition, SettleDependents } from '@domains/ledger';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';

/** Where a test's use cases come from. */
type Get = <T>(type: new (...args: never[]) => T) => T;

export interface CasePeople {
  drafter: Actor;
  reviewer: Actor;
}

export const preparation = (changes: Partial<Preparation> = {}): Preparation => ({
  opinions: 'not_asked', consultationId: null, opinionsGround: 'superior_law', opinionsNote: '上位法已修改。', replacedBy: null, transition: '废止前已经受理的申请按原政策办结。', effectOn: '2099-01-01', ...changes,
});

/** The case as its page shows it, with what hangs on the policy. */
export const caseOf = (get: Get, actor: Actor, policyId: string) => get(UnitOfWork).run(actor, async (tx) => {
  const desk = await abolitionDesk(tx, policyId);
  const newest = desk.cases[0]!;
  return { matter: newest, work: await caseWork(tx, get(DependentsRegistry), policyId, newest) };
});

/** Everything that hangs on the policy is settled in the first way that is open to it, as its page would. */
export async function settleAll(get: Get, drafter: Actor, policyId: string, ways: Record<string, string> = {}): Promise<void> {
  const { matter, work } = await caseOf(get, drafter, policyId);
  for (const { kind, id, seen, ways: open, settlement } of work?.items ?? []) {
    if (!settlement) await get(SettleDependents).run(drafter, matter.id, { items: [`${kind}/${id}/${seen}`], way: ways[kind] ?? open[0] ?? '', reason: '按公告的过渡安排。' });
  }
}

/** The way of a case up to its decision: prepared, settled, reviewed. */
export async function readyAbolition(get: Get, { drafter, reviewer }: CasePeople, policyId: string, changes: Partial<Preparation> = {}): Promise<string> {
  const { matter } = await caseOf(get, drafter, policyId);
  await get(PrepareAbolition).run(drafter, matter.id, preparation(changes), matter.rowVersion);
  await settleAll(get, drafter, policyId);
  await get(ReviewAbolition).run(reviewer, matter.id, { outcome: 'passed', opinion: '程序合法。' }, (await caseOf(get, drafter, policyId)).matter.rowVersion);
  return matter.id;
}

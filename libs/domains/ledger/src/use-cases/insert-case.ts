import type { LifeCycle, PolicyRow } from '@core/policy';
import { emit } from '@platform/messaging';
import type { TenantTx } from '@platform/persistence';
import { ABOLITION_OPENED, type AbolitionOpened } from '../ledger.events';
import type { AbolitionCaseRow } from '../persistence/abolition-case.entity';
import { abolitionCases } from '../persistence/repositories';

/** What a review wrote, before there is one. */
export const UNREVIEWED = { reviewOutcome: null, reviewOpinion: '', reviewedBy: null, reviewedAt: null } as const;

type NewCase = Pick<AbolitionCaseRow, 'id' | 'source' | 'sourceKey' | 'reason' | 'openedBy'>;

/** A case as it is when it is opened, with nothing said yet. */
export const newCase = (policy: PolicyRow, opened: NewCase & { openedAt: Date }): Omit<AbolitionCaseRow, 'cityId'> => ({
  ...opened, tenantId: policy.tenantId, policyId: policy.id, opinions: null, opinionsGround: null, opinionsNote: '', consultationId: null, replacedBy: null, transition: '',
  proposedEffectOn: null, preparedBy: null, preparedAt: null, ...UNREVIEWED, decision: null, decisionReason: '', noticeNumber: null, noticeText: null, effectOn: null, affectedPeople: null,
  affectedFen: null, cleanupItemId: null, decidedBy: null, decidedAt: null, rowVersion: 1,
});

/** Writes a case, its record in the life cycle and its event. The caller holds the policy and knows that no case of it is open. */
export async function insertCase(tx: TenantTx, lifeCycle: LifeCycle, policy: PolicyRow, opened: NewCase): Promise<void> {
  await abolitionCases.insert(tx, newCase(policy, { ...opened, openedAt: tx.at }));
  await lifeCycle.record(tx, policy, 'abolition_opened', { details: { caseId: opened.id, source: opened.source } });
  const payload: AbolitionOpened = { policyId: policy.id, caseId: opened.id };
  await emit(tx, { type: ABOLITION_OPENED, tenantId: policy.tenantId, payload });
}

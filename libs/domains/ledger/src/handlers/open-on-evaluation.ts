import { type LifeCycle, policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { newId } from '@platform/kernel';
import type { EventHandler } from '@platform/messaging';
import { evaluationKey } from '../domain/abolition';
import { EVALUATION_PUBLISHED } from '../ledger.events';
import { abolitionCases } from '../persistence/repositories';
import { insertCase } from '../use-cases/insert-case';

/**
 * 建议废止 acts: the report opens a case, once, for the report is the case's key. A policy that has ended needs none, and a case that is already
 * open goes on.
 */
export const openOnEvaluation = (lifeCycle: LifeCycle): EventHandler => ({
  name: 'ledger.open_abolition_on_evaluation',
  types: [EVALUATION_PUBLISHED],
  async handle(tx, event) {
    const { policyId, reportId, conclusion } = event.payload;
    if (conclusion !== 'abolish' || !policyId || !reportId) return;
    const policy = await policies.lockForUpdate(tx, policyId);
    if (policy.state !== 'published') return;
    const sourceKey = evaluationKey(reportId);
    const cases = await abolitionCases.find(tx, { policyId: policy.id });
    if (cases.some((other) => other.decision === null || other.sourceKey === sourceKey)) return;
    const id = newId();
    await insertCase(tx, lifeCycle, policy, { id, source: 'evaluation', sourceKey, reason: '', openedBy: null });
    recordAudit(tx, { action: 'ledger.abolition_opened', subjectType: 'abolition_case', subjectId: id, tenantId: policy.tenantId, details: { policyId: policy.id, reportId } });
  },
});

import { DEPENDENT_SETTLED, type LifeCycle, policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { newId } from '@platform/kernel';
import type { EventHandler } from '@platform/messaging';
import { notify } from '@platform/notify';
import { dependentKey } from '../domain/abolition';
import { abolitionCases } from '../persistence/repositories';
import { settlementsOf } from '../persistence/settlements';
import { insertCase } from '../use-cases/insert-case';

/** What was settled about a policy that rests on an abolished one: a case of its own is opened, once, or whoever answers for it is told. */
export const endRestingPolicy = (lifeCycle: LifeCycle): EventHandler => ({
  name: 'ledger.end_resting_policy',
  types: [DEPENDENT_SETTLED],
  async handle(tx, { payload: { kind, itemId = '', way, caseId = '', policyId = '' } }) {
    if (kind !== 'ledger.policy') return;
    const policy = await policies.lockForUpdate(tx, itemId);
    if (policy.state !== 'published') return;
    if (way === 'tell') {
      const ended = await policies.require(tx, policyId);
      await notify(tx, {
        accountId: policy.responsibleId, effectKey: dependentKey(caseId, policy.id), messageKey: 'abolition:told', params: { title: ended.title, own: policy.title }, href: `/console/policies/${policy.id}`,
      });
    }
    if (way !== 'abolish') return;
    const sourceKey = dependentKey(caseId, policy.id);
    if ((await abolitionCases.find(tx, { policyId: policy.id })).some((other) => other.decision === null || other.sourceKey === sourceKey)) return;
    const reason = (await settlementsOf(tx, caseId)).find((one) => one.kind === kind && one.itemId === itemId)?.reason ?? '';
    const id = newId();
    await insertCase(tx, lifeCycle, policy, { id, source: 'dependent', sourceKey, reason, openedBy: null });
    recordAudit(tx, { action: 'ledger.abolition_opened', subjectType: 'abolition_case', subjectId: id, tenantId: policy.tenantId, details: { policyId: policy.id, after: policyId } });
  },
});

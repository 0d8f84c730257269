import { policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { chinaDate, newId } from '@platform/kernel';
import { emit, type EventHandler } from '@platform/messaging';
import { PLAN_ITEM_PROPOSED } from '../drafting.events';

/**
 * An evaluation that ends in 建议修改 puts the policy's revision into next year's plan, where the head decides on it. The report's id makes the
 * item the same item: however often the event comes, there is one.
 */
export const planRevision: EventHandler = {
  name: 'drafting.plan_revision',
  types: ['evaluation.published.v1'],
  async handle(tx, { payload: { policyId = '', reportId = '', conclusion } }) {
    if (conclusion !== 'amend') return;
    const policy = await policies.require(tx, policyId);
    const id = newId();
    const year = Number(chinaDate(tx.at).slice(0, 4)) + 1;
    const made = await tx.query(
      `INSERT INTO plan_item (city_id, id, tenant_id, year, kind, title, source, source_key, target_policy_id, state, proposed_at)
       VALUES ($1, $2, $3, $4, 'revise', $5, 'evaluation', $6, $7, 'proposed', $8) ON CONFLICT (city_id, source_key) DO NOTHING RETURNING id`,
      [tx.cityId, id, policy.tenantId, year, policy.title, `evaluation/${reportId}`, policyId, tx.at]);
    if (made.length === 0) return;
    await emit(tx, { type: PLAN_ITEM_PROPOSED, tenantId: policy.tenantId, payload: { planItemId: id } });
    recordAudit(tx, { action: 'drafting.plan_item_proposed', subjectType: 'plan_item', subjectId: id, tenantId: policy.tenantId, details: { year, kind: 'revise', reportId } });
  },
};

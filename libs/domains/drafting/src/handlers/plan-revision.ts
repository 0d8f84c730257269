import { policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { chinaDate, newId } from '@platform/kernel';
import { emit, type EventHandler } from '@platform/messaging';
import type { TenantTx } from '@platform/persistence';
import { PLAN_ITEM_PROPOSED } from '../drafting.events';

interface Revision {
  policyId: string;
  year: number;
  source: 'evaluation' | 'cleanup';
  /** The report, or the item of the clean-up: it makes the item of the plan the same item. */
  groundId: string;
}

/**
 * An evaluation that ends in 建议修改 puts the policy's revision into next year's plan, where the head decides on it. The report's id makes the
 * item the same item: however often the event comes, there is one.
 */
export const planRevision: EventHandler = {
  name: 'drafting.plan_revision',
  types: ['evaluation.published.v1'],
  async handle(tx, { payload: { policyId = '', reportId = '', conclusion } }) {
    if (conclusion === 'amend') await proposeRevision(tx, { policyId, year: Number(chinaDate(tx.at).slice(0, 4)) + 1, source: 'evaluation', groundId: reportId });
  },
};

/** A clean-up that decided 拟修改 puts the revision into the plan of the year in which it is to be done. */
export const planCleanup: EventHandler = {
  name: 'drafting.plan_cleanup',
  types: ['ledger.cleanup_amends.v1'],
  handle: (tx, { payload: { policyId = '', itemId = '', year } }) => proposeRevision(tx, { policyId, year: Number(year), source: 'cleanup', groundId: itemId }),
};

async function proposeRevision(tx: TenantTx, { policyId, year, source, groundId }: Revision): Promise<void> {
  const policy = await policies.require(tx, policyId);
  const id = newId();
  const made = await tx.query(
    `INSERT INTO plan_item (city_id, id, tenant_id, year, kind, title, source, source_key, target_policy_id, state, proposed_at)
     VALUES ($1, $2, $3, $4, 'revise', $5, $6, $7, $8, 'proposed', $9) ON CONFLICT (city_id, source_key) DO NOTHING RETURNING id`,
    [tx.cityId, id, policy.tenantId, year, policy.title, source, `${source}/${groundId}`, policyId, tx.at]);
  if (made.length === 0) return;
  await emit(tx, { type: PLAN_ITEM_PROPOSED, tenantId: policy.tenantId, payload: { planItemId: id } });
  recordAudit(tx, { action: 'drafting.plan_item_proposed', subjectType: 'plan_item', subjectId: id, tenantId: policy.tenantId, details: { year, kind: 'revise', source, groundId } });
}

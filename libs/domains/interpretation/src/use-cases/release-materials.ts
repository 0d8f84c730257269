import { latestSubmittedVersion, type LifeCycle, type PolicyRow } from '@core/policy';
import { recordAudit } from '@platform/audit';
import type { TenantTx } from '@platform/persistence';
import { MATERIAL_LIFE } from '../domain/material';
import { materials } from '../persistence/repositories';

/**
 * Releases the approved materials in the transaction that publishes the policy (三同步): they go out together or not at all.
 * The gate `interpretation.ready` has been passed in the same transaction.
 */
export async function releaseMaterials(tx: TenantTx, policy: PolicyRow, lifeCycle: LifeCycle): Promise<void> {
  const version = await latestSubmittedVersion(tx, policy.id);
  const approved = (await materials.find(tx, { policyId: policy.id, state: 'approved' }, { id: 'ASC' })).filter((material) => material.textHash === version?.textHash);
  if (approved.length === 0) return;
  for (const material of approved) {
    const { to } = MATERIAL_LIFE.require('release', material.state);
    await materials.update(tx, material.id, { state: to, releasedAt: tx.at, rowVersion: material.rowVersion + 1 });
    recordAudit(tx, { action: 'interpretation.released', subjectType: 'interpretation_material', subjectId: material.id, details: { policyId: policy.id } });
  }
  await lifeCycle.record(tx, policy, 'interpretation_released', { details: { materials: approved.map(({ id, kind }) => ({ id, kind })) } });
}

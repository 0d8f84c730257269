import type { TenantTx } from '@platform/persistence';
import { ProvisionRow, VersionRow } from '../persistence/version.entity';

/** The newest submitted version of a policy, or null. */
export async function latestSubmittedVersion(tx: TenantTx, policyId: string): Promise<VersionRow | null> {
  return tx.repository(VersionRow).findOne({ where: { cityId: tx.cityId, policyId, state: 'submitted' }, order: { no: 'DESC' } });
}

/** The newest version of a policy, closed or still being written: a draft is the newest there is. Null before the first. */
export async function newestVersion(tx: TenantTx, policyId: string): Promise<VersionRow | null> {
  return tx.repository(VersionRow).findOne({ where: { cityId: tx.cityId, policyId }, order: { no: 'DESC' } });
}

/** The provisions of a version in the order of the text. */
export async function provisionsOf(tx: TenantTx, versionId: string): Promise<ProvisionRow[]> {
  return tx.repository(ProvisionRow).find({ where: { cityId: tx.cityId, versionId }, order: { seq: 'ASC' } });
}

/** Shows a submitted version and its provisions to everybody. */
export async function makeVersionPublic(tx: TenantTx, versionId: string): Promise<void> {
  await tx.query('UPDATE policy_version SET is_public = true WHERE city_id = $1 AND id = $2', [tx.cityId, versionId]);
  await tx.query('UPDATE provision SET is_public = true WHERE city_id = $1 AND version_id = $2', [tx.cityId, versionId]);
}

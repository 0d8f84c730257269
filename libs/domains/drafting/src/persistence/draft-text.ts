import { ProvisionRow, VersionRow } from '@core/policy';
import type { TenantTx } from '@platform/persistence';

/** The one open draft of a policy, or null. */
export const openDraft = (tx: TenantTx, policyId: string): Promise<VersionRow | null> =>
  tx.repository(VersionRow).findOne({ where: { cityId: tx.cityId, policyId, state: 'draft' } });

type NewProvision = Omit<ProvisionRow, 'cityId' | 'versionId' | 'tenantId' | 'seq' | 'isPublic'>;

/** PostgreSQL takes 65,535 parameters a statement. */
const BATCH = 500;

/** Replaces the whole text of an open draft. */
export async function replaceText(tx: TenantTx, version: VersionRow, provisions: readonly NewProvision[]): Promise<void> {
  await tx.query('DELETE FROM provision WHERE city_id = $1 AND version_id = $2', [tx.cityId, version.id]);
  const rows = provisions.map((provision, at) => ({
    ...provision, cityId: tx.cityId, versionId: version.id, tenantId: version.tenantId, seq: at + 1, isPublic: false,
  }));
  for (let at = 0; at < rows.length; at += BATCH) await tx.repository(ProvisionRow).insert(rows.slice(at, at + BATCH));
}

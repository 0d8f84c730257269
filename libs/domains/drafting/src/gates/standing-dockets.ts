import { type Docket, latestSubmittedVersion } from '@core/policy';
import type { TenantTx } from '@platform/persistence';
import { dockets } from '../persistence/repositories';

/** The kinds of docket that are passed for the text as it stands: a changed text needs its reviews again. */
export async function passedKinds(tx: TenantTx, policyId: string): Promise<ReadonlySet<Docket>> {
  const latest = await latestSubmittedVersion(tx, policyId);
  if (!latest?.textHash) return new Set();
  const passed = await dockets.find(tx, { policyId, textHash: latest.textHash, outcome: 'passed' });
  return new Set(passed.map((docket) => docket.kind));
}

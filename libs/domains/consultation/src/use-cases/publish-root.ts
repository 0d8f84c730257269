import { recordAudit } from '@platform/audit';
import { MerkleTree } from '@platform/merkle';
import type { TenantTx } from '@platform/persistence';
import { opinionLeafHash } from '../domain/opinion-leaf';
import type { ConsultationRow } from '../persistence/consultation.entity';
import { ConsultationRootRow } from '../persistence/consultation-root.entity';
import { opinionLeaves } from '../queries/opinion-leaves';
import { rootFile } from '../queries/public-root';

export interface PublishedRoot {
  size: number;
  root: string;
  fingerprint: string;
}

/**
 * Computes and stores the root over every opinion of a consultation that the transaction holds locked and has closed: no post is under way, and the
 * database takes no more. The table refuses a root that is not over all that was received.
 */
export async function publishRoot(tx: TenantTx, { id, tenantId, versionId }: ConsultationRow, closedAt: Date): Promise<PublishedRoot> {
  const hashes: Buffer[] = [];
  for await (const leaf of opinionLeaves(tx, id)) hashes.push(opinionLeafHash(leaf));
  const tree = MerkleTree.of(hashes);
  const row = { cityId: tx.cityId, consultationId: id, tenantId, versionId, size: tree.size, root: tree.root().toString('hex'), closedAt, computedAt: tx.at };
  await tx.repository(ConsultationRootRow).insert({ ...row, leaves: Buffer.concat(hashes) });
  const published = { size: row.size, root: row.root, fingerprint: rootFile(row).fingerprint };
  recordAudit(tx, { action: 'consultation.root_published', subjectType: 'consultation', subjectId: id, tenantId, details: published });
  return published;
}

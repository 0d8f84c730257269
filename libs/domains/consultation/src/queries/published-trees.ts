import { MerkleTree } from '@platform/merkle';
import { PublicReader } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import type { ProofMember } from '../domain/proof-files';

/** Trees that are kept; each is about 64 bytes an opinion. */
const KEPT = 8;

/** Proofs out of published trees. A published tree never changes, so the ones asked for last are kept. */
@Injectable()
export class PublishedTrees {
  /** The one used last stands last. */
  private readonly kept = new Map<string, MerkleTree>();

  constructor(private readonly reader: PublicReader) {}

  /** The tree of a consultation whose root is published; null if there is none. */
  async tree(cityId: string, consultationId: string): Promise<MerkleTree | null> {
    const key = `${cityId}/${consultationId}`;
    const tree = this.kept.get(key) ?? await this.read(cityId, consultationId);
    if (!tree) return null;
    this.kept.delete(key);
    this.kept.set(key, tree);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
    return tree;
  }

  /** The way from a leaf to the root; null if the leaf is not there. `leafHash`: 64 hexadecimal digits. */
  async proof(cityId: string, consultationId: string, leafHash: string): Promise<ProofMember | null> {
    const tree = await this.tree(cityId, consultationId);
    const index = tree?.indexOf(Buffer.from(leafHash, 'hex')) ?? null;
    return tree && index !== null ? { index, size: tree.size, path: tree.inclusionProof(index).map((hash) => hash.toString('hex')) } : null;
  }

  private async read(cityId: string, consultationId: string): Promise<MerkleTree | null> {
    const [row] = await this.reader.query<{ leaves: Buffer }>('SELECT leaves FROM consultation_root WHERE city_id = $1 AND consultation_id = $2', [cityId, consultationId]);
    return row ? new MerkleTree(row.leaves) : null;
  }
}

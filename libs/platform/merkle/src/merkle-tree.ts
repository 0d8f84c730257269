import { EMPTY_ROOT, HASH_BYTES, NODE, nodeHash, sha256, splitPoint } from './hashing';

/**
 * The Merkle tree of RFC 9162 §2.1 over hashes of leaves (`leafHash`). Keeps every complete subtree's hash, about 64 bytes a leaf, so that a proof
 * costs a few look-ups, also for the tree as it was when it had fewer leaves.
 */
export class MerkleTree {
  /** `levels[h]`: the roots of the complete subtrees of 2^h leaves, one after the other. */
  private readonly levels: Buffer[];
  readonly size: number;

  /** Throws `RangeError` if the hashes, one after the other, are not whole. */
  constructor(leafHashes: Buffer) {
    if (leafHashes.length % HASH_BYTES !== 0) throw new RangeError(`hashes of ${HASH_BYTES} bytes expected`);
    this.size = leafHashes.length / HASH_BYTES;
    this.levels = [leafHashes];
    // Two hashes that stand beside each other are hashed where they stand: a tree of a hundred thousand leaves is built for one proof.
    const node = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);
    for (let below = leafHashes; below.length >= 2 * HASH_BYTES;) {
      const pairs = Math.floor(below.length / (2 * HASH_BYTES));
      const level = Buffer.alloc(pairs * HASH_BYTES);
      for (let at = 0; at < pairs; at += 1) {
        below.copy(node, 1, 2 * at * HASH_BYTES, 2 * (at + 1) * HASH_BYTES);
        sha256(node).copy(level, at * HASH_BYTES);
      }
      this.levels.push(level);
      below = level;
    }
  }

  static of(leafHashes: readonly Buffer[]): MerkleTree {
    return new MerkleTree(Buffer.concat(leafHashes));
  }

  leaf(index: number): Buffer {
    assertWithin(index, 0, this.size - 1);
    return hashAt(this.levels[0] ?? EMPTY_ROOT, index);
  }

  /** Number of the first leaf with this hash, or null. */
  indexOf(leaf: Buffer): number | null {
    const [leaves] = this.levels;
    for (let at = leaves?.indexOf(leaf) ?? -1; at !== -1; at = leaves?.indexOf(leaf, at + 1) ?? -1) if (at % HASH_BYTES === 0) return at / HASH_BYTES;
    return null;
  }

  /** Root of the first `size` leaves; of all unless given. */
  root(size = this.size): Buffer {
    assertWithin(size, 0, this.size);
    return size === 0 ? EMPTY_ROOT : this.range(0, size);
  }

  /** The sisters on the way from a leaf to the root of the first `size` leaves, lowest first (RFC 9162 §2.1.3.1). Throws `RangeError` for a leaf that is not in it. */
  inclusionProof(index: number, size = this.size): Buffer[] {
    assertWithin(size, 1, this.size);
    assertWithin(index, 0, size - 1);
    const path: Buffer[] = [];
    let [from, to] = [0, size];
    while (to - from > 1) {
      const middle = from + splitPoint(to - from);
      if (index < middle) {
        path.push(this.range(middle, to));
        to = middle;
      } else {
        path.push(this.range(from, middle));
        from = middle;
      }
    }
    return path.reverse();
  }

  /** What shows that the first `second` leaves begin with the first `first` ones (RFC 9162 §2.1.4.1). Empty where the two are equal. */
  consistencyProof(first: number, second = this.size): Buffer[] {
    assertWithin(second, 1, this.size);
    assertWithin(first, 1, second);
    const path: Buffer[] = [];
    let [from, to, whole] = [0, second, true];
    while (first !== to) {
      const middle = from + splitPoint(to - from);
      if (first <= middle) {
        path.push(this.range(middle, to));
        to = middle;
      } else {
        path.push(this.range(from, middle));
        from = middle;
        whole = false;
      }
    }
    // The root of the first leaves itself is known to whoever checks.
    if (!whole) path.push(this.range(from, to));
    return path.reverse();
  }

  /** Root of the leaves from..to. Whole subtrees are looked up: `from` is a multiple of the largest power of two that fits. */
  private range(from: number, to: number): Buffer {
    const count = to - from;
    const height = Math.log2(count);
    if (Number.isInteger(height)) return hashAt(this.levels[height] ?? EMPTY_ROOT, from / count);
    const middle = from + splitPoint(count);
    return nodeHash(this.range(from, middle), this.range(middle, to));
  }
}

const hashAt = (hashes: Buffer, at: number): Buffer => hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);

function assertWithin(value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) throw new RangeError(`${value} is not within ${least}..${most}`);
}

import { EMPTY_ROOT, nodeHash } from './hashing';

/**
 * The root of leaves that come one by one, without keeping them: a stack of the roots of complete subtrees, as many as `size` has binary ones.
 * For a log that grows, and for more leaves than one wants in memory.
 */
export class RootStack {
  private readonly subtrees: Buffer[] = [];
  private count = 0;

  /** Leaves taken so far. */
  get size(): number {
    return this.count;
  }

  /** Takes the hash of the next leaf. */
  push(leaf: Buffer): void {
    let node = leaf;
    // Each trailing one of the count is a complete subtree of the same height, waiting for its right sister.
    for (let rest = this.count; rest % 2 === 1; rest = Math.floor(rest / 2)) node = nodeHash(this.subtrees.pop() ?? node, node);
    this.subtrees.push(node);
    this.count += 1;
  }

  /** Root of the leaves so far; more may follow. */
  root(): Buffer {
    return this.subtrees.length === 0 ? EMPTY_ROOT : this.subtrees.reduceRight((right, left) => nodeHash(left, right));
  }
}

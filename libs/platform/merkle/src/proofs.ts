import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hashing';

export interface InclusionClaim {
  /** Hash of the leaf. */
  leaf: Buffer;
  /** Its number among the leaves, from 0. */
  index: number;
  /** Number of leaves under the root. */
  size: number;
  /** As of `MerkleTree.inclusionProof`. */
  path: readonly Buffer[];
  root: Buffer;
}

export interface ConsistencyClaim {
  first: number;
  firstRoot: Buffer;
  second: number;
  secondRoot: Buffer;
  /** As of `MerkleTree.consistencyProof`. */
  path: readonly Buffer[];
}

const isHash = (bytes: Buffer): boolean => bytes.length === HASH_BYTES;
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
/** Sizes may be larger than shifts can carry. */
const half = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;

/** Whether the path leads from the leaf to the root (RFC 9162 §2.1.3.2). False for whatever is no proof; never throws. */
export function inclusionHolds({ leaf, index, size, path, root }: InclusionClaim): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || ![leaf, root, ...path].every(isHash)) return false;
  let [at, last, node] = [index, size - 1, leaf];
  for (const sister of path) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      node = nodeHash(sister, node);
      // A leaf at the right edge goes up without a sister until it is a right child again.
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      node = nodeHash(node, sister);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && node.equals(root);
}

/** Whether the tree of `second` leaves begins with that of `first` (RFC 9162 §2.1.4.2). Every tree begins with the empty one. Never throws. */
export function consistencyHolds({ first, firstRoot, second, secondRoot, path }: ConsistencyClaim): boolean {
  if (!isCount(first) || !isCount(second) || first > second || ![firstRoot, secondRoot, ...path].every(isHash)) return false;
  if (first === 0) return path.length === 0 && firstRoot.equals(EMPTY_ROOT) && (second > 0 || secondRoot.equals(EMPTY_ROOT));
  if (first === second) return path.length === 0 && firstRoot.equals(secondRoot);
  // A first tree that is complete is a node of the second: its root is where both ways begin.
  let [at, last] = [first - 1, second - 1];
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  const [start, ...rest] = at === 0 ? [firstRoot, ...path] : path;
  if (!start) return false;
  let [older, newer] = [start, start];
  for (const sister of rest) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      [older, newer] = [nodeHash(sister, older), nodeHash(sister, newer)];
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      newer = nodeHash(newer, sister);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && older.equals(firstRoot) && newer.equals(secondRoot);
}

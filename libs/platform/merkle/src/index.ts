export { EMPTY_ROOT, HASH_BYTES, leafHash, nodeHash } from './hashing';
export { MerkleTree } from './merkle-tree';
export { consistencyHolds, type ConsistencyClaim, inclusionHolds, type InclusionClaim } from './proofs';
export { RootStack } from './root-stack';

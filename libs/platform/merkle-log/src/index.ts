export {
  type Checkpoint, CHECKPOINT_FORMAT, checkpointText, type CheckpointClaim, keyIdOf, publicKeyPem, rawPublicKey, readCheckpoints, readPublicKeys, readSigningKey, signCheckpoint, signedNote, signatureHolds,
} from './checkpoint';
export { exportLog, readOneMoment } from './export-log';
export { keysOf, type LogKeys } from './log-keys';
export { checkpoints, consistencyProof, type ConsistencyAnswer, type InclusionAnswer, inclusionProof, logKeys, type LogKey, logState, type LogState, requireCheckpoint } from './log-reads';
export { type LogReason, type LogVerdict } from './log-verifier';
export { MerkleLogModule } from './merkle-log.module';
export { chainHash, type LogKind, recordLeaf } from './log-record';
export { checkpointFileName, type LogFault, TakeCheckpoint } from './take-checkpoint';
export { verifyLogFile } from './verify-log-file';

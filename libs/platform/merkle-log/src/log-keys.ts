import type { KeyObject } from 'node:crypto';
import { readPublicKeys, readSigningKey } from './checkpoint';

export const LOG_KEYS = Symbol('LOG_KEYS');

/** What this program may sign with, and whose signatures it continues from. */
export interface LogKeys {
  /** Null where this program does not sign. */
  signingKey: KeyObject | null;
  /** Public keys of before, base64: after a rotation the newest checkpoint is by one of them. */
  accepted: ReadonlySet<string>;
}

/** The keys of the settings. @throws Error of one line for a signing key that is none. */
export const keysOf = (signingKey: string | null, accepted: string): LogKeys =>
  ({ signingKey: signingKey === null ? null : readSigningKey(signingKey), accepted: new Set(readPublicKeys(accepted).map((key) => key.toString('base64'))) });

import { canonicalJson, sha256Hex } from '@platform/kernel';
import { leafHash } from '@platform/merkle';

export type LogKind = 'event' | 'audit';

/** A row of a hash chain as the log holds it: every column that is not computed from the payload. */
export interface LogRecord {
  /** A life-cycle event or an entry of the audit log. */
  kind: LogKind;
  chain: string;
  /** Its number in its chain, from 1. */
  seq: number;
  tenantId: string | null;
  /** Of events alone. */
  policyId: string | null;
  isPublic: boolean | null;
  prevHash: string;
  /** SHA-256 over the hash before, a line feed and the payload: it binds the payload, which therefore is no part of the leaf. */
  hash: string;
}

/** Hash of the leaf of a record: canonical JSON of all its columns, the city and the leaf's own version, hashed as RFC 9162 has it. */
export const recordLeaf = (city: string, { kind, chain, seq, tenantId, policyId, isPublic, prevHash, hash }: LogRecord): Buffer =>
  leafHash(canonicalJson({ chain, city, hash, isPublic, kind, policyId, prevHash, seq, tenantId, v: 1 }));

/** The hash that the database's trigger `link_chain` gives an entry. */
export const chainHash = (prevHash: string, payload: string): string => sha256Hex(`${prevHash}\n${payload}`);

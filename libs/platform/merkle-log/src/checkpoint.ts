import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';

export const CHECKPOINT_FORMAT = 'policyloop-checkpoint-v1';

/** What is signed: so many entries of a city's log, and the root over them. */
export interface CheckpointClaim {
  city: string;
  /** Checkpoints of a city are numbered from 1. */
  no: number;
  size: number;
  /** 64 hexadecimal digits. */
  root: string;
  /** Instant, UTC, with milliseconds. */
  at: string;
}

/** A signed checkpoint, as its file has it. */
export interface Checkpoint extends CheckpointClaim {
  format: typeof CHECKPOINT_FORMAT;
  keyId: string;
  /** The 32 bytes of the Ed25519 public key, base64. */
  publicKey: string;
  /** Ed25519 over `checkpointText`, base64. */
  signature: string;
}

/** DER before the 32 bytes of an Ed25519 public key (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;

/** Name of the log: the first line of what is signed. */
export const logOrigin = (city: string): string => `policyloop/${city}`;

/** The signed text: the body of a checkpoint after C2SP tlog-checkpoint (origin, size, root in base64), and two lines of our own. Equal claims have equal bytes. */
export const checkpointText = ({ city, no, size, root, at }: CheckpointClaim): string =>
  `${logOrigin(city)}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\nno ${no}\nat ${at}\n`;

/** Names a public key: the first 16 hexadecimal digits of its SHA-256. */
export const keyIdOf = (publicKey: Buffer): string => hash('sha256', publicKey, 'hex').slice(0, 16);

/** The 32 bytes of the public half of an Ed25519 key. */
export const rawPublicKey = (key: KeyObject): Buffer => (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);

/** The key in PKCS #8, PEM or base64 of DER. @throws Error of one line for anything but an Ed25519 private key. */
export function readSigningKey(text: string): KeyObject {
  let key: KeyObject;
  try {
    key = text.includes('-----BEGIN') ? createPrivateKey(text) : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
  } catch {
    throw new Error('LOG_SIGNING_KEY is no PKCS #8 private key (PEM, or base64 of DER)');
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('LOG_SIGNING_KEY is no Ed25519 key');
  return key;
}

/** Every public key in a text: PEM blocks, or base64 of 32 bytes in any surroundings (a line each, or the JSON of the keys' page). */
export function readPublicKeys(text: string): Buffer[] {
  const blocks = [...text.matchAll(/-----BEGIN PUBLIC KEY-----[\s\S]*?-----END PUBLIC KEY-----/g)].flatMap(([pem]) => {
    try {
      const key = createPublicKey(pem);
      return key.asymmetricKeyType === 'ed25519' ? [rawPublicKey(key)] : [];
    } catch {
      return [];
    }
  });
  const bare = text.replace(/-----BEGIN[\s\S]*?-----END [^-]*-----/g, ' ').match(/(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])/g) ?? [];
  return [...blocks, ...bare.map((one) => Buffer.from(one, 'base64'))];
}

export function signCheckpoint(claim: CheckpointClaim, key: KeyObject): Checkpoint {
  const publicKey = rawPublicKey(key);
  const { city, no, size, root, at } = claim;
  return {
    format: CHECKPOINT_FORMAT, city, no, size, root, at, keyId: keyIdOf(publicKey), publicKey: publicKey.toString('base64'),
    signature: sign(null, Buffer.from(checkpointText(claim)), key).toString('base64'),
  };
}

/** Whether the checkpoint's signature is by the key that it names. Whether that key is to be trusted is another question. Never throws. */
export function signatureHolds(checkpoint: Checkpoint): boolean {
  const raw = Buffer.from(checkpoint.publicKey, 'base64');
  if (raw.length !== KEY_BYTES || keyIdOf(raw) !== checkpoint.keyId) return false;
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(checkpointText(checkpoint)), key, Buffer.from(checkpoint.signature, 'base64'));
  } catch {
    return false;
  }
}

/** The checkpoint as a signed note (C2SP signed-note), which monitors of other transparency logs read as well. */
export function signedNote(checkpoint: Checkpoint): string {
  const [name, raw] = [logOrigin(checkpoint.city), Buffer.from(checkpoint.publicKey, 'base64')];
  const keyHash = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(0x01), raw]), 'buffer').subarray(0, 4);
  return `${checkpointText(checkpoint)}\n\u2014 ${name} ${Buffer.concat([keyHash, Buffer.from(checkpoint.signature, 'base64')]).toString('base64')}\n`;
}

/** A public key in PEM, for tools that want one. */
export const publicKeyPem = (publicKey: string): string =>
  createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(publicKey, 'base64')]), format: 'der', type: 'spki' }).export({ format: 'pem', type: 'spki' }).toString();

const isText = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);
const isCount = (value: unknown, least: number): value is number => Number.isSafeInteger(value) && (value as number) >= least;

/** What looks like a checkpoint, or null; its signature is not looked at. */
export function asCheckpoint(value: unknown): Checkpoint | null {
  if (typeof value !== 'object' || value === null) return null;
  const { format, city, no, size, root, at, keyId, publicKey, signature } = value as Record<string, unknown>;
  const fits = format === CHECKPOINT_FORMAT && isText(city, /^\d{6}$/) && isCount(no, 1) && isCount(size, 0) && isText(root, /^[0-9a-f]{64}$/)
    && isText(at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) && isText(keyId, /^[0-9a-f]{16}$/) && isText(publicKey, /^[A-Za-z0-9+/]{43}=$/) && isText(signature, /^[A-Za-z0-9+/]{86}==$/);
  return fits ? { format: CHECKPOINT_FORMAT, city, no, size, root, at, keyId, publicKey, signature } : null;
}

/** The checkpoints of a file: one, a list of them, or `{checkpoints: […]}`. Null if anything in it is none. */
export function readCheckpoints(text: string): Checkpoint[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const inside = typeof value === 'object' && value !== null && 'checkpoints' in value ? value.checkpoints : value;
  const found = (Array.isArray(inside) ? inside : [inside]).map(asCheckpoint);
  return found.every((one) => one !== null) ? found : null;
}

import { sha256Hex } from '@platform/kernel';

/** A place that keeps bytes under a key of the form `ab/cd/abcd…`. */
export interface Objects {
  /** Keeps the bytes for good once it resolves; half of them are never seen under the key. The same key again always brings the same bytes. */
  write(key: string, bytes: Buffer): Promise<void>;
  /** Null where nothing is kept under the key. */
  read(key: string): Promise<Buffer | null>;
}

/** A file that a record names cannot be served, or one cannot be kept. The record is right, so this is a fault of the installation (503), never "not found". */
export class FileUnavailable extends Error {
  constructor(
    /** The store holds no such file; what it holds is not what was put; the store does not answer or has no room. */
    readonly reason: 'missing' | 'altered' | 'away',
    readonly sha256: string,
    cause?: unknown,
  ) {
    super(`stored file ${sha256}: ${reason}`, cause === undefined ? {} : { cause });
    this.name = 'FileUnavailable';
  }
}

/**
 * Files by the SHA-256 of their content. Nothing is ever changed or deleted in it, so a file may be put before the transaction that names it begins: one that
 * rolls back leaves at most a file that nobody names.
 */
export class FileStore {
  constructor(private readonly objects: Objects) {}

  /** Keeps the bytes; the same bytes again are the same file. Size in bytes. @throws FileUnavailable `away`. */
  async put(bytes: Buffer): Promise<{ sha256: string; size: number }> {
    const sha256 = sha256Hex(bytes);
    await this.objects.write(keyOf(sha256), bytes).catch((error: unknown) => {
      throw new FileUnavailable('away', sha256, error);
    });
    return { sha256, size: bytes.length };
  }

  /** The bytes that were put, checked against their hash. @throws FileUnavailable; TypeError for anything but 64 lower-case hexadecimal digits. */
  async get(sha256: string): Promise<Buffer> {
    const bytes = await this.objects.read(keyOf(sha256)).catch((error: unknown) => {
      throw new FileUnavailable('away', sha256, error);
    });
    if (!bytes) throw new FileUnavailable('missing', sha256);
    if (sha256Hex(bytes) !== sha256) throw new FileUnavailable('altered', sha256);
    return bytes;
  }
}

/** Two levels of folders keep each one small: 65,536 of them share the files. Nothing but a hash ever becomes part of a path. */
function keyOf(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('a stored file is named by 64 lower-case hexadecimal digits');
  return `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
}

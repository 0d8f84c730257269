import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Objects } from './file-store';

const CONNECT_MS = 3_000;
const REQUEST_MS = 30_000;

export interface BucketOptions {
  bucket: string;
  /** Before each key; empty for none, without a slash at either end. */
  prefix: string;
  /** Of a server that is not Amazon's; null for Amazon's own. */
  endpoint: string | null;
  /** Null: the region that the SDK finds in its own settings. */
  region: string | null;
}

/** Objects in a bucket of an S3 server. Credentials come from where the SDK looks for them. */
export class BucketObjects implements Objects {
  private constructor(
    private readonly client: S3Client,
    private readonly options: BucketOptions,
  ) {}

  /** @throws Error where neither the options nor the SDK's settings name a region. */
  static async open(options: BucketOptions): Promise<BucketObjects> {
    const client = new S3Client({
      ...(options.region ? { region: options.region } : {}),
      // Only Amazon gives each bucket a host name of its own.
      ...(options.endpoint ? { endpoint: options.endpoint, forcePathStyle: true } : {}),
      // Other servers do not all know the SDK's newer checksums, and the store checks a stronger one itself.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: REQUEST_MS, throwOnRequestTimeout: true },
    });
    await client.config.region();
    return new BucketObjects(client, options);
  }

  async write(key: string, bytes: Buffer): Promise<void> {
    await this.client.send(new PutObjectCommand({ ...this.place(key), Body: bytes }));
  }

  async read(key: string): Promise<Buffer | null> {
    try {
      const { Body: body } = await this.client.send(new GetObjectCommand(this.place(key)));
      return body ? Buffer.from(await body.transformToByteArray()) : Buffer.alloc(0);
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error;
    }
  }

  private place(key: string): { Bucket: string; Key: string } {
    const { bucket, prefix } = this.options;
    return { Bucket: bucket, Key: prefix ? `${prefix}/${key}` : key };
  }
}

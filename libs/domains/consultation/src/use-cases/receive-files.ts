import { inspectInThread } from '@core/documents';
import { newId, sha256Hex } from '@platform/kernel';
import { MalwareScanner } from '@platform/malware';
import { emit } from '@platform/messaging';
import type { TenantTx } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Injectable } from '@nestjs/common';
import { ATTACHMENT_RECEIVED, type AttachmentReceived } from '../consultation.events';
import { ATTACHMENT_LIMITS, contentFaults, countFaults, invalidFiles, type ScanState } from '../domain/attachments';

/** A file as it was sent. */
export interface SentFile {
  name: string;
  declaredType: string;
  bytes: Buffer;
}

/** A file that is in the store and may go with an opinion. */
export interface FileOfOpinion {
  filename: string;
  mediaType: string;
  size: number;
  sha256: string;
  scan: Extract<ScanState, 'pending' | 'not_scanned'>;
}

/** Takes in the files of an opinion: looks at them, and puts them into the store if all are taken. Nothing names them there before the opinion does. */
@Injectable()
export class ReceiveFiles {
  constructor(
    private readonly store: FileStore,
    private readonly scanner: MalwareScanner,
  ) {}

  /** @throws DomainError invalid with a line for each fault, too_many while too many files are being looked at; FileUnavailable */
  async run(files: readonly SentFile[]): Promise<FileOfOpinion[]> {
    const counted = countFaults(files.map(({ bytes }) => bytes.length));
    if (counted.length > 0) throw invalidFiles(counted);
    const inspected = await Promise.all(files.map(async (file) => ({ file, sha256: sha256Hex(file.bytes), inspection: await inspectInThread(file, ATTACHMENT_LIMITS.fileBytes) })));
    const faults = contentFaults(inspected);
    if (faults.length > 0) throw invalidFiles(faults);
    const scan = this.scanner.configured ? 'pending' : 'not_scanned';
    const stored: FileOfOpinion[] = [];
    for (const { file, inspection } of inspected) {
      if ('taken' in inspection) stored.push({ filename: inspection.taken.name, mediaType: inspection.taken.mediaType, scan, ...(await this.store.put(file.bytes)) });
    }
    return stored;
  }
}

/** Writes down the files of an opinion in the transaction that writes the opinion; those that wait for the scanner with an event each, so that one that fails holds up no other. */
export async function attachFiles(tx: TenantTx, opinion: { opinionId: string; consultationId: string; tenantId: string }, files: readonly FileOfOpinion[]): Promise<void> {
  for (const [at, { filename, mediaType, size, sha256, scan }] of files.entries()) {
    const attachmentId = newId();
    await tx.query(
      `INSERT INTO opinion_attachment (city_id, id, tenant_id, consultation_id, opinion_id, no, filename, media_type, size, sha256, scan) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [tx.cityId, attachmentId, opinion.tenantId, opinion.consultationId, opinion.opinionId, at + 1, filename, mediaType, size, sha256, scan]);
    const payload: AttachmentReceived = { attachmentId, opinionId: opinion.opinionId };
    if (scan === 'pending') await emit(tx, { type: ATTACHMENT_RECEIVED, tenantId: opinion.tenantId, payload });
  }
}

/** Whether an opinion came with exactly these files. */
export async function sameFiles(tx: TenantTx, opinionId: string, files: readonly FileOfOpinion[]): Promise<boolean> {
  const known = await tx.query<{ filename: string; sha256: string }>('SELECT filename, sha256 FROM opinion_attachment WHERE city_id = $1 AND opinion_id = $2 ORDER BY no', [tx.cityId, opinionId]);
  return JSON.stringify(known) === JSON.stringify(files.map(({ filename, sha256 }) => ({ filename, sha256 })));
}

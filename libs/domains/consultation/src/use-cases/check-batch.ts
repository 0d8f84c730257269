import { createHash } from 'node:crypto';
import { WorkbookPool } from '@core/documents';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { batchRows, type BatchWords, clauseLabels, judgeBatch, MAX_BATCH_ROWS, sameness } from '../domain/batch';
import { requiredText } from '../domain/opinion-text';
import { opinionBatches } from '../persistence/repositories';
import { entryClauses } from '../queries/entered-opinions';
import { entryContext, openForEntry } from './enter-opinions';

export interface BatchFile {
  filename: string;
  data: Buffer;
}

/** Reads a workbook of opinions and keeps what was read, with everything that is wrong, until somebody puts it into the register or gives it up. */
@Injectable()
export class CheckBatch implements OnApplicationShutdown {
  private readonly pool = new WorkbookPool();

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * The workbook is read with no transaction open. Enters nothing.
   *
   * @throws DomainError conflict `channels:error.batchTwice` for a file whose rows are in the register, `channels:error.closed`; invalid for what is no such workbook
   */
  async run(actor: Actor, consultationId: string, { filename, data }: BatchFile, words: BatchWords): Promise<{ batchId: string }> {
    const sha256 = createHash('sha256').update(data).digest('hex');
    await this.unitOfWork.run(actor, async (tx) => {
      await openForEntry(tx, consultationId);
      await refuseTwice(tx, consultationId, sha256);
    });
    const table = await this.pool.read(data, MAX_BATCH_ROWS);
    return this.unitOfWork.run(actor, async (tx) => {
      const consultation = await openForEntry(tx, consultationId);
      await refuseTwice(tx, consultationId, sha256);
      const rows = batchRows(table, words, clauseLabels(await entryClauses(tx, consultationId)));
      const { faults } = judgeBatch(rows, await entryContext(tx, consultation), await registeredSameness(tx, consultationId));
      // Of one person one workbook waits: the corrected one takes the place of the one before.
      await tx.query(
        `UPDATE opinion_batch SET state = 'discarded', rows = '[]', errors = '[]', row_version = row_version + 1
         WHERE city_id = $1 AND consultation_id = $2 AND uploaded_by = $3 AND state = 'checked'`, [tx.cityId, consultationId, tx.actor.accountId]);
      const id = newId();
      await opinionBatches.insert(tx, {
        id, tenantId: consultation.tenantId, consultationId, versionId: consultation.versionId, filename: requiredText(filename || 'xlsx', 'file', 1000).slice(-200), sha256, state: 'checked',
        rowCount: rows.length, errorCount: faults.length, rows, errors: faults, uploadedBy: tx.actor.accountId ?? '', uploadedAt: tx.at, registeredBy: null, registeredAt: null, rowVersion: 1,
      });
      recordAudit(tx, { action: 'consultation.batch_checked', subjectType: 'opinion_batch', subjectId: id, details: { consultationId, sha256, rows: rows.length, errors: faults.length } });
      return { batchId: id };
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}

async function refuseTwice(tx: TenantTx, consultationId: string, sha256: string): Promise<void> {
  const [earlier] = await tx.query<{ at: Date; name: string }>(
    `SELECT b.registered_at AS at, x.display_name AS name FROM opinion_batch b JOIN account x ON x.city_id = b.city_id AND x.id = b.registered_by
     WHERE b.city_id = $1 AND b.consultation_id = $2 AND b.sha256 = $3 AND b.state = 'registered'`, [tx.cityId, consultationId, sha256]);
  if (earlier) throw DomainError.conflict('channels:error.batchTwice', { name: earlier.name });
}

/** What was entered until now, by what makes an opinion the same one, with its receipt number. */
export async function registeredSameness(tx: TenantTx, consultationId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<Parameters<typeof sameness>[0] & { receiptNo: string }>(
    `SELECT o.channel, o.author_name AS "authorName", o.clause_id AS "clauseId", o.quote, o.text, o.receipt_no AS "receiptNo" FROM opinion_source s
     JOIN opinion o ON o.city_id = s.city_id AND o.id = s.opinion_id WHERE s.city_id = $1 AND s.consultation_id = $2`, [tx.cityId, consultationId]);
  return new Map(rows.map((row) => [sameness(row), row.receiptNo]));
}

import { type Actor, DomainError, isId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { judgeBatch } from '../domain/batch';
import { opinionBatches } from '../persistence/repositories';
import { registeredSameness } from './check-batch';
import { enterOpinions, entryContext, openForEntry } from './enter-opinions';

/** Puts the rows of a workbook that was checked into the register: all of them in one transaction, or none. */
@Injectable()
export class RegisterBatch {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * A second time answers what the first did. Everything is judged again, as days pass and letters are entered between the check and the word.
   *
   * @throws DomainError conflict `channels:error.batchHasErrors`, `channels:error.batchGone` where a newer file took its place, `channels:error.closed`
   */
  async run(actor: Actor, consultationId: string, batchId: string): Promise<{ registered: number }> {
    if (!isId(consultationId) || !isId(batchId)) throw DomainError.notFound();
    try {
      return await this.unitOfWork.run(actor, (tx) => this.register(tx, consultationId, batchId));
    } catch (error) {
      const { code } = (error as { driverError?: { code?: string } }).driverError ?? {};
      if (code === 'PLC01') throw DomainError.conflict('channels:error.closed');
      if (code === '23505') throw DomainError.conflict('channels:error.batchHasErrors');
      throw error;
    }
  }

  private async register(tx: TenantTx, consultationId: string, batchId: string): Promise<{ registered: number }> {
    const consultation = await openForEntry(tx, consultationId);
    const batch = await opinionBatches.lockForUpdate(tx, batchId);
    if (batch.consultationId !== consultationId) throw DomainError.notFound();
    if (batch.state === 'registered') return { registered: batch.rowCount };
    if (batch.state === 'discarded') throw DomainError.conflict('channels:error.batchGone');
    const { entries, faults } = judgeBatch(batch.rows, await entryContext(tx, consultation), await registeredSameness(tx, consultationId));
    if (faults.length > 0) throw DomainError.conflict('channels:error.batchHasErrors');
    await enterOpinions(tx, consultation, entries.map((entry, at) => ({ entry, source: { batchId, batchRow: batch.rows[at]?.row ?? at + 1 }, key: `batch/${batchId}/${at}` })));
    await opinionBatches.update(tx, batchId, { state: 'registered', rows: [], errors: [], registeredBy: tx.actor.accountId, registeredAt: tx.at, rowVersion: batch.rowVersion + 1 });
    recordAudit(tx, {
      action: 'consultation.batch_registered', subjectType: 'opinion_batch', subjectId: batchId, tenantId: consultation.tenantId, details: { consultationId, sha256: batch.sha256, opinions: entries.length },
    });
    return { registered: entries.length };
  }
}

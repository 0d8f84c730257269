import { type Actor, DomainError, isId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { consultations } from '../persistence/repositories';

/** Writes down that a person of the department has read opinions, the first time alone: however often it is called, one row for each person and opinion. */
@Injectable()
export class MarkRead {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses an opinion of another consultation as not found. Answers how many were new. */
  run(actor: Actor, consultationId: string, opinionIds: readonly string[]): Promise<{ read: number }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const consultation = await consultations.require(tx, consultationId);
      assertCan(tx.actor, 'consultation.mark_read', consultation);
      const ids = [...new Set(opinionIds)];
      if (!ids.every(isId)) throw DomainError.notFound();
      const known = await tx.query('SELECT 1 FROM opinion WHERE city_id = $1 AND consultation_id = $2 AND id = ANY($3::uuid[])', [tx.cityId, consultationId, ids]);
      if (known.length !== ids.length) throw DomainError.notFound();
      const read = await readBy(tx, consultation, ids);
      if (read > 0) recordAudit(tx, { action: 'consultation.opinions_read', subjectType: 'consultation', subjectId: consultationId, details: { count: read } });
      return { read };
    });
  }
}

/** Within a transaction that has looked at the opinions; whoever answers or hides one has read it. Answers how many were new. */
export async function readBy(tx: TenantTx, { id, tenantId }: { id: string; tenantId: string }, opinionIds: readonly string[]): Promise<number> {
  const read = await tx.query(
    `INSERT INTO opinion_reading (city_id, opinion_id, account_id, tenant_id, consultation_id, read_at) SELECT $1, r.id, $3, $4, $5, $6 FROM unnest($2::uuid[]) AS r (id)
     ON CONFLICT (city_id, opinion_id, account_id) DO NOTHING RETURNING 1`, [tx.cityId, [...opinionIds].sort(), tx.actor.accountId, tenantId, id, tx.at]);
  return read.length;
}

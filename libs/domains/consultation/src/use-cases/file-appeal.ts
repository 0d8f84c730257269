import { type Actor, chinaDate, DomainError, isId, newId, systemActor } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { APPEAL_FILED, type AppealFiled } from '../consultation.events';
import { APPEAL_DAYS, MAX_APPEAL } from '../domain/appeal';
import { requiredText } from '../domain/opinion-text';
import { receiptCodeHash } from '../domain/receipt';
import { opinions } from '../persistence/repositories';

const DAY_MS = 86_400_000;

/** What shows that somebody is the author. */
type Proof = 'account' | 'receipt';

/**
 * The author of a hidden opinion asks somebody else than who hid it to look again, once against each hiding. The opinion stays hidden meanwhile, and counted.
 * A superior decides: the department's head where an officer hid it, the city's overseer where a head did.
 */
@Injectable()
export class FileAppeal {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** As whoever has the receipt's code. `not_found` for what is no code of this city. */
  async byReceipt(cityId: string, code: string, reasons: string): Promise<{ appealId: string }> {
    const hash = receiptCodeHash(code);
    if (hash === null) throw DomainError.notFound('consultation:error.noReceipt');
    return this.run(cityId, 'receipt', reasons, 'o.receipt_code_hash = $2', [hash], 'consultation:error.noReceipt');
  }

  /** As the person who put it in while signed in; of anybody else's it is "not found". */
  async byAuthor(actor: Actor, consultationId: string, opinionId: string, reasons: string): Promise<{ appealId: string }> {
    if (!isId(opinionId) || !isId(consultationId) || actor.accountId === null) throw DomainError.notFound();
    return this.run(actor.cityId, 'account', reasons, 'o.id = $2 AND o.consultation_id = $3 AND o.author_account_id = $4', [opinionId, consultationId, actor.accountId]);
  }

  /** As the machinery of the city: what is to be proved stands in the statement that finds the one row. */
  private run(cityId: string, proof: Proof, reasons: string, proven: string, values: string[], unknown?: string): Promise<{ appealId: string }> {
    return this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const [found] = await tx.query<{ id: string }>(`SELECT o.id FROM opinion o WHERE o.city_id = $1 AND ${proven}`, [tx.cityId, ...values]);
      if (!found) throw DomainError.notFound(unknown);
      return this.file(tx, found.id, proof, requiredText(reasons, 'reasons', MAX_APPEAL));
    });
  }

  private async file(tx: TenantTx, opinionId: string, proof: Proof, reasons: string): Promise<{ appealId: string }> {
    const { moderation, tenantId } = await opinions.lockForUpdate(tx, opinionId);
    if (moderation !== 'hidden') throw DomainError.conflict('opinion-desk:error.notHidden');
    const appealId = newId();
    const filed = await tx.query(
      `INSERT INTO opinion_appeal (city_id, id, tenant_id, consultation_id, opinion_id, hidden_by, hidden_at, hidden_reason, reasons, proof, filed_at, due_on, decider)
       SELECT o.city_id, $3, o.tenant_id, o.consultation_id, o.id, o.moderated_by, o.moderated_at, o.moderation_reason, $4, $5, $6, $7,
         CASE WHEN EXISTS (SELECT 1 FROM membership m WHERE m.city_id = $1 AND m.tenant_id = o.tenant_id AND m.account_id = o.moderated_by AND m.role = 'department_head' AND m.revoked_at IS NULL)
           THEN 'overseer' ELSE 'department_head' END
       FROM opinion o WHERE o.city_id = $1 AND o.id = $2 ON CONFLICT (city_id, opinion_id, hidden_at) DO NOTHING RETURNING 1`,
      [tx.cityId, opinionId, appealId, reasons, proof, tx.at, chinaDate(new Date(tx.at.getTime() + APPEAL_DAYS * DAY_MS))]);
    if (filed.length === 0) throw DomainError.conflict('opinion-desk:error.appealedAlready');
    const payload: AppealFiled = { appealId };
    await emit(tx, { type: APPEAL_FILED, tenantId, payload });
    recordAudit(tx, { action: 'consultation.appeal_filed', subjectType: 'opinion', subjectId: opinionId, tenantId, details: { appealId, proof } });
    return { appealId };
  }
}

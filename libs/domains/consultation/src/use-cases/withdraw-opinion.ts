import { type Actor, DomainError, isId, systemActor } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { isEntered } from '../domain/entries';
import { receiptCodeHash } from '../domain/receipt';
import { consultations, opinions } from '../persistence/repositories';

/** What shows that somebody is the author: the account that it was put in with, or the code of its receipt. */
type Proof = 'account' | 'receipt';

interface Found {
  id: string;
  consultation_id: string;
}

/**
 * Takes an opinion back for its author, for good, while the window is open and nobody has answered it. Its words stay in the register and its leaf in
 * the tree (ADR 0022); everybody else sees that there was one and reads it no more, and it wants no answer.
 */
@Injectable()
export class WithdrawOpinion {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** As whoever has the receipt's code. `not_found` for what is no code of this city. */
  async byReceipt(cityId: string, code: string): Promise<void> {
    const hash = receiptCodeHash(code);
    if (hash === null) throw DomainError.notFound('consultation:error.noReceipt');
    await this.run(cityId, 'receipt', 'o.receipt_code_hash = $2', [hash], 'consultation:error.noReceipt');
  }

  /** As the person who put it in while signed in; of anybody else's it is "not found". */
  async byAuthor(actor: Actor, consultationId: string, opinionId: string): Promise<void> {
    if (!isId(opinionId) || !isId(consultationId) || actor.accountId === null) throw DomainError.notFound();
    await this.run(actor.cityId, 'account', 'o.id = $2 AND o.consultation_id = $3 AND o.author_account_id = $4', [opinionId, consultationId, actor.accountId]);
  }

  /** As the machinery of the city, since a code is all that its holder has: what is to be proved stands in the statement that finds the one row. */
  private run(cityId: string, proof: Proof, proven: string, values: string[], unknown?: string): Promise<void> {
    return this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const [found] = await tx.query<Found>(`SELECT o.id, o.consultation_id FROM opinion o WHERE o.city_id = $1 AND ${proven}`, [tx.cityId, ...values]);
      if (!found) throw DomainError.notFound(unknown);
      await this.withdraw(tx, found, proof);
    });
  }

  private async withdraw(tx: TenantTx, { id, consultation_id: consultationId }: Found, proof: Proof): Promise<void> {
    const consultation = await consultations.lockForUpdate(tx, consultationId);
    const { moderation, tenantId, channel } = await opinions.lockForUpdate(tx, id);
    if (moderation === 'withdrawn') throw DomainError.conflict('intake:error.withdrawnAlready');
    // The department has seen the code of what it entered itself: whoever has it need not be the author (ADR 0025).
    if (isEntered(channel)) throw DomainError.conflict('channels:error.withdrawEntered');
    if (consultation.state !== 'open' || tx.at >= consultation.closesAt) throw DomainError.conflict('intake:error.closed');
    const [answer] = await tx.query('SELECT 1 FROM opinion_answer WHERE city_id = $1 AND opinion_id = $2', [tx.cityId, id]);
    if (answer) throw DomainError.conflict('intake:error.answered');
    // The opinion's state, the counts and what the row tells of the opinion are set by the database, which asks all this again.
    await tx.query(
      `INSERT INTO opinion_withdrawal (city_id, opinion_id, consultation_id, proof, withdrawn_at) VALUES ($1, $2, $3, $4, $5)`, [tx.cityId, id, consultationId, proof, tx.at]);
    recordAudit(tx, { action: 'consultation.opinion_withdrawn', subjectType: 'opinion', subjectId: id, tenantId, details: { consultationId, proof, from: moderation } });
  }
}

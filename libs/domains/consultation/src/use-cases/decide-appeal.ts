import { type Actor, DomainError, isId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { APPEAL_DECIDED, type AppealDecided } from '../consultation.events';
import { type AppealDecision, type Decider, decides } from '../domain/appeal';
import { requiredText } from '../domain/opinion-text';
import { consultations, opinions } from '../persistence/repositories';

export interface DecideInput {
  decision: AppealDecision;
  /** Why; the author reads it. */
  reason: string;
}

interface Appeal {
  tenant_id: string;
  consultation_id: string;
  opinion_id: string;
  hidden_by: string;
  decider: Decider;
}

/** Upholds a hiding that its author has appealed against, or shows the opinion again; never who hid it. One transaction; both are told. */
@Injectable()
export class DecideAppeal {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * @throws DomainError not_found for another department's; forbidden for whoever hid it or has not the role; conflict where it is decided or no longer wanted, as the
   *   opinion was shown again or withdrawn
   */
  run(actor: Actor, appealId: string, input: DecideInput): Promise<void> {
    // An overseer belongs to another department and writes nothing there. So this one thing is done as the machinery, in the overseer's name, after asking who it is.
    return this.unitOfWork.run(actor.scope === 'city' ? { ...actor, scope: 'system' } : actor, (tx) => this.decide(tx, actor, appealId, input));
  }

  private async decide(tx: TenantTx, actor: Actor, appealId: string, { decision, reason }: DecideInput): Promise<void> {
    const [appeal] = isId(appealId)
      ? await tx.query<Appeal>('SELECT tenant_id, consultation_id, opinion_id, hidden_by, decider FROM opinion_appeal WHERE city_id = $1 AND id = $2', [tx.cityId, appealId])
      : [];
    if (!appeal) throw DomainError.notFound();
    assertDecides(actor, appeal);
    const consultation = await consultations.lockForUpdate(tx, appeal.consultation_id);
    const opinion = await opinions.lockForUpdate(tx, appeal.opinion_id);
    const decisionReason = requiredText(reason, 'reason', 500);
    const decided = await tx.query(
      `UPDATE opinion_appeal p SET decision = $3, decision_reason = $4, decided_by = $5, decided_at = $6, row_version = p.row_version + 1
       FROM opinion o WHERE p.city_id = $1 AND p.id = $2 AND p.decision IS NULL AND o.city_id = $1 AND o.id = p.opinion_id AND o.moderation = 'hidden' AND o.moderated_at = p.hidden_at RETURNING 1`,
      [tx.cityId, appealId, decision, decisionReason, actor.accountId, tx.at]);
    if (decided.length === 0) throw DomainError.conflict('opinion-desk:error.appealOver');
    if (decision === 'shown') {
      await opinions.update(tx, opinion.id, { moderation: 'shown', moderationReason: decisionReason, moderatedBy: actor.accountId, moderatedAt: tx.at });
      await consultations.update(tx, consultation.id, { hiddenCount: consultation.hiddenCount - 1, rowVersion: consultation.rowVersion + 1 });
    }
    const payload: AppealDecided = { appealId };
    await emit(tx, { type: APPEAL_DECIDED, tenantId: appeal.tenant_id, payload });
    recordAudit(tx, { action: 'consultation.appeal_decided', subjectType: 'opinion', subjectId: opinion.id, tenantId: appeal.tenant_id, details: { appealId, decision, reason: decisionReason } });
  }
}

function assertDecides(actor: Actor, appeal: Appeal): void {
  if (decides(actor, { decider: appeal.decider, hiddenBy: appeal.hidden_by, tenantId: appeal.tenant_id })) return;
  if (actor.tenantId !== appeal.tenant_id && actor.scope !== 'city') throw DomainError.notFound();
  throw DomainError.forbidden(actor.accountId === appeal.hidden_by ? 'opinion-desk:error.hidItself' : undefined);
}

import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, isId, type IsoDate } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { SIGNERS } from '../domain/dockets';
import { can } from '../drafting.access';
import { DOCKET_ASSIGNED } from '../drafting.events';
import { hasDrafted } from '../persistence/drafters';
import { dockets } from '../persistence/repositories';
import { capacitiesOf } from '../queries/capacities';
import { assertOpen, docketAtHand, type DocketAtHand } from './docket-at-hand';

export interface Assignment {
  /** A person of one's own department with the docket's role. */
  reviewerId: string;
  /** Why the reviewer is replaced; needed where there is one. */
  reason?: string | undefined;
  /** A last day of one's own, not before the earliest that the rules allow. */
  dueOn?: IsoDate | null | undefined;
}

/**
 * Names the reviewer of a docket. Who holds the role takes a docket that nobody has; the head of the reviewing department names anybody of his people,
 * and replaces him with a reason. Nobody is named who drafted.
 */
@Injectable()
export class AssignReviewer {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, policyId: string, docketId: string, assignment: Assignment): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.assign(tx, policyId, docketId, assignment));
  }

  private async assign(tx: TenantTx, policyId: string, docketId: string, { reviewerId, reason = '', dueOn = null }: Assignment): Promise<void> {
    const hand = await docketAtHand(tx, policyId, docketId);
    const { docket } = hand;
    await this.assertSide(tx, hand);
    await assertOpen(tx, hand);
    const head = tx.actor.roles.includes('department_head');
    if (!head && (docket.reviewerId || reviewerId !== tx.actor.accountId)) throw DomainError.forbidden('procedure:error.headAssigns', docket.dueArticle);
    if (docket.reviewerId && docket.reviewerTenantId !== tx.actor.tenantId) throw DomainError.forbidden('procedure:error.otherSide', docket.dueArticle);
    const refuse = (field: string, key: string): DomainError =>
      new DomainError('invalid', `procedure:error.${key}`, { fields: [{ field, key: `procedure:error.${key}` }], article: docket.dueArticle });
    if (docket.reviewerId && reason.trim() === '') throw refuse('reason', 'reassignReason');
    if (!(await this.holdsRole(tx, reviewerId, SIGNERS[docket.kind].role))) throw refuse('reviewerId', 'noSuchReviewer');
    if (await hasDrafted(tx, policyId, reviewerId)) throw refuse('reviewerId', 'namesDrafter');
    if (dueOn && dueOn < (docket.minDueOn ?? chinaDate(tx.at))) throw refuse('dueOn', 'dueTooEarly');
    await dockets.updateVersioned(tx, docketId, docket.rowVersion, {
      reviewerId, reviewerTenantId: tx.actor.tenantId, assignedBy: tx.actor.accountId, assignedAt: tx.at, assignedReason: reason.trim(), ...(dueOn ? { dueOn } : {}),
    });
    await emit(tx, { type: DOCKET_ASSIGNED, tenantId: docket.tenantId, payload: { policyId, docketId } });
    recordAudit(tx, { action: 'drafting.reviewer_assigned', subjectType: 'docket', subjectId: docketId, tenantId: docket.tenantId, details: { reviewerId, before: docket.reviewerId, reason: reason.trim() } });
  }

  /** The reviewing side: the drafting department, or one invited to this review. */
  private async assertSide(tx: TenantTx, { policy, docket }: DocketAtHand): Promise<void> {
    const invitedAs = await capacitiesOf(tx, policy.id);
    const { capacity } = SIGNERS[docket.kind];
    if (policy.tenantId !== tx.actor.tenantId && invitedAs.length === 0) throw DomainError.notFound();
    const mine = policy.tenantId === tx.actor.tenantId || (capacity !== null && invitedAs.includes(capacity));
    if (!mine || !can(tx.actor, 'drafting.assign', policy, invitedAs)) throw DomainError.forbidden();
  }

  private async holdsRole(tx: TenantTx, accountId: string, role: string): Promise<boolean> {
    if (!isId(accountId)) return false;
    const rows = await tx.query(
      `SELECT 1 FROM membership m JOIN account a ON a.city_id = m.city_id AND a.id = m.account_id
       WHERE m.city_id = $1 AND m.tenant_id = $2 AND m.account_id = $3 AND m.role = $4 AND m.revoked_at IS NULL AND a.disabled_at IS NULL`,
      [tx.cityId, tx.actor.tenantId, accountId, role]);
    return rows.length > 0;
  }
}

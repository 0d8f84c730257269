import { policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, isId, newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLES } from '../domain/articles';
import { EXPERT_NAMED } from '../drafting.events';
import type { ExpertSeatRow } from '../persistence/expert-seat.entity';
import { hasDrafted } from '../persistence/drafters';
import { dockets, expertSeats } from '../persistence/repositories';
import { assertOpen, assertSigner, docketAtHand } from './docket-at-hand';

export const EXPERT_VIEWS = ['feasible', 'conditional', 'infeasible'] as const;
export type ExpertView = (typeof EXPERT_VIEWS)[number];

const invalid = (field: string, key: string, article: string): DomainError =>
  new DomainError('invalid', `procedure:error.${key}`, { fields: [{ field, key: `procedure:error.${key}` }], article });

/** The panel of an expert argument: named by its convener, each expert declaring and signing for himself. */
@Injectable()
export class ExpertPanel {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Gives an expert of the city a seat; the same one twice is a `conflict`. */
  name(actor: Actor, policyId: string, docketId: string, accountId: string): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const hand = await docketAtHand(tx, policyId, docketId);
      const { docket } = hand;
      if (docket.kind !== 'expert_argument') throw DomainError.notFound();
      await assertSigner(tx, hand);
      if (await hasDrafted(tx, policyId, tx.actor.accountId)) throw DomainError.forbidden('drafting:error.ownDraft', docket.dueArticle);
      await assertOpen(tx, hand);
      if (docket.reviewerId && docket.reviewerId !== tx.actor.accountId) throw DomainError.forbidden('procedure:error.notNamed', docket.dueArticle);
      const [expert] = isId(accountId) ? await tx.query(
        `SELECT 1 FROM account WHERE city_id = $1 AND id = $2 AND kind = 'expert' AND disabled_at IS NULL`, [tx.cityId, accountId]) : [];
      if (!expert) throw invalid('accountId', 'noSuchExpert', ARTICLES.expertArgument);
      if (await expertSeats.findOne(tx, { docketId, accountId })) throw new DomainError('conflict', 'procedure:error.expertNamed', { article: ARTICLES.expertArgument });
      const id = newId();
      await expertSeats.insert(tx, {
        id, tenantId: docket.tenantId, policyId, docketId, versionId: docket.versionId, accountId, namedBy: tx.actor.accountId ?? '', namedAt: tx.at,
        interest: null, interestNote: '', declaredAt: null, view: null, opinion: '', textHash: null, signedAt: null, rowVersion: 1,
      });
      await emit(tx, { type: EXPERT_NAMED, tenantId: docket.tenantId, payload: { policyId, seatId: id } });
      recordAudit(tx, { action: 'drafting.expert_named', subjectType: 'docket', subjectId: docketId, details: { accountId } });
      return { id };
    });
  }

  /** Declares whether the expert has a direct interest; who has one says which, and his seat is closed. */
  declare(actor: Actor, seatId: string, { direct, note = '' }: { direct: boolean; note?: string | undefined }): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const seat = await this.seat(tx, seatId);
      if (seat.interest) throw new DomainError('conflict', 'procedure:error.declared', { article: ARTICLES.expertInterest });
      if (direct && note.trim() === '') throw invalid('note', 'interestNote', ARTICLES.expertInterest);
      await expertSeats.updateVersioned(tx, seatId, seat.rowVersion, { interest: direct ? 'direct' : 'none', interestNote: note.trim(), declaredAt: tx.at });
      recordAudit(tx, { action: 'drafting.expert_declared', subjectType: 'docket_expert', subjectId: seatId, tenantId: seat.tenantId, details: { direct } });
    });
  }

  /** Signs the expert's own opinion under the text, once. */
  sign(actor: Actor, seatId: string, { view, opinion }: { view: ExpertView; opinion: string }): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const seat = await this.seat(tx, seatId);
      if (seat.interest === 'direct') throw DomainError.forbidden('procedure:error.directInterest', ARTICLES.expertInterest);
      if (seat.interest === null) throw new DomainError('conflict', 'procedure:error.declareFirst', { article: ARTICLES.expertInterest });
      if (seat.signedAt) throw new DomainError('conflict', 'procedure:error.expertSigned', { article: ARTICLES.expertArgument });
      if (opinion.trim() === '') throw invalid('opinion', 'opinion', ARTICLES.expertArgument);
      const docket = await dockets.require(tx, seat.docketId);
      await expertSeats.updateVersioned(tx, seatId, seat.rowVersion, { view, opinion: opinion.trim(), textHash: docket.textHash, signedAt: tx.at });
      recordAudit(tx, { action: 'drafting.expert_signed', subjectType: 'docket_expert', subjectId: seatId, tenantId: seat.tenantId, details: { view, textHash: docket.textHash } });
    });
  }

  /** One's own seat, held still with its policy and docket while the argument is open. */
  private async seat(tx: TenantTx, seatId: string): Promise<ExpertSeatRow> {
    const known = await expertSeats.require(tx, seatId);
    if (known.accountId !== tx.actor.accountId) throw DomainError.notFound();
    const policy = await policies.lockForShare(tx, known.policyId);
    const docket = await dockets.lockForShare(tx, known.docketId);
    const seat = await expertSeats.lockForUpdate(tx, seatId);
    await assertOpen(tx, { policy, docket });
    return seat;
  }
}

import { latestSubmittedVersion, LifeCycle, type PolicyRow, provisionsOf } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLES } from '../domain/articles';
import { basisOf } from '../domain/dockets';
import { judge } from '../domain/signatures';
import type { Signature, SignatureContext } from '../domain/signatures/signature';
import { DOCKET_SIGNED } from '../drafting.events';
import { passedKinds } from '../gates/standing-dockets';
import type { DocketRow } from '../persistence/docket.entity';
import { hasDrafted } from '../persistence/drafters';
import { materialsOf, procedureOf } from '../persistence/procedure';
import { attachments, dockets, expertSeats } from '../persistence/repositories';
import { assertOpen, assertSigner, docketAtHand } from './docket-at-hand';
import { openDockets } from './open-dockets';

/**
 * Signs a review: what was found, the opinion and the outcome, once, under one text, by the person named. Where nobody is named, whoever holds the role
 * takes the docket by signing it. Who had a hand in the text signs nothing.
 */
@Injectable()
export class SignDocket {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, policyId: string, docketId: string, signature: Signature): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.sign(tx, policyId, docketId, signature));
  }

  private async sign(tx: TenantTx, policyId: string, docketId: string, signature: Signature): Promise<void> {
    const hand = await docketAtHand(tx, policyId, docketId);
    const { policy, docket } = hand;
    await assertSigner(tx, hand);
    if (await hasDrafted(tx, policyId, tx.actor.accountId)) throw DomainError.forbidden('drafting:error.ownDraft', docket.dueArticle);
    await assertOpen(tx, hand);
    if (docket.reviewerId && docket.reviewerId !== tx.actor.accountId) throw DomainError.forbidden('procedure:error.notNamed', docket.dueArticle);
    const context = await this.context(tx, policy, docket);
    if (docket.kind === 'fair_competition' && context.facts.issuer === 'government' && tx.actor.tenantId === policy.tenantId) {
      throw DomainError.forbidden('procedure:error.governmentReview', ARTICLES.competitionGovernment);
    }
    const { outcome, record, faults } = judge(docket.kind, signature, context);
    if (faults[0]) {
      throw new DomainError('invalid', faults[0].key, {
        fields: faults.map(({ field, key }) => ({ field, key })), article: [...new Set(faults.map(({ article }) => article))].join('；'),
      });
    }
    await dockets.updateVersioned(tx, docketId, docket.rowVersion, {
      outcome, record, opinion: signature.opinion.trim(), ...meetingOf(docket, signature), reviewerId: tx.actor.accountId, reviewerTenantId: tx.actor.tenantId, signedAt: tx.at,
    });
    const files = (await attachments.find(tx, { docketId }, { uploadedAt: 'ASC', id: 'ASC' })).map(({ sha256 }) => sha256);
    await this.lifeCycle.record(tx, policy, 'docket_signed', { details: { docketId, kind: docket.kind, outcome, conclusion: signature.conclusion, textHash: docket.textHash, ...(files.length > 0 ? { files } : {}) } });
    await emit(tx, { type: DOCKET_SIGNED, tenantId: policy.tenantId, payload: { policyId, docketId } });
    recordAudit(tx, { action: 'drafting.docket_signed', subjectType: 'docket', subjectId: docketId, tenantId: policy.tenantId, details: { kind: docket.kind, outcome, conclusion: signature.conclusion } });
    if (signature.conclusion === 'again') await this.discussAgain(tx, policy);
  }

  private async context(tx: TenantTx, policy: PolicyRow, docket: DocketRow): Promise<SignatureContext> {
    const procedure = await procedureOf(tx, policy);
    const passed = await passedKinds(tx, policy.id);
    return {
      policyKind: policy.kind, facts: basisOf(docket.basis)?.facts ?? procedure.facts, today: chinaDate(tx.at), article: docket.dueArticle,
      clauses: new Set((await provisionsOf(tx, docket.versionId)).map(({ identity }) => identity)),
      seats: docket.kind === 'expert_argument' ? await expertSeats.find(tx, { docketId: docket.id }) : [],
      attachments: docket.kind === 'risk_assessment' ? new Set((await materialsOf(tx, policy.id)).kinds) : new Set(),
      pending: procedure.steps.map(({ kind }) => kind).filter((kind) => kind !== docket.kind && !passed.has(kind)),
    };
  }

  /** 再次讨论: the meeting takes the same text up once more. */
  private async discussAgain(tx: TenantTx, policy: PolicyRow): Promise<void> {
    const version = await latestSubmittedVersion(tx, policy.id);
    if (version) await openDockets(tx, policy, version, (kind) => kind === 'collective_deliberation');
  }
}

function meetingOf({ kind }: DocketRow, { minutes = '', votesFor, votesAgainst, votesAbstain, dissent = '' }: Signature): Partial<DocketRow> {
  if (kind !== 'collective_deliberation') return {};
  return { minutes, votesFor: votesFor ?? null, votesAgainst: votesAgainst ?? null, votesAbstain: votesAbstain ?? null, dissent };
}

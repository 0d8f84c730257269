import { policies, type PolicyRow } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { circulationArticle } from '../domain/articles';
import { type CoordinationAnswer, coordinationFaults, type CoordinationOutcome, type Level, settledBy } from '../domain/circulation';
import { can } from '../drafting.access';
import { COORDINATION_RECORDED } from '../drafting.events';
import { circulations, coordinations, replies } from '../persistence/repositories';
import { assertOnItsWay, requiredWords } from './circulation-at-hand';

export interface CoordinationInput {
  level: Level;
  heldOn: string;
  participants: string;
  outcome: CoordinationOutcome;
  minutes: string;
}

/**
 * Writes down how a disagreement was dealt with: between the departments, by a coordinator, by the government, in that order. An agreement counts once
 * the department that disagreed confirms it; a decision is recorded by who oversees the city, not by a party to the dispute.
 */
@Injectable()
export class Coordinate {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  record(actor: Actor, policyId: string, replyId: string, input: CoordinationInput): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, (tx) => this.write(tx, policyId, replyId, input));
  }

  /** By the head of the department that disagreed; an agreement that he denies is none. */
  answer(actor: Actor, circulationId: string, coordinationId: string, answer: CoordinationAnswer): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.say(tx, circulationId, coordinationId, answer));
  }

  private async write(tx: TenantTx, policyId: string, replyId: string, input: CoordinationInput): Promise<{ id: string }> {
    const policy = await policies.lockForUpdate(tx, policyId);
    const article = circulationArticle(policy.kind);
    this.assertRecorder(tx, policy, input.outcome, article);
    assertOnItsWay(policy);
    const reply = await replies.require(tx, replyId);
    if (reply.signedAt === null || (await circulations.require(tx, reply.circulationId)).policyId !== policyId) throw DomainError.notFound();
    if (reply.stance !== 'disagree') throw new DomainError('conflict', 'circulation:error.noDisagreement', { article });
    const log = await coordinations.find(tx, { replyId });
    if (settledBy(log)) throw new DomainError('conflict', 'circulation:error.settled', { article });
    const faults = coordinationFaults(input, log, chinaDate(tx.at));
    if (faults[0]) throw new DomainError('invalid', faults[0].key, { fields: faults, article });
    const id = newId();
    await coordinations.insert(tx, {
      id, tenantId: policy.tenantId, otherTenantId: reply.tenantId, policyId, replyId, level: input.level, heldOn: input.heldOn, outcome: input.outcome,
      participants: requiredWords(input.participants, 'participants', 'circulation:error.participants'), minutes: requiredWords(input.minutes, 'minutes', 'circulation:error.minutes'),
      recordedBy: tx.actor.accountId ?? '', recordedAt: tx.at, answer: null, answeredBy: null, answeredAt: null, rowVersion: 1,
    });
    await emit(tx, { type: COORDINATION_RECORDED, payload: { policyId, coordinationId: id } });
    recordAudit(tx, { action: 'drafting.coordination_recorded', subjectType: 'coordination', subjectId: id, details: { policyId, replyId, level: input.level, outcome: input.outcome, heldOn: input.heldOn } });
    return { id };
  }

  private assertRecorder(tx: TenantTx, policy: PolicyRow, outcome: CoordinationOutcome, article: string): void {
    const oversees = tx.actor.scope === 'city' && tx.actor.roles.includes('overseer');
    if (!oversees && policy.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
    if (!oversees && !can(tx.actor, 'drafting.coordinate', policy)) throw DomainError.forbidden();
    if (outcome === 'decided' && !oversees) throw DomainError.forbidden('circulation:error.partyDecides', article);
  }

  private async say(tx: TenantTx, circulationId: string, coordinationId: string, answer: CoordinationAnswer): Promise<void> {
    // Other departments than the two are not shown the row.
    const found = await coordinations.require(tx, coordinationId);
    if ((await replies.require(tx, found.replyId)).circulationId !== circulationId) throw DomainError.notFound();
    const policy = await policies.lockForShare(tx, found.policyId);
    const record = await coordinations.lockForUpdate(tx, coordinationId);
    const article = circulationArticle(policy.kind);
    if (record.otherTenantId !== tx.actor.tenantId) throw DomainError.forbidden('circulation:error.notYours', article);
    if (!tx.actor.roles.includes('department_head')) throw DomainError.forbidden();
    assertOnItsWay(policy);
    if (record.outcome !== 'agreed' || record.answer !== null) throw new DomainError('conflict', 'circulation:error.nothingToConfirm', { article });
    await coordinations.updateVersioned(tx, coordinationId, record.rowVersion, { answer, answeredBy: tx.actor.accountId, answeredAt: tx.at });
    recordAudit(tx, { action: 'drafting.coordination_answered', subjectType: 'coordination', subjectId: coordinationId, details: { answer } });
  }
}

import { type Actor, DomainError, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { type Disposition, namesClause } from '../domain/figures';
import { requiredText } from '../domain/opinion-text';
import { consultations, opinionAnswers, opinions } from '../persistence/repositories';

export interface AnswerInput {
  disposition: Disposition;
  /** Compulsory whatever the disposition; published with the result. */
  reason: string;
  /** Identity of the clause that changes; needed for adopted and partly adopted opinions, and only for them. */
  adoptedIdentity?: string;
}

const MAX_REASON = 5000;

/** Writes or rewrites the answer to one opinion. A rewritten answer loses its approval; a published one stays. */
@Injectable()
export class AnswerOpinion {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, opinionId: string, input: AnswerInput): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, (tx) => this.answer(tx, opinionId, input));
  }

  private async answer(tx: TenantTx, opinionId: string, input: AnswerInput): Promise<{ id: string }> {
    const opinion = await opinions.require(tx, opinionId);
    const consultation = await consultations.lockForShare(tx, opinion.consultationId);
    assertCan(tx.actor, 'consultation.answer', consultation);
    if (consultation.state === 'result_published') throw DomainError.conflict('consultation:error.resultIsOut');
    // Two officers who answer the same opinion at once follow each other.
    const { moderation } = await opinions.lockForUpdate(tx, opinionId);
    if (moderation === 'withdrawn') throw DomainError.conflict('intake:error.withdrawn');
    const adoptedIdentity = await requireClause(tx, consultation.policyId, input);
    const content = {
      disposition: input.disposition, reason: requiredText(input.reason, 'reason', MAX_REASON), adoptedIdentity,
      answeredBy: tx.actor.accountId ?? '', answeredAt: tx.at, approvedBy: null, approvedAt: null,
    };
    const earlier = await opinionAnswers.findOne(tx, { opinionId });
    const id = earlier?.id ?? newId();
    if (earlier) await opinionAnswers.update(tx, id, { ...content, rowVersion: earlier.rowVersion + 1 });
    else await opinionAnswers.insert(tx, { id, tenantId: consultation.tenantId, consultationId: consultation.id, opinionId, publishedAt: null, rowVersion: 1, ...content });
    recordAudit(tx, {
      action: 'consultation.opinion_answered', subjectType: 'opinion', subjectId: opinionId,
      details: { disposition: input.disposition, adoptedIdentity, rewritten: earlier !== null },
    });
    return { id };
  }
}

/** The identity that an adopted opinion names: a clause of any version of the policy, as a new clause may be what it led to. */
async function requireClause(tx: TenantTx, policyId: string, { disposition, adoptedIdentity }: AnswerInput): Promise<string | null> {
  if (!namesClause(disposition)) return null;
  const [known] = adoptedIdentity
    ? await tx.query(
      `SELECT 1 FROM policy_version v JOIN provision p ON p.city_id = v.city_id AND p.version_id = v.id
       WHERE v.city_id = $1 AND v.policy_id = $2 AND p.identity = $3 LIMIT 1`, [tx.cityId, policyId, adoptedIdentity])
    : [];
  if (!known) throw DomainError.invalid('consultation:error.nameClause', [{ field: 'adoptedIdentity', key: 'consultation:error.nameClause' }]);
  return adoptedIdentity ?? null;
}

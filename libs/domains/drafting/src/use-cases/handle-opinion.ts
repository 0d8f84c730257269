import { policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { circulationArticle } from '../domain/articles';
import type { Handling } from '../domain/circulation';
import { assertCan } from '../drafting.access';
import { circulations, handlings, replyOpinions } from '../persistence/repositories';
import { assertOnItsWay, requiredWords } from './circulation-at-hand';

export interface HandlingInput {
  disposition: Handling;
  reason: string;
  /** Identity of the clause that changes; needed for adopted and partly adopted opinions, and only for them. */
  changedIdentity?: string | undefined;
}

/** Says how an opinion of a signed reply was dealt with, and why; may be said anew until the policy is approved. */
@Injectable()
export class HandleOpinion {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, policyId: string, opinionId: string, input: HandlingInput): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.handle(tx, policyId, opinionId, input));
  }

  private async handle(tx: TenantTx, policyId: string, opinionId: string, input: HandlingInput): Promise<void> {
    // Held for oneself, so that two who handle the same opinion follow each other.
    const policy = await policies.lockForUpdate(tx, policyId);
    assertCan(tx.actor, 'drafting.write', policy);
    assertOnItsWay(policy);
    // Row-level security shows the drafting department signed replies alone.
    const opinion = await replyOpinions.require(tx, opinionId);
    const circulation = await circulations.require(tx, opinion.circulationId);
    if (circulation.policyId !== policyId) throw DomainError.notFound();
    const reason = requiredWords(input.reason, 'reason', 'circulation:error.reason');
    const changedIdentity = input.disposition === 'not_adopted' ? null : await this.requireClause(tx, policyId, input.changedIdentity, circulationArticle(policy.kind));
    const content = { disposition: input.disposition, reason, changedIdentity, handledBy: tx.actor.accountId ?? '', handledAt: tx.at };
    const earlier = await handlings.findOne(tx, { opinionId });
    if (earlier) await handlings.update(tx, earlier.id, { ...content, rowVersion: earlier.rowVersion + 1 });
    else await handlings.insert(tx, { id: newId(), tenantId: policy.tenantId, otherTenantId: opinion.tenantId, policyId, opinionId, rowVersion: 1, ...content });
    recordAudit(tx, { action: 'drafting.opinion_handled', subjectType: 'circulation_opinion', subjectId: opinionId, tenantId: policy.tenantId, details: { disposition: input.disposition, changedIdentity, again: earlier !== null } });
  }

  /** A clause of any version of the policy, as a new clause may be what the opinion led to. */
  private async requireClause(tx: TenantTx, policyId: string, identity: string | undefined, article: string): Promise<string> {
    const [known] = identity
      ? await tx.query(
        `SELECT 1 FROM policy_version v JOIN provision p ON p.city_id = v.city_id AND p.version_id = v.id
         WHERE v.city_id = $1 AND v.policy_id = $2 AND p.identity = $3 LIMIT 1`, [tx.cityId, policyId, identity]) : [];
    if (!identity || !known) throw new DomainError('invalid', 'circulation:error.nameClause', { fields: [{ field: 'changedIdentity', key: 'circulation:error.nameClause' }], article });
    return identity;
  }
}

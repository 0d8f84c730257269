import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type Channel, CHANNELS } from '../domain/material';
import { plans } from '../persistence/repositories';
import { accountOf, openPolicy } from './open-policy';

export interface PlanInput {
  /** For whom. */
  audience: string;
  keyPoints: string;
  channels: Channel[];
}

/** Writes the plan of interpretation, which is made with the draft (国办发〔2016〕80号); a policy has one. */
@Injectable()
export class SavePlan {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, policyId: string, input: PlanInput): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const policy = await openPolicy(tx, policyId, 'interpretation.plan');
      const content = { audience: input.audience.trim(), keyPoints: input.keyPoints.trim(), channels: CHANNELS.filter((channel) => input.channels.includes(channel)) };
      for (const field of ['audience', 'keyPoints', 'channels'] as const) {
        if (content[field].length === 0) throw DomainError.invalid(`interpretation:error.${field}Needed`, [{ field, key: `interpretation:error.${field}Needed` }]);
      }
      const written = { ...content, updatedBy: accountOf(tx), updatedAt: tx.at };
      const existing = await plans.findOne(tx, { policyId: policy.id });
      if (existing) await plans.update(tx, existing.id, written);
      else await plans.insert(tx, { id: newId(), tenantId: policy.tenantId, policyId: policy.id, ...written });
      recordAudit(tx, { action: 'interpretation.planned', subjectType: 'policy', subjectId: policy.id, details: { channels: content.channels } });
    });
  }
}

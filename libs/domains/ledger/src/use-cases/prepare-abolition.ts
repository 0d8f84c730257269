import { policies, type PolicyRow } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, isId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { canReplace, type Preparation, preparationFaults } from '../domain/preparation';
import { ABOLITION_PREPARED } from '../ledger.events';
import { abolitionCases } from '../persistence/repositories';
import { isPublishedConsultation } from '../queries/abolition-choices';
import { caseAtHand } from './case-at-hand';
import { UNREVIEWED } from './insert-case';

/**
 * The drafters put down on what the case rests: whether the public was asked, what takes the policy's place, what holds for what was begun under it, from when. A case that changes
 * after its review is reviewed again.
 */
@Injectable()
export class PrepareAbolition {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** `seen` is the version of the case that the person read. */
  run(actor: Actor, caseId: string, input: Preparation, seen: number): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { policy, matter, accountId } = await caseAtHand(tx, tx.actor, caseId, 'ledger.open_abolition');
      const faults = preparationFaults(input, chinaDate(tx.at));
      if (faults[0]) throw DomainError.invalid(faults[0].key, faults);
      const asked = input.opinions === 'asked';
      await this.checkReferences(tx, policy, input);
      await abolitionCases.updateVersioned(tx, matter.id, seen, {
        opinions: input.opinions, opinionsGround: asked ? null : input.opinionsGround, opinionsNote: input.opinionsNote.trim(), consultationId: asked ? input.consultationId : null,
        replacedBy: input.replacedBy, transition: input.transition.trim(), proposedEffectOn: input.effectOn, preparedBy: accountId, preparedAt: tx.at, ...UNREVIEWED,
      });
      await emit(tx, { type: ABOLITION_PREPARED, tenantId: policy.tenantId, payload: { policyId: policy.id, caseId: matter.id } });
      recordAudit(tx, {
        action: 'ledger.abolition_prepared', subjectType: 'abolition_case', subjectId: matter.id,
        details: { opinions: input.opinions, ground: input.opinionsGround, consultationId: input.consultationId, replacedBy: input.replacedBy, effectOn: input.effectOn },
      });
    });
  }

  /** An id of another city is not found among those of this one, so it is refused as rubbish is. */
  private async checkReferences(tx: TenantTx, policy: PolicyRow, { replacedBy, consultationId, opinions, effectOn }: Preparation): Promise<void> {
    if (replacedBy) {
      const [replacement] = isId(replacedBy) ? await policies.find(tx, { id: replacedBy }) : [];
      if (!replacement || !canReplace(policy.id, replacement, effectOn)) throw DomainError.invalid('abolition:error.badReplacement', [{ field: 'replacedBy', key: 'abolition:error.badReplacement' }]);
    }
    if (opinions === 'asked' && consultationId && !(await isPublishedConsultation(tx, policy.tenantId, consultationId))) {
      throw DomainError.invalid('abolition:error.badConsultation', [{ field: 'consultationId', key: 'abolition:error.badConsultation' }]);
    }
  }
}

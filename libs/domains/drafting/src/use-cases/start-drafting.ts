import { LifeCycle, policies, type PolicyRow, provisionsOf, versions } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { revisionNote } from '../domain/notes';
import { PLAN_LIFE } from '../domain/plan-item';
import { assertCan } from '../drafting.access';
import { writeText } from '../persistence/draft-text';
import { planItems } from '../persistence/repositories';

/**
 * Begins to draft: the first version is opened, empty, or for a revision with the text in force of the policy that it amends. The clauses keep
 * their identities, so that the revision compares with what it revises clause by clause.
 */
@Injectable()
export class StartDrafting {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  /** Refuses (`conflict`) a revision of a policy that is no longer in force or that another one is revising already. */
  run(actor: Actor, policyId: string): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.start(tx, policyId));
  }

  private async start(tx: TenantTx, policyId: string): Promise<void> {
    const policy = await policies.lockForUpdate(tx, policyId);
    assertCan(tx.actor, 'drafting.write', policy);
    await this.lifeCycle.advance(tx, policyId, 'start_drafting');
    // The gate has seen that an approved item exists.
    const item = await planItems.findOne(tx, { policyId });
    if (item) await planItems.update(tx, item.id, { state: PLAN_LIFE.require('start', item.state).to, rowVersion: item.rowVersion + 1 });
    const target = item?.kind === 'revise' && item.targetPolicyId ? await this.toRevise(tx, policyId, item.targetPolicyId) : null;
    const draft = {
      id: newId(), tenantId: policy.tenantId, policyId, no: 1, state: 'draft' as const, draftingNote: target ? revisionNote(target) : '', textHash: null,
      createdBy: tx.actor.accountId ?? '', createdAt: tx.at, submittedAt: null, submittedBy: null, isPublic: false, rowVersion: 1,
    };
    await versions.insert(tx, draft);
    if (!target?.currentVersionId) return;
    await writeText(tx, { ...draft, cityId: tx.cityId }, await provisionsOf(tx, target.currentVersionId));
    recordAudit(tx, { action: 'drafting.draft_opened', subjectType: 'policy_version', subjectId: draft.id, details: { no: draft.no, revises: target.id, from: target.currentVersionId } });
  }

  /** The policy that is revised. Its lock makes two that want to revise it follow each other. */
  private async toRevise(tx: TenantTx, policyId: string, targetId: string): Promise<PolicyRow> {
    const target = await policies.lockForUpdate(tx, targetId);
    if (target.state !== 'published') throw DomainError.conflict('procedure:error.targetEnded', { title: target.title });
    const [other] = await tx.query<{ title: string }>(
      `SELECT p.title FROM policy_link l JOIN policy p ON p.city_id = l.city_id AND p.id = l.policy_id
       WHERE l.city_id = $1 AND l.target_id = $2 AND l.kind = 'amends' AND l.policy_id <> $3
         AND p.state IN ('drafting', 'consulting', 'reviewing', 'deliberating', 'approved') LIMIT 1`, [tx.cityId, targetId, policyId]);
    if (other) throw DomainError.conflict('procedure:error.revisedAlready', { title: target.title, other: other.title });
    return target;
  }
}

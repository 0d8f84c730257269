import { latestSubmittedVersion, provisionsOf } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertClausesExist, isStale, MATERIAL_LIFE } from '../domain/material';
import { materials } from '../persistence/repositories';
import { accountOf, openPolicy } from './open-policy';

/** A second person approves a material for the latest submitted text; also one that had been approved for an earlier text and still holds. */
@Injectable()
export class ApproveMaterial {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, policyId: string, materialId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const policy = await openPolicy(tx, policyId, 'interpretation.approve');
      const material = await materials.lockForUpdate(tx, materialId);
      if (material.policyId !== policy.id) throw DomainError.notFound();
      const approver = accountOf(tx);
      if (material.authorId === approver) throw DomainError.forbidden('interpretation:error.ownMaterial');
      const { to } = MATERIAL_LIFE.require('approve', material.state);
      const version = await latestSubmittedVersion(tx, policy.id);
      if (!version?.textHash) throw DomainError.conflict('interpretation:error.noSubmittedText');
      if (material.state === 'approved' && !isStale(material, version.textHash)) throw DomainError.conflict('interpretation:error.alreadyApproved');
      const clauses = await provisionsOf(tx, version.id);
      assertClausesExist(material.clauseIdentities, new Set(clauses.map((clause) => clause.identity)));
      await materials.update(tx, material.id, { state: to, approvedBy: approver, approvedAt: tx.at, textHash: version.textHash, rowVersion: material.rowVersion + 1 });
      recordAudit(tx, { action: 'interpretation.approved', subjectType: 'interpretation_material', subjectId: material.id, details: { policyId, textHash: version.textHash } });
    });
  }
}

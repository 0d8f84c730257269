import { type Actor, DomainError, isId, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { OPINIONS_ASSIGNED, type OpinionsAssigned } from '../consultation.events';
import type { OpinionFilter } from '../domain/opinion-filter';
import type { ConsultationRow } from '../persistence/consultation.entity';
import { consultations } from '../persistence/repositories';
import { lockSelection } from './lock-selection';

/** Gives opinions to an officer of the department to work on, whoever had them before. The officer is told once for what was given together. */
@Injectable()
export class AssignOpinions {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** One opinion. `invalid` for somebody who is no drafter or head of the department. */
  one(actor: Actor, opinionId: string, accountId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const [opinion] = isId(opinionId) ? await tx.query<{ consultation_id: string }>('SELECT consultation_id FROM opinion WHERE city_id = $1 AND id = $2', [tx.cityId, opinionId]) : [];
      if (!opinion) throw DomainError.notFound();
      const consultation = await consultations.lockForShare(tx, opinion.consultation_id);
      assertCan(tx.actor, 'consultation.assign', consultation);
      await this.assign(tx, consultation, [opinionId], accountId);
    });
  }

  /** Everything that fits the filter, as it was previewed; conflict where that is no longer the same. */
  selected(actor: Actor, consultationId: string, filter: OpinionFilter, { key, accountId }: { key: string; accountId: string }): Promise<{ assigned: number }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const consultation = await consultations.lockForShare(tx, consultationId);
      assertCan(tx.actor, 'consultation.assign', consultation);
      const { ids } = await lockSelection(tx, consultation.id, filter, key);
      await this.assign(tx, consultation, ids, accountId);
      return { assigned: ids.length };
    });
  }

  private async assign(tx: TenantTx, { id, tenantId }: ConsultationRow, opinionIds: readonly string[], accountId: string): Promise<void> {
    const [officer] = isId(accountId)
      ? await tx.query(
        `SELECT 1 FROM membership m JOIN account x ON x.city_id = m.city_id AND x.id = m.account_id
         WHERE m.city_id = $1 AND m.tenant_id = $2 AND m.account_id = $3 AND m.role IN ('drafter', 'department_head') AND m.revoked_at IS NULL AND x.disabled_at IS NULL LIMIT 1`, [tx.cityId, tenantId, accountId])
      : [];
    if (!officer) throw DomainError.invalid('opinion-desk:error.officer', [{ field: 'accountId', key: 'opinion-desk:error.officer' }]);
    const batchId = newId();
    await tx.query(
      `INSERT INTO opinion_assignment (city_id, opinion_id, tenant_id, consultation_id, account_id, assigned_by, assigned_at, batch_id)
       SELECT $1, o.id, $3, $4, $5, $6, $7, $8 FROM unnest($2::uuid[]) AS o (id)
       ON CONFLICT (city_id, opinion_id) DO UPDATE SET account_id = excluded.account_id, assigned_by = excluded.assigned_by, assigned_at = excluded.assigned_at, batch_id = excluded.batch_id`,
      [tx.cityId, [...opinionIds].sort(), tenantId, id, accountId, tx.actor.accountId, tx.at, batchId]);
    const payload: OpinionsAssigned = { batchId, consultationId: id, accountId, assignedBy: tx.actor.accountId ?? '' };
    await emit(tx, { type: OPINIONS_ASSIGNED, tenantId, payload });
    recordAudit(tx, { action: 'consultation.opinions_assigned', subjectType: 'consultation', subjectId: id, tenantId, details: { accountId, batchId, opinions: opinionIds } });
  }
}

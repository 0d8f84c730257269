import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, type IsoDate, newId } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { appealFaults } from '../domain/score-appeal';
import { can } from '../ledger.access';
import { holdPeriod } from '../persistence/score-periods';

export interface ScoreAppealInput {
  label: string;
  caseKey: string;
  reason: string;
  /** A link to what shows it. */
  evidence: string;
  /** Of the form: sent twice, it is one appeal. */
  idempotencyKey: string;
}

const later = (day: IsoDate, days: number): IsoDate => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** A department objects to a case that is not counted for it, within the days after the close; answers the id of the appeal. */
@Injectable()
export class FileScoreAppeal {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, { label, caseKey, reason, evidence, idempotencyKey }: ScoreAppealInput): Promise<string> {
    return this.unitOfWork.run(actor, async (tx) => {
      // Held, so that a publication does not overtake it.
      const period = await holdPeriod(tx, { label }, 'SHARE');
      const [found] = await tx.query<{ tenantId: string; state: string }>(
        'SELECT tenant_id AS "tenantId", state FROM scorecard_case WHERE city_id = $1 AND period_id = $2 AND key = $3', [tx.cityId, period.id, caseKey]);
      if (!found || found.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
      if (!tx.actor.accountId || !can(tx.actor, 'ledger.appeal_score', found)) throw DomainError.forbidden();
      const [same] = await tx.query<{ id: string; caseKey: string }>(
        'SELECT id, case_key AS "caseKey" FROM scorecard_appeal WHERE city_id = $1 AND tenant_id = $2 AND idempotency_key = $3', [tx.cityId, found.tenantId, idempotencyKey]);
      if (same?.caseKey === caseKey) return same.id;
      const today = chinaDate(tx.at);
      if (period.publishedAt !== null || today > period.appealUntil) throw DomainError.conflict('scorecard:error.appealOver');
      if (found.state !== 'missed') throw DomainError.conflict('scorecard:error.countedAlready');
      const faults = appealFaults({ reason, evidence });
      if (faults[0]) throw DomainError.invalid(faults[0].key, faults);
      const id = newId();
      const made = await tx.query(
        `INSERT INTO scorecard_appeal (city_id, id, tenant_id, period_id, case_key, reason, evidence, idempotency_key, filed_by, filed_at, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT DO NOTHING RETURNING id`,
        [tx.cityId, id, found.tenantId, period.id, caseKey, reason.trim(), evidence.trim(), idempotencyKey, tx.actor.accountId, tx.at, later(today, period.decideDays)]);
      if (made.length === 0) throw DomainError.conflict('scorecard:error.appealedAlready');
      recordAudit(tx, { action: 'ledger.score_appealed', subjectType: 'scorecard_appeal', subjectId: id, details: { label, caseKey } });
      return id;
    });
  }
}

import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, isId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { MAX_SCORE_REASON, type ScoreDecision } from '../domain/score-appeal';
import { assertOversees } from '../ledger.access';
import { SCORE_APPEAL_DECIDED, type ScoreAppealDecided } from '../ledger.events';
import { holdPeriod, writeEdition } from '../persistence/score-periods';

/**
 * An overseer who did not file it decides an appeal. If the case is left out or counted, the figures of the period are written anew as its next edition; the closed cases and the
 * editions before stay as they were.
 */
@Injectable()
export class DecideScoreAppeal {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, appealId: string, decision: ScoreDecision, reason: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const [known] = isId(appealId)
        ? await tx.query<{ periodId: string; tenantId: string }>('SELECT period_id AS "periodId", tenant_id AS "tenantId" FROM scorecard_appeal WHERE city_id = $1 AND id = $2', [tx.cityId, appealId])
        : [];
      if (!known) throw DomainError.notFound();
      assertOversees(tx.actor);
      // The period first: editions follow each other, and a publication does not come between.
      const period = await holdPeriod(tx, { id: known.periodId }, 'UPDATE');
      const [appeal] = await tx.query<{ filedBy: string; decision: string | null; caseKey: string }>(
        'SELECT filed_by AS "filedBy", decision, case_key AS "caseKey" FROM scorecard_appeal WHERE city_id = $1 AND id = $2 FOR UPDATE', [tx.cityId, appealId]);
      if (!appeal) throw DomainError.notFound();
      if (appeal.filedBy === tx.actor.accountId) throw DomainError.forbidden('scorecard:error.ownAppeal');
      if (appeal.decision !== null) throw DomainError.conflict('scorecard:error.decidedAlready');
      const text = reason.trim();
      if (text === '' || text.length > MAX_SCORE_REASON) throw DomainError.invalid('scorecard:error.reason', [{ field: 'decisionReason', key: 'scorecard:error.reason' }]);
      const edition = decision === 'refused' ? null : period.edition + 1;
      await tx.query('UPDATE scorecard_appeal SET decision = $3, decision_reason = $4, decided_by = $5, decided_at = $6, edition = $7 WHERE city_id = $1 AND id = $2',
        [tx.cityId, appealId, decision, text, tx.actor.accountId, tx.at, edition]);
      let hash: string | undefined;
      if (edition !== null) {
        hash = await writeEdition(tx, period.id, edition, known.tenantId, appealId);
        await tx.query('UPDATE scorecard_period SET edition = $3 WHERE city_id = $1 AND id = $2', [tx.cityId, period.id, edition]);
      }
      const payload: ScoreAppealDecided = { appealId };
      await emit(tx, { type: SCORE_APPEAL_DECIDED, tenantId: known.tenantId, payload });
      recordAudit(tx, { action: 'ledger.score_appeal_decided', subjectType: 'scorecard_appeal', subjectId: appealId, tenantId: known.tenantId, details: { label: period.label, caseKey: appeal.caseKey, decision, edition: edition ?? undefined, hash } });
    });
  }
}

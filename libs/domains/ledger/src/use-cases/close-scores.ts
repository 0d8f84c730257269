import { MeasureRegistry } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, type IsoDate, newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { scorePeriod } from '../domain/score-period';
import { assertOversees } from '../ledger.access';
import { SCORES_CLOSED, type ScoresClosed } from '../ledger.events';
import { writeEdition } from '../persistence/score-periods';
import { rulesOn } from '../queries/score-rules';

const later = (day: IsoDate, days: number): IsoDate => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** An overseer closes a period that is over: its cases and figures are written down as they stand, and nothing that happens afterwards changes them but a decided appeal. */
@Injectable()
export class CloseScores {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly measures: MeasureRegistry,
  ) {}

  /** @throws DomainError conflict while the period runs, while a case is pending, and where it is closed already */
  run(actor: Actor, label: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      assertOversees(tx.actor);
      const { from, to } = scorePeriod(label);
      const today = chinaDate(tx.at);
      if (today <= to) throw DomainError.conflict('scorecard:error.running');
      const { id: rulesId, weights, appealDays, decideDays } = await rulesOn(tx, from);
      const periodId = newId();
      // Of two who close at once the second waits here for the first, and then finds it closed.
      const made = await tx.query(
        `INSERT INTO scorecard_period (city_id, id, tenant_id, label, from_on, to_on, rules_id, weights, decide_days, appeal_until, edition, closed_by, closed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $12) ON CONFLICT (city_id, label) DO NOTHING RETURNING id`,
        [tx.cityId, periodId, tx.actor.tenantId, label, from, to, rulesId, JSON.stringify(weights), decideDays, later(today, appealDays), tx.actor.accountId, tx.at]);
      if (made.length === 0) throw DomainError.conflict('scorecard:error.closedAlready');
      const count = await this.freeze(tx, periodId, { from, to });
      const hash = await writeEdition(tx, periodId, 1, tx.actor.tenantId, null);
      const payload: ScoresClosed = { periodId };
      await emit(tx, { type: SCORES_CLOSED, tenantId: tx.actor.tenantId, payload });
      recordAudit(tx, { action: 'ledger.scores_closed', subjectType: 'scorecard_period', subjectId: periodId, details: { label, cases: count, edition: 1, hash } });
    });
  }

  /** What is pending would be in no period at all, so it holds the close; it never lasts longer than the days of its rule. */
  private async freeze(tx: TenantTx, periodId: string, period: { from: IsoDate; to: IsoDate }): Promise<number> {
    const cases = await this.measures.cases(tx, period, null);
    const pending = cases.filter(({ state }) => state === 'pending');
    if (pending[0]) throw DomainError.conflict('scorecard:error.pending', { count: pending.length, title: pending[0].title });
    await tx.query(
      `INSERT INTO scorecard_case (city_id, period_id, key, tenant_id, measure, what, policy_id, title, href, from_on, limit_on, done_on, state, why, article)
       SELECT $1, $2, c.key, c."departmentId", c.measure, c.what, c."policyId", c.title, c.href, c."from", c."limit", c.done, c.state, c.why, c.article
       FROM jsonb_to_recordset($3::jsonb) AS c (key text, "departmentId" uuid, measure text, what text, "policyId" uuid, title text, href text, "from" date, "limit" date, done date, state text, why text, article text)`,
      [tx.cityId, periodId, JSON.stringify(cases)]);
    return cases.length;
  }
}

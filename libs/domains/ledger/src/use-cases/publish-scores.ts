import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertOversees } from '../ledger.access';
import { SCORES_PUBLISHED, type ScoresClosed } from '../ledger.events';
import { holdPeriod } from '../persistence/score-periods';

/** Parts of a yearly report that a person writes: 总体情况, 存在问题, 改进要求. */
export const REPORT_SECTIONS = ['overview', 'problems', 'demands'] as const;
export type ReportSection = (typeof REPORT_SECTIONS)[number];

const MAX_SECTION = 4000;

/** A second overseer publishes a closed period to all departments, with the words of its report; after the days to object are over and every appeal is decided. Nothing of it changes any more. */
@Injectable()
export class PublishScores {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** `edition`: the one that was read before it was published. */
  run(actor: Actor, label: string, edition: number, sections: Readonly<Record<ReportSection, string>>): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      assertOversees(tx.actor);
      const period = await holdPeriod(tx, { label }, 'UPDATE');
      if (period.publishedAt !== null) throw DomainError.conflict('scorecard:error.publishedAlready');
      if (period.closedBy === tx.actor.accountId) throw DomainError.forbidden('scorecard:error.closedByYou');
      if (chinaDate(tx.at) <= period.appealUntil) throw DomainError.conflict('scorecard:error.appealsRun', { until: period.appealUntil });
      const [open] = await tx.query<{ count: number }>('SELECT count(*)::integer AS count FROM scorecard_appeal WHERE city_id = $1 AND period_id = $2 AND decision IS NULL', [tx.cityId, period.id]);
      if (open && open.count > 0) throw DomainError.conflict('scorecard:error.appealsOpen', { count: open.count });
      if (period.edition !== edition) throw DomainError.conflict('common:error.changedMeanwhile');
      const long = REPORT_SECTIONS.filter((key) => sections[key].length > MAX_SECTION);
      if (long.length > 0) throw DomainError.invalid('scorecard:error.tooLong', long.map((field) => ({ field, key: 'scorecard:error.tooLong' })));
      await tx.query('UPDATE scorecard_period SET published_by = $3, published_at = $4, sections = $5 WHERE city_id = $1 AND id = $2',
        [tx.cityId, period.id, tx.actor.accountId, tx.at, JSON.stringify(Object.fromEntries(REPORT_SECTIONS.map((key) => [key, sections[key].trim()])))]);
      const payload: ScoresClosed = { periodId: period.id };
      await emit(tx, { type: SCORES_PUBLISHED, tenantId: tx.actor.tenantId, payload });
      recordAudit(tx, { action: 'ledger.scores_published', subjectType: 'scorecard_period', subjectId: period.id, details: { label, edition } });
    });
  }
}

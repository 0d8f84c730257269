import { systemActor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';

const DAY_MS = 86_400_000;
/** How long a draft outlives the window: its author may still want the words for a letter. */
const DRAFT_DAYS = 14;

/** For the worker's schedule: counts and admissions go after a day, drafts two weeks after the window. Harmless twice. */
@Injectable()
export class ForgetIntake {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Answers how many rows went. */
  run(cityId: string): Promise<number> {
    return this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const before = (days: number): Date => new Date(tx.at.getTime() - days * DAY_MS);
      const gone = async (sql: string, until: Date): Promise<number> => (await tx.query(sql, [tx.cityId, until])).length;
      return (await gone('DELETE FROM intake_count WHERE city_id = $1 AND slot < $2 RETURNING 1', before(1)))
        + (await gone('DELETE FROM intake_admission WHERE city_id = $1 AND admitted_at < $2 RETURNING 1', before(1)))
        + (await gone(
          `DELETE FROM opinion_draft d USING consultation c WHERE d.city_id = $1 AND c.city_id = $1 AND c.id = d.consultation_id AND c.closes_at < $2 RETURNING 1`, before(DRAFT_DAYS)));
    });
  }
}

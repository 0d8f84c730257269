import { systemActor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { CloseConsultation } from './close-consultation';

/** For the worker's schedule: closes every consultation of a city whose window has ended. May run in two workers at once. */
@Injectable()
export class CloseDueConsultations {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly closeConsultation: CloseConsultation,
  ) {}

  /** Answers how many were closed. One that another worker closed meanwhile is passed over. */
  async run(cityId: string): Promise<number> {
    const actor = systemActor(cityId);
    const due = await this.unitOfWork.run(actor, (tx) => tx.query<{ id: string }>(
      `SELECT id FROM consultation WHERE city_id = $1 AND state = 'open' AND closes_at <= $2 ORDER BY closes_at, id LIMIT 200`, [cityId, tx.at]));
    let closed = 0;
    for (const { id } of due) {
      const done = await this.closeConsultation.run(actor, id).then(() => true, (error: { problem?: string }) => {
        if (error.problem === 'conflict') return false;
        throw error;
      });
      closed += done ? 1 : 0;
    }
    return closed;
  }
}

import { type Actor, systemActor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { consultations } from '../persistence/repositories';
import { publishRoot } from './publish-root';

/** For the worker's schedule: computes the root of consultations that were closed before roots were published. The root says itself that it is later than the close. */
@Injectable()
export class PublishMissingRoots {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Answers how many were computed, ten at most at a time. Two workers at once compute each once. */
  async run(cityId: string): Promise<number> {
    const actor = systemActor(cityId);
    const missing = await this.unitOfWork.run(actor, (tx) => tx.query<{ id: string }>(
      `SELECT c.id FROM consultation c WHERE c.city_id = $1 AND c.state <> 'open'
         AND NOT EXISTS (SELECT 1 FROM consultation_root r WHERE r.city_id = $1 AND r.consultation_id = c.id) ORDER BY c.closed_at, c.id LIMIT 10`, [cityId]));
    let computed = 0;
    for (const { id } of missing) computed += (await this.compute(actor, id)) ? 1 : 0;
    return computed;
  }

  private compute(actor: Actor, id: string): Promise<boolean> {
    return this.unitOfWork.run(actor, async (tx) => {
      const consultation = await consultations.lockForUpdate(tx, id);
      const [there] = await tx.query('SELECT 1 FROM consultation_root WHERE city_id = $1 AND consultation_id = $2', [tx.cityId, id]);
      if (there || !consultation.closedAt) return false;
      await publishRoot(tx, consultation, consultation.closedAt);
      return true;
    });
  }
}

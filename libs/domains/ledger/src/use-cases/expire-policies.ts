import { LifeCycle, policies } from '@core/policy';
import { chinaDate, systemActor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';

/**
 * Takes the policies of a city whose last day has passed to `expired`, each in a transaction of its own. A schedule calls it; validity does not wait
 * for it, being computed. Running it twice, or twice at once, is harmless. Answers how many expired.
 */
@Injectable()
export class ExpirePolicies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  async run(cityId: string): Promise<number> {
    const due = await this.unitOfWork.run(systemActor(cityId), (tx) => tx.query<{ id: string }>(
      `SELECT id FROM policy WHERE city_id = $1 AND state = 'published' AND effective_to < $2 ORDER BY effective_to`, [cityId, chinaDate(tx.at)]));
    let expired = 0;
    for (const { id } of due) {
      expired += await this.unitOfWork.run(systemActor(cityId), async (tx) => {
        const policy = await policies.lockForUpdate(tx, id);
        // Another run, or an abolition, may have been quicker.
        if (policy.state !== 'published' || !policy.effectiveTo || policy.effectiveTo >= chinaDate(tx.at)) return 0;
        await this.lifeCycle.advance(tx, id, 'expire', { details: { effectiveTo: policy.effectiveTo } });
        return 1;
      });
    }
    return expired;
  }
}

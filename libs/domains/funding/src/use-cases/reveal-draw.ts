import { type Actor, DomainError } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { ARTICLES } from '../domain/articles';
import { seedKey, select } from '../domain/draw';
import { requireStaff } from '../funding.access';
import { calls, draws } from '../persistence/repositories';

/** Writes down the seed once it is public, and computes the order of the whole pool from it. Once: a seed is never replaced. */
@Injectable()
export class RevealDraw {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, callId: string, seed: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const call = await calls.lockForUpdate(tx, callId);
      requireStaff(actor, 'funding.manage', call);
      const found = await draws.findOne(tx, { callId: call.id });
      if (!found) throw DomainError.conflict('funding:error.notCommitted');
      const draw = await draws.lockForUpdate(tx, found.id);
      if (draw.seed !== null) throw new DomainError('conflict', 'funding:error.alreadyRevealed', { article: ARTICLES.draw });
      if (tx.at < draw.seedAvailableAt) {
        throw new DomainError('conflict', 'funding:error.seedNotYet', { params: { at: draw.seedAvailableAt.toISOString() }, article: ARTICLES.draw });
      }
      const key = seedKey(seed);
      if (key === null) throw DomainError.invalid('funding:error.seedFormat', [{ field: 'seed', key: 'funding:error.seedFormat' }]);
      // The order of all of them, so that a replacement is the next one and never a choice.
      const selection = select(draw.pool.length, draw.pool.length, key);
      await draws.update(tx, draw.id, { seed: seed.trim(), seedKey: key, selection, revealedAt: tx.at, revealedBy: actor.accountId });
      recordAudit(tx, { action: 'funding.draw_revealed', subjectType: 'funding_call', subjectId: call.id, details: { seed, key, commitment: draw.commitment } });
    });
  }
}

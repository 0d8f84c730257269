import { DomainError, isId, sha256Hex, systemActor } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type Bucket, bucketsOf, type IntakeLimits, type Means, secondsToNextSlot, type Sender, slotOf } from '../domain/intake-limits';

export interface PostToAdmit extends Sender {
  consultationId: string;
  /** The sender's key, as the use case that follows takes it. */
  key: string;
  limits: IntakeLimits;
}

interface Standing {
  state: string;
  opens_at: Date;
  closes_at: Date;
  admitted: boolean;
}

/**
 * Lets a post in before anything of it is written (ADR 0027), in a transaction of its own: locks of counters must not be held while the post waits for its
 * commit. A key that was let in before comes in again without proof and without being counted, so that a repeated post finds its receipt.
 */
@Injectable()
export class AdmitPost {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * `prove` answers the means, or throws what is wrong with the proof; it is not asked where the consultation is not there (`not_found`), takes
   * nothing now, or has let this key in before. Refuses `too_many`, with the seconds to wait, and counts nothing then.
   */
  async run(cityId: string, post: PostToAdmit, prove: (at: Date) => Means): Promise<void> {
    if (!isId(post.consultationId)) throw DomainError.notFound();
    await this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const keyHash = sha256Hex(post.key);
      // Counts may be lost in a crash, opinions may not: the commit of a count does not wait for the disk, so that a busy row is free again at once.
      const [standing] = await tx.query<Standing>(
        `SELECT c.state, c.opens_at, c.closes_at, set_config('synchronous_commit', 'off', true) AS setting,
           EXISTS (SELECT 1 FROM intake_admission a WHERE a.city_id = $1 AND a.consultation_id = $2 AND a.key_hash = $3) AS admitted
         FROM consultation c WHERE c.city_id = $1 AND c.id = $2`, [tx.cityId, post.consultationId, keyHash]);
      if (!standing) throw DomainError.notFound();
      // Outside the window nothing is taken, and the use case that follows has the better answer: who was in time is told their receipt again.
      if (standing.admitted || standing.state !== 'open' || tx.at < standing.opens_at || tx.at >= standing.closes_at) return;
      const means = prove(tx.at);
      const [first] = await tx.query(
        `INSERT INTO intake_admission (city_id, consultation_id, key_hash, means, admitted_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING means`,
        [tx.cityId, post.consultationId, keyHash, means, tx.at]);
      if (first) await count(tx, bucketsOf(means, post, post.consultationId), post.limits);
    });
  }
}

/** One more in each bucket; what is over its limit undoes the transaction. */
async function count(tx: TenantTx, buckets: Bucket[], limits: IntakeLimits): Promise<void> {
  const rows = buckets.map((_, n) => `($1, $${2 * n + 3}, $${2 * n + 4}, $2, 1)`).join(', ');
  const counted = await tx.query<{ kind: Bucket['kind']; posts: number }>(
    `INSERT INTO intake_count (city_id, kind, subject, slot, posts) VALUES ${rows}
     ON CONFLICT (city_id, kind, subject, slot) DO UPDATE SET posts = intake_count.posts + 1 RETURNING kind, posts`,
    [tx.cityId, slotOf(tx.at), ...buckets.flatMap(({ kind, subject }) => [kind, subject])]);
  const over = counted.find(({ kind, posts }) => posts > limits[kind]);
  if (!over) return;
  const retryAfterSeconds = secondsToNextSlot(tx.at);
  throw new DomainError('too_many', `intake:error.limit.${over.kind}`, { params: { minutes: Math.ceil(retryAfterSeconds / 60) }, retryAfterSeconds });
}

import { DomainError, isId } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { type Pick, type PoolEntry, type Recusal, replays } from '../domain/draw';

export interface PublicDraw {
  callId: string;
  algorithm: string;
  pool: PoolEntry[];
  recusals: Recusal[];
  needed: number;
  commitment: string;
  committedAt: Date;
  seedSource: string;
  seedAvailableAt: Date;
  seed: string | null;
  seedKey: string | null;
  revealedAt: Date | null;
  /** Each step with the expert it picked; the first `needed` are the committee. */
  steps: (Pick & { code: string; committee: boolean })[];
  /** Whether hash, key and every step came out the same just now; null before the seed. */
  replays: boolean | null;
}

/** The draw of a call with everything needed to do it again by hand; not found before it is committed. */
export async function readPublicDraw(reader: PublicReader, cityId: string, callId: string): Promise<PublicDraw> {
  if (!isId(callId)) throw DomainError.notFound();
  const [row] = await reader.query<Omit<PublicDraw, 'steps' | 'replays'> & { selection: Pick[] | null }>(
    `SELECT call_id AS "callId", algorithm, pool, recusals, needed, commitment, committed_at AS "committedAt", seed_source AS "seedSource",
       seed_available_at AS "seedAvailableAt", seed, seed_key AS "seedKey", revealed_at AS "revealedAt", selection
     FROM expert_draw WHERE city_id = $1 AND call_id = $2`, [cityId, callId]);
  if (!row) throw DomainError.notFound();
  const { selection, ...draw } = row;
  const codes = new Map(draw.pool.map(({ no, code }) => [no, code]));
  const steps = (selection ?? []).map((pick) => ({ ...pick, code: codes.get(pick.no) ?? '', committee: pick.step <= draw.needed }));
  const done = selection && draw.seed !== null && draw.seedKey !== null;
  return { ...draw, steps, replays: done ? replays(draw, { commitment: draw.commitment, seed: draw.seed!, seedKey: draw.seedKey!, selection }) : null };
}

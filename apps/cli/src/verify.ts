import { type ChainFault, verifyCity } from '@platform/audit';
import { systemActor } from '@platform/kernel';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { withApplication } from './application';

export interface Verdict {
  ok: boolean;
  /** Number of life-cycle events and audit entries that were recomputed. */
  events: number;
  audit: number;
  firstFault: (ChainFault & { cityId: string }) | null;
}

/** Recomputes the chains of every city. */
export function verifyAll(): Promise<Verdict> {
  return withApplication(async (app) => {
    const cities = await app.get(PublicReader).query<{ id: string }>('SELECT id FROM city ORDER BY id');
    const verdict: Verdict = { ok: true, events: 0, audit: 0, firstFault: null };
    for (const { id } of cities) {
      const city = await app.get(UnitOfWork).run(systemActor(id), (tx) => verifyCity(tx));
      verdict.events += city.events;
      verdict.audit += city.audit;
      verdict.firstFault ??= city.firstFault;
    }
    return { ...verdict, ok: verdict.firstFault === null };
  });
}

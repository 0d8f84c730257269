import type { Storm } from './storm';

/** Nothing that was acknowledged is lost, nothing is there twice, everything that should follow has followed once. */
export function expectNothingLostOrDoubled({ seed, kills, stream, verdict, unasked, chains }: Storm): void {
  process.stdout.write(`faults: seed ${seed}, killed ${JSON.stringify(kills)}, ${stream.acknowledged.length} opinions acknowledged, ${stream.retries} posts repeated\n`);
  for (const [part, times] of Object.entries(kills)) expect({ part, killed: times > 0 }).toEqual({ part, killed: true });
  expect(stream.wrong).toEqual([]);
  expect(stream.acknowledged.length).toBeGreaterThan(10);
  expect(verdict).toEqual({ stored: stream.acknowledged.length, lost: [], unacknowledged: 0, doubled: [], uneven: [], waiting: 0, dead: 0 });
  expect(chains).toMatchObject({ ok: true, audit: stream.acknowledged.length });
  expect(unasked).toEqual([]);
}

import type { Storm } from './storm';

/** Nothing that was acknowledged is lost, nothing is there twice, everything that should follow has followed once. */
export function expectNothingLostOrDoubled({ seed, kills, stream, verdict, tree, seconds, unasked, chains }: Storm): void {
  process.stdout.write(`faults: seed ${seed}, killed ${JSON.stringify(kills)}, ${stream.acknowledged.length} opinions acknowledged, ${stream.retries} posts repeated in ${seconds} s, ${verdict.stored} stored, ${verdict.lost.length} lost, ${verdict.doubled.length} doubled, ${tree.size} under the root, ${tree.included} receipts hold, ${stream.late.length} refused after the close\n`);
  for (const [part, times] of Object.entries(kills)) expect({ part, killed: times > 0 }).toEqual({ part, killed: true });
  expect(stream.wrong).toEqual([]);
  expect(stream.acknowledged.length).toBeGreaterThan(10);
  expect(verdict).toEqual({ stored: stream.acknowledged.length, lost: [], unacknowledged: 0, doubled: [], uneven: [], waiting: 0, dead: 0 });
  expect(tree).toEqual({ size: stream.acknowledged.length, included: stream.acknowledged.length, missing: [], leavesGiveRoot: true });
  // The window did end while clients were posting.
  expect(stream.late.length).toBeGreaterThan(0);
  // The close and its root are two entries more, each in the audit log.
  expect(chains).toMatchObject({ ok: true, audit: stream.acknowledged.length + 2 });
  expect(unasked).toEqual([]);
}

import { randomUUID } from 'node:crypto';
import { CloseDueConsultations, PostOpinion } from '@domains/consultation';
import { anonymousActor, DomainError } from '@platform/kernel';
import { CITY, CLOSES_AT, openConsultation, openWorld, type World } from './world';

const ROUNDS = 200;
const POSTS = 4;

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

interface Row {
  id: string;
  received_at: Date;
}

it(`races ${ROUNDS} closes against posts around the closing instant: none is stored after it, none acknowledged is lost`, async () => {
  let acknowledgedAll = 0;
  let refusedAll = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    world.clock.stop('2026-09-01T12:00:00+08:00');
    const { id } = await openConsultation(world);
    // Each look at the clock stands within two milliseconds of the closing instant, before or after.
    world.clock.read = () => new Date(CLOSES_AT.getTime() + Math.floor(Math.random() * 4) - 2);
    const acknowledged: string[] = [];
    const posts = Array.from({ length: POSTS }, () => world.get(PostOpinion)
      .run(anonymousActor(CITY), id, { text: '意见', stance: 'suggest', idempotencyKey: randomUUID() })
      .then((receipt) => acknowledged.push(receipt.opinionId), (error: unknown) => {
        if (!(error instanceof DomainError) || error.key !== 'consultation:error.notOpen') throw error;
      }));
    await Promise.all([...posts, ...[1, 2].map(() => world.get(CloseDueConsultations).run(CITY))]);
    world.clock.stop(CLOSES_AT);
    await world.get(CloseDueConsultations).run(CITY);
    const rows = await world.reader.query<Row>('SELECT id, received_at FROM opinion WHERE city_id = $1 AND consultation_id = $2', [CITY, id]);
    const [closed] = await world.reader.query<{ state: string; received_count: number }>('SELECT state, received_count FROM consultation WHERE city_id = $1 AND id = $2', [CITY, id]);
    expect(rows.filter((row) => row.received_at >= CLOSES_AT)).toEqual([]);
    expect(rows.map((row) => row.id).sort()).toEqual([...acknowledged].sort());
    expect(closed).toEqual({ state: 'closed', received_count: acknowledged.length });
    acknowledgedAll += acknowledged.length;
    refusedAll += POSTS - acknowledged.length;
  }
  // Both sides of the instant were really met.
  expect(acknowledgedAll).toBeGreaterThan(ROUNDS / 10);
  expect(refusedAll).toBeGreaterThan(ROUNDS / 10);
}, 300_000);

import { randomUUID } from 'node:crypto';
import { AdmitPost, CloseConsultation, CloseDueConsultations, PostOpinion, PublishedTrees, receiptFile } from '@domains/consultation';
import { anonymousActor, DomainError, systemActor } from '@platform/kernel';
import { CITY, CLOSES_AT, openConsultation, openWorld, type World } from './world';

/** `npm run race` sets 1,000. */
const ROUNDS = Number(process.env['RACE_ROUNDS'] ?? 100);
const POSTS = 4;
const LIMITS = { account: 1000, network: 1e9, question: 1000, consultation: 1000 };

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

interface Row {
  id: string;
  received_at: Date;
}

interface Tally {
  acknowledged: number;
  refused: number;
}

const notOpen = (error: unknown): boolean => error instanceof DomainError && error.key === 'consultation:error.notOpen';
/** A close before the instant, or after another close. */
const notNow = (error: unknown): boolean => error instanceof DomainError && error.problem === 'conflict';

/** What closes: the worker's schedule in two workers at once, or a person of the department beside a worker. */
const CLOSERS: Readonly<Record<string, (id: string) => Promise<unknown>[]>> = {
  'the worker, at the closing instant': () => [1, 2].map(() => world.get(CloseDueConsultations).run(CITY)),
  'the department, by its button': (id) => [world.get(CloseConsultation).run(world.people.drafter, id).catch((error: unknown) => {
    if (!notNow(error)) throw error;
  }), world.get(CloseDueConsultations).run(CITY)],
};

/** One post as the website lets it in and takes it. Answers its receipt, or null where it came too late. */
async function post(id: string): Promise<{ opinionId: string; code: string } | null> {
  const key = randomUUID();
  try {
    await world.get(AdmitPost).run(CITY, { consultationId: id, key, limits: LIMITS, accountId: null, network: 'one network' }, () => 'work');
    return await world.get(PostOpinion).run(anonymousActor(CITY), id, { text: '意见', stance: 'suggest', idempotencyKey: key });
  } catch (error) {
    if (notOpen(error)) return null;
    throw error;
  }
}

async function round(close: (id: string) => Promise<unknown>[], tally: Tally): Promise<void> {
  world.clock.stop('2026-09-01T12:00:00+08:00');
  const { id } = await openConsultation(world);
  // Each look at the clock stands a millisecond before the closing instant, at it, or a millisecond after.
  world.clock.read = () => new Date(CLOSES_AT.getTime() + Math.floor(Math.random() * 3) - 1);
  const posts = Array.from({ length: POSTS }, () => post(id));
  await Promise.all([...posts, ...close(id)]);
  world.clock.stop(CLOSES_AT);
  await world.get(CloseDueConsultations).run(CITY);
  const acknowledged = (await Promise.all(posts)).filter((receipt) => receipt !== null);
  const rows = await world.reader.query<Row>('SELECT id, received_at FROM opinion WHERE city_id = $1 AND consultation_id = $2', [CITY, id]);
  const [closed] = await world.reader.query<{ state: string; received_count: number }>('SELECT state, received_count FROM consultation WHERE city_id = $1 AND id = $2', [CITY, id]);
  expect(rows.filter((row) => row.received_at >= CLOSES_AT)).toEqual([]);
  expect(rows.map((row) => row.id).sort()).toEqual(acknowledged.map(({ opinionId }) => opinionId).sort());
  expect(closed).toEqual({ state: 'closed', received_count: acknowledged.length });
  const tree = await world.get(PublishedTrees).tree(CITY, id);
  expect(tree?.size).toBe(acknowledged.length);
  for (const { code } of acknowledged) {
    const { leafHash } = await world.work.run(systemActor(CITY), (tx) => receiptFile(tx, code));
    expect(tree?.indexOf(Buffer.from(leafHash, 'hex'))).not.toBeNull();
  }
  tally.acknowledged += acknowledged.length;
  tally.refused += POSTS - acknowledged.length;
}

it.each(Object.entries(CLOSERS))(`races posts against a close by %s: acknowledged = stored = under the root, and nothing after the close`, async (name, close) => {
  const tally: Tally = { acknowledged: 0, refused: 0 };
  const rounds = Math.ceil(ROUNDS / 2);
  for (let n = 0; n < rounds; n += 1) await round(close, tally);
  if (ROUNDS > 100) process.stdout.write(`race by ${name}: ${rounds} rounds, ${tally.acknowledged} acknowledged, stored and under the root, ${tally.refused} refused and not stored\n`);
  // Both sides of the instant were really met.
  expect(tally.acknowledged).toBeGreaterThan(rounds / 10);
  expect(tally.refused).toBeGreaterThan(rounds / 10);
}, 3_600_000);

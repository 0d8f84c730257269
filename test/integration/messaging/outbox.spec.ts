import { BullDispatcher, type Dispatcher, emit, EventProcessor, HandlerRegistry, LocalDispatcher, OutboxRelay, rerunDeadEvent } from '@platform/messaging';
import { notify } from '@platform/notify';
import { systemActor } from '@platform/kernel';
import Redis from 'ioredis';
import { type TestApp, startTestApp } from '../../support/app';
import { describeWithRedis } from '../../support/capabilities';
import { makeCity, type TestCity } from '../../support/people';

let web: TestApp;
let city: TestCity;
let failures = 0;
beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
  web.app.get(HandlerRegistry).register({
    name: 'test.notify', types: ['test.happened.v1'],
    handle: (tx, event) => notify(tx, { accountId: city.departments[0].people.drafter.accountId, effectKey: `n/${event.payload['n']}`, messageKey: 'common:product' }),
  });
  web.app.get(HandlerRegistry).register({
    name: 'test.stumble', types: ['test.stumbles.v1'],
    handle: async () => {
      failures += 1;
      if (failures <= 10) throw new Error('not yet');
    },
  });
});
afterAll(() => web.close());

const emitMany = (count: number, from = 0) => web.unitOfWork.run(city.departments[0].people.drafter, async (tx) => {
  for (let n = 0; n < count; n += 1) await emit(tx, { type: 'test.happened.v1', payload: { n: String(from + n) } });
});
const relay = (dispatcher: Dispatcher = new LocalDispatcher(web.app.get(EventProcessor)), leaseSeconds = 30) =>
  new OutboxRelay(web.unitOfWork, dispatcher, { cities: async () => [city.id], clock: web.clock, onError: () => undefined, idleMs: 20, leaseSeconds });
const count = async (sql: string): Promise<number> =>
  Number((await web.unitOfWork.run(systemActor(city.id), (tx) => tx.query<{ n: string }>(sql, [city.id])))[0]?.n);
const effects = () => count('SELECT count(*) AS n FROM notification WHERE city_id = $1');
const open = () => count('SELECT count(*) AS n FROM outbox WHERE city_id = $1 AND done_at IS NULL');

async function until(condition: () => Promise<boolean>, seconds = 20): Promise<void> {
  for (const end = performance.now() + seconds * 1000; !(await condition()); ) {
    if (performance.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('an event whose transaction fails never existed', async () => {
  await expect(web.unitOfWork.run(city.departments[0].people.drafter, async (tx) => {
    await emit(tx, { type: 'test.happened.v1', payload: { n: 'ghost' } });
    throw new Error('no');
  })).rejects.toThrow('no');
  expect(await open()).toBe(0);
});

test('three relays side by side give each event its one effect', async () => {
  await emitMany(60);
  await Promise.all([relay().sweep(), relay().sweep(), relay().sweep()]);
  while (await open()) await relay().sweep();
  expect(await effects()).toBe(60);
});

test('an event that is delivered five times at once has one effect', async () => {
  await emitMany(1, 1000);
  const [row] = await web.unitOfWork.run(systemActor(city.id), (tx) => tx.query<{ id: string }>('SELECT id FROM outbox WHERE city_id = $1 AND done_at IS NULL', [city.id]));
  const processor = web.app.get(EventProcessor);
  await Promise.all(Array.from({ length: 5 }, () => processor.process(city.id, row?.id ?? '')));
  expect(await effects()).toBe(61);
  expect(await open()).toBe(0);
});

test('a worker that dies with a claim delays the event by its lease and no more', async () => {
  await emitMany(1, 2000);
  // Claimed and never handled: what a kill leaves behind.
  const dead = relay({ dispatch: async () => undefined, close: async () => undefined });
  expect(await dead.sweep()).toBe(1);
  expect(await relay().sweep()).toBe(0);
  web.clock.set(new Date(web.clock.now().getTime() + 31_000));
  expect(await relay().sweep()).toBe(1);
  expect(await effects()).toBe(62);
});

test('failures are tried again with growing pauses, then lie in the dead letters, and can be run again', async () => {
  await web.unitOfWork.run(city.departments[0].people.drafter, (tx) => emit(tx, { type: 'test.stumbles.v1', payload: {} }));
  for (let n = 0; n < 10; n += 1) {
    await relay().sweep();
    web.clock.set(new Date(web.clock.now().getTime() + 700_000));
  }
  expect(failures).toBe(10);
  const [dead] = await web.unitOfWork.run(systemActor(city.id), (tx) =>
    tx.query<{ id: string; last_error: string }>('SELECT id, last_error FROM outbox WHERE city_id = $1 AND dead_at IS NOT NULL', [city.id]));
  expect(dead?.last_error).toContain('not yet');
  expect(await relay().sweep()).toBe(0);
  await web.unitOfWork.run(systemActor(city.id), (tx) => rerunDeadEvent(tx, dead?.id ?? ''));
  await relay().sweep();
  expect(await open()).toBe(0);
});

describeWithRedis('with Bull', () => {
  test('a Redis that is emptied in mid-work loses nothing and doubles nothing', async () => {
    const url = process.env.TEST_REDIS_URL as string;
    const redis = new Redis(url);
    const before = await effects();
    const options = { prefix: `test-${process.pid}` };
    const queue = new BullDispatcher(url, web.app.get(EventProcessor), options);
    // Leases in the test's standing clock: moved on by the test whenever it waits.
    const running = relay(queue, 5);
    await emitMany(200, 3000);
    running.start();
    for (let n = 0; n < 5; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      await redis.flushall();
    }
    await until(async () => {
      web.clock.set(new Date(web.clock.now().getTime() + 6_000));
      await new Promise((resolve) => setTimeout(resolve, 100));
      return (await open()) === 0;
    }, 40);
    await running.stop();
    redis.disconnect();
    expect(await effects()).toBe(before + 200);
  });
});

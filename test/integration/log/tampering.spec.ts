import { randomInt } from 'node:crypto';
import type { Checkpoint } from '@platform/merkle-log';
import { Dice } from '../../support/campaigns/random';
import { type LogCity, openLogCity, seenBy, textOf, verified } from './log-city';
import { Intruder } from './tamper';

/** How many; `TAMPERINGS=1000` is what the evidence states. */
const COUNT = Number(process.env.TAMPERINGS ?? 150);
const SEED = Number(process.env.TAMPERING_SEED ?? randomInt(2 ** 31));
jest.setTimeout(20_000 + COUNT * 500);

let city: LogCity;
let checkpoint: Checkpoint;
beforeAll(async () => {
  city = await openLogCity();
  await city.write(new Dice(1), 120);
  checkpoint = (await city.take()) as Checkpoint;
});
afterAll(() => city.close());

test(`${COUNT} random tamperings in the database are all found against a checkpoint exported before (seed ${SEED})`, async () => {
  expect(await verified(await city.exported(), [checkpoint])).toMatchObject({ valid: true, covered: checkpoint.size, pending: 0 });
  const dice = new Dice(SEED);
  const intruder = new Intruder(city.intruder, city.cityId, dice, [city.drafting, city.other]);
  const [missed, kinds, reasons]: [string[], Map<string, number>, Map<string, number>] = [[], new Map(), new Map()];
  const count = (map: Map<string, number>, key: string): unknown => map.set(key, (map.get(key) ?? 0) + 1);
  for (let n = 0; n < COUNT; n += 1) {
    await city.intruder.query('BEGIN');
    try {
      const deed = await intruder.act();
      const verdict = await verified(await textOf(seenBy(city.intruder, city.cityId)), [checkpoint]);
      count(kinds, deed.split(':')[0] as string);
      count(reasons, verdict.reason);
      if (verdict.valid) missed.push(`${n}: ${deed}`);
    } finally {
      await city.intruder.query('ROLLBACK');
    }
  }
  process.stdout.write(`tamperings: seed ${SEED}, ${JSON.stringify(Object.fromEntries(kinds))}, found by ${JSON.stringify(Object.fromEntries(reasons))}\n`);
  expect(missed).toEqual([]);
  expect(await verified(await city.exported(), [checkpoint])).toMatchObject({ valid: true });
});

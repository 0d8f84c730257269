import { randomInt } from 'node:crypto';
import { effectiveChanges, effectiveExport, effectiveList } from '@domains/ledger';
import { PublicReader } from '@platform/persistence';
import { Client } from 'pg';
import { Dice } from '../../support/campaigns/random';
import { openSmallCity, type SmallCity } from '../../support/small-city';
import { dayOf, DAYS, histories, type History } from '../../support/validity/histories';
import { insertHistories } from '../../support/validity/insert';
import { effectiveLists, type OracleRow } from '../../support/validity/oracle';

/** `EFFECTIVE_DATES=1000` is what the evidence states. */
const DATES = Number(process.env.EFFECTIVE_DATES ?? 60);
const POLICIES = 5000;
const SEED = Number(process.env.EFFECTIVE_SEED ?? randomInt(2 ** 31));
const CITY = '990301';
jest.setTimeout(120_000 + DATES * 1000);

let city: SmallCity;
let reader: PublicReader;
let all: History[];
let lists: Map<number, OracleRow[]>;
const dice = new Dice(SEED);

beforeAll(async () => {
  city = await openSmallCity();
  reader = city.app.get(PublicReader);
  all = histories(dice, POLICIES);
  const client = new Client({ connectionString: city.ownerUrl });
  await client.connect();
  try {
    await insertHistories(client, dice, CITY, all);
  } finally {
    await client.end();
  }
  // The days on which something happens are where a mistake of one day shows.
  const turning = [...all.flatMap(({ from, to, deeds }) => [from, (to ?? 0) + 1, ...deeds.flatMap((deed) => [deed.day, 'on' in deed ? deed.on : deed.until])])].filter((day) => day <= DAYS);
  const days = new Set<number>([0, DAYS]);
  while (days.size < DATES) days.add(dice.chance(0.5) ? dice.between(0, DAYS) : dice.pick(turning));
  lists = effectiveLists(all, days);
}, 120_000);
afterAll(() => city.close());

test(`the effective list equals a day-by-day simulation on ${DATES} dates over ${POLICIES} policies (seed ${SEED})`, async () => {
  const deeds = all.flatMap((policy) => policy.deeds.map(({ kind }) => kind));
  const count = Object.fromEntries([...new Set(deeds)].map((kind) => [kind, deeds.filter((one) => one === kind).length]));
  const times: number[] = [];
  let rows = 0;
  for (const [day, expected] of lists) {
    const start = performance.now();
    const found = await effectiveExport(reader, CITY, dayOf(day));
    times.push(performance.now() - start);
    rows += found.length;
    expect({ day: dayOf(day), list: found.map((item) => ({ id: item.id, number: item.documentNumber, title: item.title, from: item.effectiveFrom, to: item.to, amendedBy: item.amendedBy, repealed: item.repealed.map(({ label }) => label).sort() })) })
      .toEqual({ day: dayOf(day), list: expected });
  }
  times.sort((a, b) => a - b);
  const pages: number[] = [];
  for (let n = 0; n < 100; n += 1) {
    const start = performance.now();
    await effectiveList(reader, CITY, dayOf(dice.between(0, DAYS)));
    pages.push(performance.now() - start);
  }
  pages.sort((a, b) => a - b);
  process.stdout.write(`effective list: seed ${SEED}, ${JSON.stringify(count)}, ${rows} rows; whole list median ${times[times.length >> 1]?.toFixed(0)} ms, page p95 ${pages[94]?.toFixed(1)} ms\n`);
});

test('the differences of two dates are those of their lists, and each says why', async () => {
  const days = [...lists.keys()].sort((a, b) => a - b);
  for (let n = 0; n < Math.min(40, days.length); n += 1) {
    const [from, to] = [dice.pick(days), dice.pick(days)].sort((a, b) => a - b) as [number, number];
    const [before, after] = [from, to].map((day) => new Map((lists.get(day) ?? []).map((row) => [row.id, row])));
    const { began, ended, altered, cut } = await effectiveChanges(reader, CITY, dayOf(from), dayOf(to));
    const ids = (rows: readonly { id: string }[]): string[] => [...new Set(rows.map(({ id }) => id))].sort();
    expect([cut, ids(began), ids(ended)]).toEqual([false, [...(after?.keys() ?? [])].filter((id) => !before?.has(id)).sort(), [...(before?.keys() ?? [])].filter((id) => !after?.has(id)).sort()]);
    const changed = [...(after?.values() ?? [])].filter((row) => {
      const old = before?.get(row.id);
      return old && (row.amendedBy.join() !== old.amendedBy.join() || row.repealed.join() !== old.repealed.join());
    });
    expect(ids(altered.filter(({ what }) => what !== 'extended'))).toEqual(ids(changed));
    for (const one of ended) {
      const policy = all.find(({ id }) => id === one.id) as History;
      const end = policy.deeds.find(({ kind }) => kind === 'abolished' || kind === 'replaced') as { on: number } | undefined;
      const last = policy.deeds.reduce<number | null>((to_, deed) => (deed.kind === 'extended' ? deed.until : to_), policy.to);
      expect([one.id, one.on]).toEqual([one.id, dayOf(Math.min(end?.on ?? Infinity, last === null ? Infinity : last + 1))]);
    }
  }
});

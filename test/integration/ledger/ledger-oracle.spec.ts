import { randomInt } from 'node:crypto';
import { effectiveExport, ledgerExport, type LedgerFilter, ledgerList, type LedgerRow, publicLedger, publicLedgerExport } from '@domains/ledger';
import type { Actor } from '@platform/kernel';
import { PublicReader } from '@platform/persistence';
import { Client } from 'pg';
import { Dice } from '../../support/campaigns/random';
import { openSmallCity, type SmallCity } from '../../support/small-city';
import { dayOf, DAYS, histories } from '../../support/validity/histories';
import { insertHistories } from '../../support/validity/insert';
import { type LedgerOracleRow, ledgers } from '../../support/validity/ledger-oracle';
import { insertLives, type Life, lives } from '../../support/validity/lives';

/** `LEDGER_DATES=500` is what the evidence states. */
const DATES = Number(process.env.LEDGER_DATES ?? 12);
const [POLICIES, DRAFTS] = [4200, 800];
const SEED = Number(process.env.LEDGER_SEED ?? randomInt(2 ** 31));
const CITY = '990302';
jest.setTimeout(180_000 + DATES * 2000);

let city: SmallCity;
let reader: PublicReader;
let all: Life[];
let cards: Map<number, LedgerOracleRow[]>;
const dice = new Dice(SEED);
const overseer: Actor = { cityId: CITY, tenantId: null, accountId: null, name: '督查', roles: ['overseer'], scope: 'city' };

beforeAll(async () => {
  city = await openSmallCity();
  reader = city.app.get(PublicReader);
  const published = histories(dice, POLICIES);
  all = lives(dice, published, DRAFTS);
  const client = new Client({ connectionString: city.ownerUrl });
  await client.connect();
  try {
    await insertHistories(client, dice, CITY, published);
    await insertLives(client, CITY, all);
  } finally {
    await client.end();
  }
  city.clock.set(`${dayOf(DAYS)}T04:00:00Z`);
  const turning = all.flatMap(({ steps, history }) => [...steps.map(({ day }) => day), ...(history ? [history.from, (history.to ?? 0) + 1, ...history.deeds.map((deed) => ('on' in deed ? deed.on : deed.until + 1))] : [])])
    .filter((day) => day >= 0 && day <= DAYS);
  const days = new Set<number>([0, DAYS]);
  while (days.size < DATES) days.add(dice.chance(0.4) ? dice.between(0, DAYS) : dice.pick(turning));
  cards = ledgers(all, days);
}, 240_000);
afterAll(() => city.close());

const plain = (row: LedgerRow): LedgerOracleRow => ({
  id: row.id, state: row.state, validity: row.validity, number: row.documentNumber, from: row.effectiveFrom, to: row.effectiveTo, endedOn: row.endedOn, lastDay: row.lastDay, amendedBy: row.amendedBy,
  repealed: row.repealed.map(({ label }) => label).sort(), flags: [...row.flags].sort(), calls: row.calls,
});
const byId = (rows: readonly LedgerRow[]): LedgerOracleRow[] => rows.map(plain).sort((a, b) => (a.id < b.id ? -1 : 1));
const read = (filter: LedgerFilter): Promise<LedgerRow[]> => city.unitOfWork.run(overseer, async (tx) => (await ledgerExport(tx, filter)).rows);
const p95 = (times: number[]): string => (times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0).toFixed(0);

test(`the ledger of ${DATES} days over ${POLICIES + DRAFTS} lives equals the cards of a clerk, and what holds in it is the effective list (seed ${SEED})`, async () => {
  let rows = 0;
  for (const [day, expected] of cards) {
    const found = await read({ on: dayOf(day) });
    rows += found.length;
    expect({ day: dayOf(day), rows: byId(found) }).toEqual({ day: dayOf(day), rows: expected });
    const effective = (await effectiveExport(reader, CITY, dayOf(day))).map(({ id, to, amendedBy }) => [id, to, amendedBy.join()]).sort();
    expect(found.filter(({ validity }) => validity === 'in_force').map(({ id, lastDay, amendedBy }) => [id, lastDay, amendedBy.join()]).sort()).toEqual(effective);
  }
  process.stdout.write(`ledger: seed ${SEED}, ${cards.size} days, ${rows} rows, ${all.reduce((sum, { steps }) => sum + steps.length, 0)} events\n`);
});

test('a filter keeps what the cards say, in its order, and pages give every row once', async () => {
  const times: number[] = [];
  const days = [...cards.keys()];
  for (let n = 0; n < 24; n += 1) {
    const day = dice.pick(days);
    const expected = cards.get(day) ?? [];
    const [state, validity, flag] = [dice.pick(['published', 'drafting', 'expired', 'withdrawn', '']), dice.pick(['', '', 'in_force', 'abolished', 'lapsed']), dice.pick(['', '', 'amended', 'partly_repealed', 'extended', 'evaluated', 'funded'])];
    const [from, to] = [dice.between(0, DAYS), dice.between(0, DAYS)].sort((a, b) => a - b).map(dayOf) as [string, string];
    const ranged = dice.chance(0.5);
    const sort = dice.pick(['begun', 'moved', 'published', 'expires', 'number', 'title'] as const);
    const filter: LedgerFilter = { on: dayOf(day), state, validity, flags: flag ? [flag] : [], ...(ranged ? { expiresFrom: from, expiresTo: to } : {}), sort };
    const wanted = expected.filter((row) => (!state || row.state === state) && (!validity || row.validity === validity) && (!flag || row.flags.includes(flag)) && (!ranged || (row.lastDay !== null && row.lastDay >= from && row.lastDay <= to)));
    const found = await read(filter);
    expect([filter, byId(found)]).toEqual([filter, wanted]);
    const ids: string[] = [];
    for (let after: string | null = ''; after !== null && ids.length < 100;) {
      const start = performance.now();
      const page: Awaited<ReturnType<typeof ledgerList>> = await city.unitOfWork.run(overseer, (tx) => ledgerList(tx, { ...filter, after: after ?? undefined }));
      times.push(performance.now() - start);
      ids.push(...page.items.map(({ id }) => id));
      expect(page.total).toBe(page.items.length === 0 ? 0 : wanted.length);
      after = page.next;
    }
    expect(ids).toEqual(found.slice(0, ids.length).map(({ id }) => id));
  }
  process.stdout.write(`ledger page over ${all.length} policies: ${times.length} pages, p95 ${p95(times)} ms\n`);
});

test('what expires within some months is counted from the end of its month, as people do', async () => {
  const [day, rows] = [...cards][1] ?? [0, []];
  const on = dayOf(day);
  for (const months of [1, 3, 6, 12]) {
    const found = new Set((await read({ on, expiringMonths: months })).map(({ id }) => id));
    for (const row of rows) {
      const running = row.validity === 'in_force' || row.validity === 'not_yet_effective';
      expect([row.id, found.has(row.id)]).toEqual([row.id, running && row.lastDay !== null && row.lastDay >= on && monthsBefore(row.lastDay, months) <= on]);
    }
  }
});

/** The same day so many months before, or the last of its month. */
function monthsBefore(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}

test('everybody sees the public part of it, and a department its own', async () => {
  const day = DAYS;
  const open = new Set(all.filter(({ history, steps }) => history !== null || steps.some(({ to }) => to === 'consulting')).map(({ id }) => id));
  const { rows } = await publicLedgerExport(reader, CITY, { on: dayOf(day) }, new Date(`${dayOf(day)}T04:00:00Z`));
  expect(byId(rows)).toEqual((cards.get(day) ?? []).filter(({ id }) => open.has(id)));
  const [department] = await city.unitOfWork.run(overseer, (tx) => tx.query<{ id: string }>(`SELECT id FROM department WHERE city_id = $1 AND name = '局3'`, [CITY]));
  const own: Actor = { ...overseer, tenantId: department?.id ?? '', roles: ['drafter'], scope: 'own' };
  const seen = await city.unitOfWork.run(own, async (tx) => (await ledgerExport(tx, { on: dayOf(day) })).rows);
  expect(byId(seen)).toEqual((cards.get(day) ?? []).filter(({ id }) => all.find((life) => life.id === id)?.department === 3));
  const times: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const start = performance.now();
    await publicLedger(reader, CITY, { on: dayOf(dice.between(0, DAYS)) }, new Date(`${dayOf(day)}T04:00:00Z`));
    times.push(performance.now() - start);
  }
  process.stdout.write(`public ledger page: p95 ${p95(times)} ms\n`);
});

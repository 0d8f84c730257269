import { randomInt } from 'node:crypto';
import { MeasureRegistry, MEASURES } from '@core/policy';
import { CloseScores, scoreCards, scoreFrame } from '@domains/ledger';
import { type Actor, systemActor } from '@platform/kernel';
import { Client } from 'pg';
import { playDemonstration } from '../../../apps/cli/src/seed/seed';
import { startTestApp, type TestApp } from '../../support/app';
import { Dice } from '../../support/campaigns/random';
import { makeCity, type TestCity } from '../../support/people';
import { insertLives } from '../../support/scorecard/lives';
import { type OracleFigure, oracleFigures, type OracleRules } from '../../support/scorecard/oracle';

const SEED = Number(process.env.SCORECARD_SEED ?? randomInt(2 ** 31));
const POLICIES = Number(process.env.SCORECARD_POLICIES ?? 1000);
const PERIODS = { '2025': ['2025-01-01', '2025-12-31'], '2025Q1': ['2025-01-01', '2025-03-31'], '2025Q2': ['2025-04-01', '2025-06-30'], '2025Q3': ['2025-07-01', '2025-09-30'], '2025Q4': ['2025-10-01', '2025-12-31'],
  '2026': ['2026-01-01', '2026-12-31'], '2026Q1': ['2026-01-01', '2026-03-31'] } as const;
const LABELS = Object.keys(PERIODS) as (keyof typeof PERIODS)[];
jest.setTimeout(240_000);

/** Figures of the product, as somebody who oversees the city reads them. */
async function productFigures({ app, unitOfWork }: TestApp, cityId: string, label: string, reader: Actor = { ...systemActor(cityId), scope: 'city' }): Promise<OracleFigure[]> {
  const cards = await unitOfWork.run(reader, async (tx) => scoreCards(tx, app.get(MeasureRegistry), await scoreFrame(tx, label)));
  return cards.flatMap(({ departmentId, figures }) => MEASURES.flatMap((measure) => (figures[measure] ? [{ department: departmentId, measure, ...figures[measure] }] : [])))
    .sort((a, b) => (`${a.department}${a.measure}` < `${b.department}${b.measure}` ? -1 : 1));
}

describe(`figures of the scorecard against an independent query over ${POLICIES} random lives (seed ${SEED})`, () => {
  let server: TestApp;
  let city: TestCity;
  let client: Client;
  let departments: string[];
  let rules: OracleRules;

  beforeAll(async () => {
    server = await startTestApp({ at: '2026-06-15T10:00:00+08:00' });
    city = await makeCity(server);
    client = new Client({ connectionString: server.database.ownerUrl });
    await client.connect();
    await client.query(`UPDATE city SET rule_pack = 'GD' WHERE id = $1`, [city.id]);
    const [{ people }] = city.departments;
    departments = city.departments.map(({ id }) => id);
    for (let n = 0; n < 4; n += 1) {
      const { rows } = await client.query<{ id: string }>(`INSERT INTO department (city_id, id, name, name_en, short_name, document_code) VALUES ($1, gen_random_uuid(), $2, $2, $2, $2) RETURNING id`, [city.id, `局${n}`]);
      departments.push(rows[0]?.id ?? '');
    }
    await insertLives(client, new Dice(SEED), { cityId: city.id, departments, drafter: people.drafter.accountId, head: people.department_head.accountId }, POLICIES, server.clock.now().getTime());
    rules = { special: departments[0] ?? '', months: null, interpretationDays: { special: 3, others: 3 }, years: null };
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await server.close();
  });

  const compare = async (): Promise<Record<string, OracleFigure[]>> => {
    const found: Record<string, OracleFigure[]> = {};
    for (const label of LABELS) {
      const [from, to] = PERIODS[label];
      found[label] = await productFigures(server, city.id, label);
      expect({ label, figures: found[label] }).toEqual({ label, figures: await oracleFigures(client, city.id, from, to, '2026-06-15', rules) });
    }
    return found;
  };

  test('are the same while rules cited from memory are not confirmed: those mark nobody down', async () => {
    const found = await compare();
    // Something of everything, met and missed; else the comparison would say little.
    for (const measure of MEASURES) {
      const own = (found['2025'] ?? []).filter((one) => one.measure === measure);
      expect([measure, own.some(({ met }) => met > 0), own.some(({ met, counted }) => met < counted)]).toEqual([measure, true, true]);
    }
  });

  test('are for a department that reads its own what they are for who oversees the city', async () => {
    for (const { id, people } of city.departments) {
      for (const label of ['2025', '2025Q3', '2026']) {
        expect(await productFigures(server, city.id, label, people.drafter)).toEqual((await productFigures(server, city.id, label)).filter(({ department }) => department === id));
      }
    }
  });

  test('are the same once they are confirmed and one department has stricter days', async () => {
    const [{ people }] = city.departments;
    for (const param of ['nrd.validity', 'nrd.validity.GD']) {
      await client.query(`INSERT INTO statute_confirmation (city_id, param_id, version_from, text_source, confirmed_by, confirmed_at) VALUES ($1, $2, '2021-01-01', '公报', $3, '2024-01-01')`, [city.id, param, people.overseer.accountId]);
    }
    for (const [param, field, value] of [['nrd.validity', 'assess_before_m', 9], ['interp', 'max', 1]] as const) {
      await client.query(
        `INSERT INTO statute_override (city_id, id, tenant_id, param_id, field, value, unit, source, valid_from, set_by, set_at, confirmed_by, confirmed_at)
         VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, NULL, '本局', '2022-01-01', $6, '2022-01-01', $7, '2022-01-02')`,
        [city.id, departments[0], param, field, value, people.department_head.accountId, people.overseer.accountId]);
    }
    const before = await productFigures(server, city.id, '2025');
    rules = { special: departments[0] ?? '', months: { special: 9, others: 6 }, interpretationDays: { special: 1, others: 3 }, years: { usual: 5, trial: 3 } };
    const after = (await compare())['2025'];
    expect(after).toEqual(before);
    expect(after?.filter(({ measure }) => measure === 'evaluation').reduce((sum, { counted }) => sum + counted, 0)).toBeGreaterThan(50);
  });

  test('of a closed period are the same as at the close, whatever the records say later', async () => {
    await server.app.get(CloseScores).run(city.departments[0].people.overseer, '2025');
    const [from, to] = PERIODS['2025'];
    const oracle = await oracleFigures(client, city.id, from, to, '2026-06-15', rules);
    expect(await productFigures(server, city.id, '2025')).toEqual(oracle);
    await client.query(`UPDATE policy SET ended_on = '2025-06-01' WHERE city_id = $1 AND tenant_id = $2 AND state = 'published'`, [city.id, departments[1]]);
    expect(await oracleFigures(client, city.id, from, to, '2026-06-15', rules)).not.toEqual(oracle);
    expect(await productFigures(server, city.id, '2025')).toEqual(oracle);
  });
});

test('figures of the demonstration are those of the independent query', async () => {
  const server = await startTestApp({ at: '2020-11-02T08:00:00+08:00' });
  const client = new Client({ connectionString: server.database.ownerUrl });
  await client.connect();
  try {
    await playDemonstration(server.app, server.clock, { password: 'policyloop-demo', say: () => undefined });
    const now = new Date(server.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const rules: OracleRules = { special: '00000000-0000-0000-0000-000000000000', months: null, interpretationDays: { special: 3, others: 3 }, years: null };
    const all: OracleFigure[] = [];
    for (const cityId of ['999901', '999902']) {
      for (const [label, from, to] of [['2024', '2024-01-01', '2024-12-31'], ['2025Q3', '2025-07-01', '2025-09-30'], ['2026', '2026-01-01', '2026-12-31']] as const) {
        const found = await productFigures(server, cityId, label);
        expect({ cityId, label, found }).toEqual({ cityId, label, found: await oracleFigures(client, cityId, from, to, now, rules) });
        all.push(...found);
      }
    }
    expect(new Set(all.map(({ measure }) => measure)).size).toBeGreaterThanOrEqual(4);
  } finally {
    await client.end();
    await server.close();
  }
});

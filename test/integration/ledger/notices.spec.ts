import { monthsBefore, SendReminders } from '@core/policy';
import { DecideValidity, OpenAbolition, ProposeValidity } from '@domains/ledger';
import type { Actor } from '@platform/kernel';
import fc from 'fast-check';
import { Client } from 'pg';
import { openSmallCity, type SmallCity } from '../../support/small-city';

let city: SmallCity;
let [drafter, head]: Actor[] = [];
beforeAll(async () => {
  city = await openSmallCity();
  [drafter, head] = [await city.person(['drafter']), await city.person(['department_head'])];
  await city.person(['department_head'], city.other);
});
afterAll(() => city.close());

const remindOn = async (day: string): Promise<void> => {
  city.clock.set(`${day}T01:00:00Z`);
  await city.get(SendReminders).run(city.cityId);
};
/** Who was told what of a policy: the head, and the one who answers for it. */
const told = async (policyId: string, account = head?.accountId): Promise<string[]> => (await city.sql<{ key: string }>(
  `SELECT message_key || ' ' || (params ->> 'due') AS key FROM notification WHERE city_id = $1 AND effect_key LIKE 'notice/policy_end/' || $2 || '/%' AND account_id = $3 ORDER BY created_at, id`,
  [city.cityId, policyId, account])).map(({ key }) => key.replace('cityledger:remind.', ''));
const ending = (effectiveTo: string): Promise<string> => city.policy({ state: 'published', title: '技改办法', effectiveFrom: '2025-01-01', effectiveTo });
/** A published evaluation that keeps the policy, as far as an extension asks for it. */
const evaluated = (policyId: string): Promise<unknown> => city.sql(
  `INSERT INTO life_cycle_event (city_id, chain, seq, tenant_id, policy_id, is_public, payload, prev_hash, hash) VALUES ($1, 'policy/' || $2, 0, $3, $2::uuid, true, $4, '', '')`,
  [city.cityId, policyId, city.drafting, JSON.stringify({ actorName: '评', at: new Date(city.clock.now()).toISOString(), details: { conclusion: 'keep' }, from: 'published', name: 'evaluation_published', to: 'published' })]);

it('counts months back as the database does, to the last day of a shorter month', async () => {
  expect([['2026-08-31', 6], ['2028-08-31', 6], ['2026-12-31', 1], ['2026-03-30', 1], ['2026-01-15', 3]].map(([day, months]) => monthsBefore(day as string, months as number)))
    .toEqual(['2026-02-28', '2028-02-29', '2026-11-30', '2026-02-28', '2025-10-15']);
  const days = fc.sample(fc.record({ n: fc.nat(20_000), months: fc.integer({ min: 1, max: 24 }) }), 300).map(({ n, months }) => ({ day: new Date(Date.UTC(2000, 0, 1) + n * 86_400_000).toISOString().slice(0, 10), months }));
  const rows = await city.sql<{ day: string }>(`SELECT (r.day - make_interval(months => r.months))::date::text AS day FROM jsonb_to_recordset($1) AS r (day date, months int)`, [JSON.stringify(days)]);
  expect(days.map(({ day, months }) => monthsBefore(day, months))).toEqual(rows.map(({ day }) => day));
});

it('tells the department on the very day six months before, and again at three months and at one, once each, in however many workers', async () => {
  const id = await ending('2027-08-31');
  await remindOn('2027-02-27');
  expect(await told(id)).toEqual([]);
  city.clock.set('2027-02-28T01:00:00Z');
  await Promise.all([1, 2, 3, 4].map(() => city.get(SendReminders).run(city.cityId)));
  await remindOn('2027-03-15');
  expect(await told(id)).toEqual(['half 2027-08-31']);
  const keeper = await city.sql<{ id: string }>('SELECT responsible_id AS id FROM policy WHERE city_id = $1 AND id = $2', [city.cityId, id]);
  expect(await told(id, keeper[0]?.id)).toEqual(['half 2027-08-31']);
  await remindOn('2027-05-30');
  expect(await told(id)).toHaveLength(1);
  await remindOn('2027-05-31');
  await remindOn('2027-07-30');
  expect(await told(id)).toEqual(['half 2027-08-31', 'quarter 2027-08-31']);
  await remindOn('2027-07-31');
  await remindOn('2027-08-31');
  await remindOn('2027-09-01');
  expect(await told(id)).toEqual(['half 2027-08-31', 'quarter 2027-08-31', 'last 2027-08-31']);
  // Nobody of another department.
  const others = await city.sql(`SELECT 1 FROM notification n JOIN membership m ON m.city_id = n.city_id AND m.account_id = n.account_id WHERE n.city_id = $1 AND m.tenant_id = $2 AND n.effect_key LIKE 'notice/%'`, [city.cityId, city.other]);
  expect(others).toEqual([]);
});

it('is silent once it is answered, and begins anew with the new last day after an extension', async () => {
  const [extended, abolished, partly] = [await ending('2028-08-31'), await ending('2028-08-31'), await ending('2028-08-31')];
  for (const id of [extended, abolished, partly]) await city.version(id, ['一', '二'], drafter!);
  for (const id of [partly]) await city.sql('UPDATE policy SET current_version_id = (SELECT v.id FROM policy_version v WHERE v.city_id = $1 AND v.policy_id = $2) WHERE city_id = $1 AND id = $2', [city.cityId, id]);
  await remindOn('2028-02-29');
  for (const id of [extended, abolished, partly]) expect(await told(id)).toEqual(['half 2028-08-31']);
  city.clock.set('2028-03-10T01:00:00Z');
  await evaluated(extended);
  const matter = await city.get(ProposeValidity).run(drafter!, extended, { kind: 'extend', reason: '继续执行', newTo: '2029-06-30', clauses: [], effectOn: null });
  await city.get(OpenAbolition).run(drafter!, abolished, '目的已经实现');
  // A clause that goes does not say what becomes of the rest.
  const repeal = await city.get(ProposeValidity).run(drafter!, partly, { kind: 'partial_repeal', reason: '过时', newTo: null, clauses: ['a2'], effectOn: '2028-04-01' });
  await city.get(DecideValidity).run(head!, repeal, { decision: 'approve', reason: '同意', noticeText: '第二条废止。' });
  await remindOn('2028-05-31');
  expect([await told(extended), await told(abolished), await told(partly)]).toEqual([['half 2028-08-31'], ['half 2028-08-31'], ['half 2028-08-31', 'quarter 2028-08-31']]);
  await city.get(DecideValidity).run(head!, matter, { decision: 'approve', reason: '同意', noticeText: '延长至2029年6月30日。' });
  await remindOn('2028-07-31');
  expect([await told(extended), await told(partly)]).toEqual([['half 2028-08-31'], ['half 2028-08-31', 'quarter 2028-08-31', 'last 2028-08-31']]);
  await remindOn('2028-12-29');
  expect(await told(extended)).toEqual(['half 2028-08-31']);
  await remindOn('2028-12-30');
  expect(await told(extended)).toEqual(['half 2028-08-31', 'half 2029-06-30']);
});

it('tells everybody once when the work is cut off in the middle, and of more endings than a desk lists', async () => {
  await city.sql(
    `INSERT INTO policy (city_id, id, tenant_id, kind, title, state, responsible_id, created_at, document_number, published_at, public_since, effective_from, effective_to)
     SELECT $1, gen_random_uuid(), $2, 'policy_document', '批量' || n, 'published', $3, now(), '云产规〔2026〕' || n || '号', '2026-01-05', '2026-01-05', '2026-01-05', '2031-03-31' FROM generate_series(1, 700) AS n`,
    [city.cityId, city.drafting, drafter?.accountId]);
  city.clock.set('2030-09-30T01:00:00Z');
  const killer = new Client({ connectionString: city.ownerUrl });
  await killer.connect();
  try {
    for (let n = 0; n < 6; n += 1) {
      const work = [city.get(SendReminders).run(city.cityId), city.get(SendReminders).run(city.cityId)].map((one) => one.catch(() => 0));
      await new Promise((resolve) => setTimeout(resolve, 20 * n));
      await killer.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = 'policyloop_app'`);
      await Promise.all(work);
    }
  } finally {
    await killer.end();
  }
  await city.get(SendReminders).run(city.cityId);
  const [sum] = await city.sql<{ notices: number; policies: number }>(
    `SELECT count(*)::int AS notices, count(DISTINCT effect_key)::int AS policies FROM notification WHERE city_id = $1 AND params ->> 'due' = '2031-03-31' AND account_id = $2`, [city.cityId, head?.accountId]);
  expect(sum).toEqual({ notices: 700, policies: 700 });
});

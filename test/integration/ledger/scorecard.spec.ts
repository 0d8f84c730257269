import { MeasureRegistry } from '@core/policy';
import { CloseScores, ConfirmScoreRules, DecideScoreAppeal, FileScoreAppeal, PublishScores, scoreAppeals, scoreCards, scoreCases, scoreFrame, SetScoreRules } from '@domains/ledger';
import { type Actor, DomainError, newId, systemActor } from '@platform/kernel';
import { databaseErrorCode } from '@platform/persistence';
import { Client } from 'pg';
import { startTestApp, type TestApp } from '../../support/app';
import { Dice } from '../../support/campaigns/random';
import { makeCity, type TestCity } from '../../support/people';
import { insertLives } from '../../support/scorecard/lives';

let server: TestApp;
let city: TestCity;
let other: TestCity;
let owner: Client;
jest.setTimeout(120_000);

const SECTIONS = { overview: '', problems: '', demands: '' };
const WEIGHTS = { consultation: 20, limits: 20, interpretation: 15, evaluation: 15, conclusions: 15, current: 15 };
const person = (role: 'overseer' | 'drafter' | 'department_head', department: 0 | 1 = 0): Actor => city.departments[department].people[role];
const use = <T>(type: new (...given: never[]) => T): T => server.app.get(type);
/** What became of acts at once: `done`, or the key of the refusal. */
const outcomes = async (acts: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(acts)).map((one) => (one.status === 'fulfilled' ? 'done' : one.reason instanceof DomainError ? one.reason.key : String(one.reason))).sort();
const refusal = async (act: Promise<unknown>): Promise<string> => (await outcomes([act]))[0] ?? '';

/** Cases that count against a department in a closed period, of its limits. */
const missed = (label: string, department: 0 | 1): Promise<string[]> => server.unitOfWork.run(person('drafter', department), async (tx) =>
  (await scoreCases(tx, server.app.get(MeasureRegistry), await scoreFrame(tx, label), city.departments[department].id, 'limits')).filter(({ standing, appealId }) => standing === 'missed' && !appealId).map(({ key }) => key));
const limits = (label: string, department: 0 | 1, reader: Actor = person('overseer')): Promise<{ met: number; counted: number } | undefined> => server.unitOfWork.run(reader, async (tx) =>
  (await scoreCards(tx, server.app.get(MeasureRegistry), await scoreFrame(tx, label), city.departments[department].id))[0]?.figures.limits);
const appeal = (label: string, caseKey: string, department: 0 | 1 = 0, idempotencyKey = newId()): Promise<string> =>
  use(FileScoreAppeal).run(person('drafter', department), { label, caseKey, reason: '理由', evidence: '/console/circulations', idempotencyKey });

beforeAll(async () => {
  server = await startTestApp({ at: '2026-02-02T10:00:00+08:00' });
  [city, other] = [await makeCity(server), await makeCity(server, '999802')];
  owner = new Client({ connectionString: server.database.ownerUrl });
  await owner.connect();
  const [{ people }] = city.departments;
  await insertLives(owner, new Dice(11), { cityId: city.id, departments: city.departments.map(({ id }) => id), drafter: people.drafter.accountId, head: people.department_head.accountId }, 150, Date.parse('2026-01-15T00:00:00+08:00'));
}, 60_000);
afterAll(async () => {
  await owner.end();
  await server.close();
});

test('of several who close a period at once one does, and its cases are there once', async () => {
  const acts = [person('overseer'), person('overseer', 1), person('overseer'), person('overseer', 1)].map((actor) => use(CloseScores).run(actor, '2025'));
  expect(await outcomes(acts)).toEqual(['done', ...Array<string>(3).fill('scorecard:error.closedAlready')]);
  const { rows } = await owner.query('SELECT count(*)::int AS periods, (SELECT count(*)::int FROM scorecard_edition WHERE city_id = $1) AS editions, (SELECT count(*) - count(DISTINCT key) FROM scorecard_case WHERE city_id = $1)::int AS twice FROM scorecard_period WHERE city_id = $1', [city.id]);
  expect(rows).toEqual([{ periods: 1, editions: 1, twice: 0 }]);
  for (const [actor, label, key] of [[person('drafter'), '2024', 'common:error.forbidden'], [person('overseer'), '2026', 'scorecard:error.running'], [person('overseer'), '2026Q7', 'common:error.notFound'], [person('overseer'), "2025' OR 1=1", 'common:error.notFound']] as const) {
    expect(await refusal(use(CloseScores).run(actor, label))).toBe(key);
  }
});

test('a period with a case that is not due yet is not closed', async () => {
  server.clock.set('2025-04-01T10:00:00+08:00');
  await owner.query(`UPDATE policy SET published_at = '2025-03-31T10:00:00+08:00' WHERE city_id = $1 AND id = (SELECT p.id FROM policy p WHERE p.city_id = $1 AND p.published_at > '2025-05-01' AND NOT EXISTS (SELECT FROM interpretation_material m WHERE m.policy_id = p.id) LIMIT 1)`, [city.id]);
  expect(await refusal(use(CloseScores).run(person('overseer'), '2025Q1'))).toBe('scorecard:error.pending');
  expect((await owner.query(`SELECT FROM scorecard_period WHERE city_id = $1 AND label = '2025Q1'`, [city.id])).rowCount).toBe(0);
  server.clock.set('2026-02-02T10:00:00+08:00');
});

test('one case takes one appeal, sent twice it is one, and another department has no part in it', async () => {
  const [first = '', second = ''] = await missed('2025', 0);
  expect(await outcomes(['a', 'b', 'c'].map((key) => appeal('2025', first, 0, key)))).toEqual(['done', 'scorecard:error.appealedAlready', 'scorecard:error.appealedAlready']);
  const [once, twice] = [await appeal('2025', second, 0, 'same'), await appeal('2025', second, 0, 'same')];
  expect(twice).toBe(once);
  for (const [act, key] of [
    [appeal('2025', first, 1), 'common:error.notFound'], [appeal('2025', 'reply/nowhere'), 'common:error.notFound'], [appeal('2024', first), 'common:error.notFound'],
    [use(FileScoreAppeal).run(other.departments[0].people.drafter, { label: '2025', caseKey: first, reason: '理由', evidence: '/x', idempotencyKey: 'x' }), 'common:error.notFound'],
    [use(FileScoreAppeal).run(person('overseer'), { label: '2025', caseKey: (await missed('2025', 0))[0] ?? '', reason: '理由', evidence: '/x', idempotencyKey: 'x' }), 'common:error.forbidden'],
  ] as const) expect(await refusal(act)).toBe(key);
  for (const evidence of ['', ' ', 'javascript:alert(1)', '//evil.example', 'ftp://x', `/${'x'.repeat(600)}`]) {
    expect([evidence.slice(0, 20), await refusal(use(FileScoreAppeal).run(person('drafter'), { label: '2025', caseKey: (await missed('2025', 0))[0] ?? '', reason: '理由', evidence, idempotencyKey: newId() }))]).toEqual([evidence.slice(0, 20), 'scorecard:error.evidence']);
  }
  const seen = await server.unitOfWork.run(person('drafter', 1), (tx) => scoreAppeals(tx));
  expect(seen).toEqual([]);
});

test('of several decisions at once one stands; decisions of different appeals each make an edition', async () => {
  const before = await limits('2025', 0);
  const [first, second] = await server.unitOfWork.run(person('overseer'), (tx) => scoreAppeals(tx, '2025'));
  const decide = (id: string | undefined, decision: 'counted' | 'excluded' | 'refused', actor = person('overseer')): Promise<void> => use(DecideScoreAppeal).run(actor, id ?? '', decision, '查实');
  expect(await outcomes([decide(first?.id, 'counted'), decide(first?.id, 'counted', person('overseer', 1)), decide(first?.id, 'counted')])).toEqual(['done', 'scorecard:error.decidedAlready', 'scorecard:error.decidedAlready']);
  const [third = ''] = await missed('2025', 0);
  const thirdId = await appeal('2025', third);
  expect(await outcomes([decide(second?.id, 'excluded'), decide(thirdId, 'counted', person('overseer', 1))])).toEqual(['done', 'done']);
  expect(await limits('2025', 0)).toEqual({ met: (before?.met ?? 0) + 2, counted: (before?.counted ?? 0) - 1 });
  const { rows } = await owner.query<{ no: number }>(`SELECT e.no FROM scorecard_edition e JOIN scorecard_period s ON s.city_id = e.city_id AND s.id = e.period_id WHERE s.city_id = $1 AND s.label = '2025' ORDER BY 1`, [city.id]);
  expect(rows.map(({ no }) => no)).toEqual([1, 2, 3, 4]);
  for (const [id, actor, key] of [['rubbish', person('overseer'), 'common:error.notFound'], [newId(), person('overseer'), 'common:error.notFound'], [first?.id, other.departments[0].people.overseer, 'common:error.notFound'], [first?.id, person('drafter'), 'common:error.forbidden']] as const) {
    expect(await refusal(decide(id, 'refused', actor))).toBe(key);
  }
});

test('who filed an appeal does not decide it, even as an overseer', async () => {
  const both: Actor = { ...person('drafter'), roles: ['drafter', 'overseer'], scope: 'city' };
  const [key = ''] = await missed('2025', 0);
  const id = await use(FileScoreAppeal).run(both, { label: '2025', caseKey: key, reason: '理由', evidence: 'https://example.cn/a', idempotencyKey: newId() });
  expect(await refusal(use(DecideScoreAppeal).run(both, id, 'counted', '是'))).toBe('scorecard:error.ownAppeal');
  await use(DecideScoreAppeal).run(person('overseer'), id, 'refused', '没有新的证据');
});

test('an open appeal holds the publication, a publication the next appeal; and published figures are everybody\'s', async () => {
  const publish = (actor: Actor, edition = 4): Promise<void> => use(PublishScores).run(actor, '2025', edition, SECTIONS);
  const closer = (await owner.query<{ id: string }>(`SELECT closed_by AS id FROM scorecard_period WHERE city_id = $1 AND label = '2025'`, [city.id])).rows[0]?.id;
  const second = person('overseer').accountId === closer ? person('overseer', 1) : person('overseer');
  const [key = '', next = ''] = await missed('2025', 1);
  const id = await appeal('2025', key, 1);
  expect(await refusal(limits('2025', 1, person('drafter')))).toBe('common:error.notFound');
  server.clock.set('2026-02-13T10:00:00+08:00');
  expect(await refusal(publish(second))).toBe('scorecard:error.appealsOpen');
  expect(await refusal(appeal('2025', next, 1))).toBe('scorecard:error.appealOver');
  await use(DecideScoreAppeal).run(person('overseer'), id, 'excluded', '重复');
  expect(await refusal(publish(second))).toBe('common:error.changedMeanwhile');
  expect(await outcomes([publish(second, 5), publish(second, 5)])).toEqual(['done', 'scorecard:error.publishedAlready']);
  expect(await limits('2025', 1, person('drafter'))).toEqual(await limits('2025', 1));
});

test('the database itself refuses to change what was closed, decided or published', async () => {
  const tries = [
    `UPDATE scorecard_case SET state = 'met' WHERE city_id = $1`, 'DELETE FROM scorecard_case WHERE city_id = $1', 'UPDATE scorecard_figure SET met = counted WHERE city_id = $1', 'UPDATE scorecard_edition SET no = 9 WHERE city_id = $1',
    `UPDATE scorecard_period SET weights = '{}' WHERE city_id = $1`, `UPDATE scorecard_period SET edition = 1 WHERE city_id = $1 AND label = '2025'`, `UPDATE scorecard_appeal SET decision = 'counted' WHERE city_id = $1 AND decision = 'refused'`,
  ];
  for (const sql of tries) expect([sql, databaseErrorCode(await owner.query(sql, [city.id]).catch((error: unknown) => error))]).toEqual([sql, '23001']);
});

test('rules of one day are confirmed once, by another person, and only while their day lies ahead', async () => {
  const set = (validFrom: string): Promise<string> => use(SetScoreRules).run(person('overseer'), { weights: { ...WEIGHTS, consultation: 30, limits: 10 }, appealDays: 7, decideDays: 7, validFrom, reason: '调整' });
  const ids = [await set('2026-04-01'), await set('2026-04-01'), await set('2026-07-01')];
  const confirm = (id: string, actor = person('overseer', 1)): Promise<void> => use(ConfirmScoreRules).run(actor, id);
  expect(await outcomes([confirm(ids[0] ?? ''), confirm(ids[1] ?? '')])).toEqual(['done', 'scorecard:error.rulesTwice']);
  expect(await refusal(confirm(ids[2] ?? '', person('overseer')))).toBe('scorecard:error.ownRules');
  expect(await refusal(confirm(ids[2] ?? '', other.departments[0].people.overseer))).toBe('common:error.notFound');
  expect(await refusal(confirm('rubbish'))).toBe('common:error.notFound');
  server.clock.set('2026-07-01T10:00:00+08:00');
  expect(await refusal(confirm(ids[2] ?? ''))).toBe('scorecard:error.begun');
  for (const bad of [{ appealDays: 0 }, { decideDays: 61 }, { weights: { ...WEIGHTS, limits: 20.5 } }, { weights: { ...WEIGHTS, limits: Number.NaN } }, { validFrom: '2027-13-01' }, { validFrom: '' }, { reason: ' ' }]) {
    expect(await refusal(use(SetScoreRules).run(person('overseer'), { weights: WEIGHTS, appealDays: 7, decideDays: 7, validFrom: '2027-01-01', reason: '调整', ...bad }))).toMatch(/^scorecard:error\./);
  }
  await use(CloseScores).run(person('overseer'), '2026Q2');
  const { rows } = await owner.query<{ weights: object; until: string }>(`SELECT weights, appeal_until::text AS until FROM scorecard_period WHERE city_id = $1 AND label = '2026Q2'`, [city.id]);
  expect(rows).toEqual([{ weights: { ...WEIGHTS, consultation: 30, limits: 10 }, until: '2026-07-08' }]);
});

test('a department without a case has no figure and no total, which is not a hundred', async () => {
  const [card] = await server.unitOfWork.run({ ...systemActor(other.id), scope: 'city' }, async (tx) => scoreCards(tx, server.app.get(MeasureRegistry), await scoreFrame(tx, '2026')));
  expect([card?.figures, card?.total]).toEqual([{}, null]);
});

import { randomUUID } from 'node:crypto';
import { CloseConsultation, ManageQuestionnaire, type PostedOpinion, publicRoot, WithdrawOpinion } from '@domains/consultation';
import { type Actor, anonymousActor, DomainError, newId, systemActor } from '@platform/kernel';
import { PublicReader } from '@platform/persistence';
import { Client } from 'pg';
import { startTestApp, type TestApp } from '../../support/app';
import { answering, askedConsultation, liveQuestionnaire, TICKED } from '../../support/asked-consultation';
import { formFields } from '../../support/challenge';
import { makeCity, type TestCity } from '../../support/people';
import { Visitor } from '../../support/visitor';

jest.setTimeout(180_000);

const START = '2026-03-02T09:00:00+08:00';
let web: TestApp;
let city: TestCity;
let elsewhere: TestCity;
let owner: Client;
beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
  elsewhere = await makeCity(web, '999802');
  owner = new Client({ connectionString: web.database.ownerUrl });
  await owner.connect();
  await owner.query(`SET app.city_id = '999801'; SET app.scope = 'system'`);
});
afterAll(async () => {
  await owner.end();
  await web.close();
});
beforeEach(() => web.clock.set(START));

const everybody = () => anonymousActor(city.id);
const answer = (token: string, { actor = everybody(), key = randomUUID(), values = TICKED as Record<string, unknown>, cityId = city.id }: { actor?: Actor; key?: string; values?: Record<string, unknown>; cityId?: string } = {}): Promise<PostedOpinion> =>
  answering(web).run({ ...actor, cityId }, token, { answers: values, shown: null, idempotencyKey: key });
const made = async () => {
  const consultation = await askedConsultation(web, city.id, city.departments[0]);
  return { ...consultation, questionnaire: await liveQuestionnaire(web, consultation.id, city.departments[0]) };
};
const count = async (table: string, where: string, value: string): Promise<number> => (await owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE city_id = '999801' AND ${where} = $1`, [value])).rows[0]?.n ?? -1;

test('the same answer sent again, and ten times at once, is one response, one opinion and one receipt', async () => {
  const { id, questionnaire: { id: questionnaireId, token } } = await made();
  const key = randomUUID();
  const first = await answer(token, { key });
  const again = await Promise.all(Array.from({ length: 10 }, () => answer(token, { key })));
  expect(new Set([first, ...again].map(({ code, opinionId }) => `${code} ${opinionId}`)).size).toBe(1);
  const fresh = randomUUID();
  const parallel = await Promise.all(Array.from({ length: 10 }, () => answer(token, { key: fresh })));
  expect(new Set(parallel.map(({ code }) => code)).size).toBe(1);
  expect([await count('opinion', 'consultation_id', id), await count('questionnaire_response', 'questionnaire_id', questionnaireId)]).toEqual([2, 2]);
  await expect(answer(token, { key, values: { ...TICKED, a_q4: '1' } })).rejects.toMatchObject({ problem: 'conflict', key: 'consultation:error.keyReused' });
});

test('an account answers once, however often at once and after taking it back; a repeated request is no second answer', async () => {
  const { id, questionnaire: { token } } = await made();
  const key = randomUUID();
  const tries = await Promise.allSettled(Array.from({ length: 8 }, (_none, at) => answer(token, { actor: city.resident, ...(at % 2 ? { key } : {}) })));
  expect(await count('opinion', 'consultation_id', id)).toBe(1);
  for (const one of tries) if (one.status === 'rejected') expect(one.reason).toMatchObject({ problem: 'conflict', key: 'questionnaire:error.answeredAlready' });
  const own = randomUUID();
  const done = await answer(token, { actor: city.enterprises[0], key: own });
  expect(await answer(token, { actor: city.enterprises[0], key: own })).toEqual(done);
  await web.app.get(WithdrawOpinion).byAuthor(city.enterprises[0], id, done.opinionId);
  await expect(answer(token, { actor: city.enterprises[0] })).rejects.toMatchObject({ key: 'questionnaire:error.answeredAlready' });
  await expect(answer(token, { actor: city.departments[0].people.drafter })).rejects.toMatchObject({ problem: 'forbidden' });
  const resident = await new Visitor(web.app).signIn(city.id, city.resident.login);
  expect((await resident.get(`/${city.id}/q/${token}`)).body).toContain('您已经填写过这份问卷');
});

test('rubbish in every field is refused with words, and what is only odd is kept harmlessly', async () => {
  const { questionnaire: { token } } = await made();
  const visitor = new Visitor(web.app);
  const path = `/${city.id}/q/${token}`;
  const post = async (values: Record<string, string | string[]>) => {
    const page = (await visitor.get(path)).body;
    const { statusCode, body } = await visitor.post(path, { ...formFields(page), _shown: 'q1 q2 q3 q4 q5', ...TICKED, ...values });
    expect(body).not.toContain('<script>alert');
    return statusCode;
  };
  for (const values of [
    { a_q1: 'c9' }, { a_q1: ['c1', 'c2'] }, { a_q1: 'other' }, { a_q1: 'other', a_q1_other: '\u202e \u200b' }, { a_q1: 'other', a_q1_other: '\u0000' }, { a_q1: 'other', a_q1_other: '字'.repeat(101) }, { a_q1: '' },
    { a_q4: '6' }, { a_q4: '-1' }, { a_q4: '4.0' }, { a_q4: '９' }, { a_q5_r1: 'c3' }, { a_q5_r1: '' }, { a_q5_r9: 'c1' }, { a_q9: 'x' }, { __proto__x: 'x' }, { constructor: 'x' }, { tenantId: newId() },
    { a_q1: 'c2', a_q2: ['c1', 'c2', 'c3'] }, { a_q1: 'c2', a_q2: 'c1', a_q3: '字'.repeat(201) }, { a_q1: 'c2', a_q2: 'c1', a_q3: ['一', '二'] }, { _key: 'x' }, { _shown: ['a', 'b'] }, { name: '字'.repeat(101) }, { name: ['a', 'b'] }, { _challenge: ['a', 'b'] }, { _answer: ['a', 'b'] }, { _challenge: '字'.repeat(5000), _solution: '9'.repeat(5000) }, { personalData: 'maybe' },
  ] as unknown as Record<string, string | string[]>[]) expect([values, await post(values)]).toEqual([values, 422]);
  expect(await post({ a_q1: 'other', a_q1_other: '<script>alert(1)</script>=cmd|\u202e\n1. 是否支持这一办法？\n→ 支持', name: '<b>' })).toBe(303);
  const { rows } = await owner.query<{ text: string }>(`SELECT text FROM opinion WHERE city_id = '999801' AND own_words LIKE '%script%'`);
  expect(rows.map(({ text }) => text.split('\n').filter((line) => line.startsWith('1. ')).length)).toEqual([1]);
  for (const bad of ['%', '../x', 'ABCDEFGHIJ', '0000000000', `${token}x`]) expect((await visitor.get(`/${city.id}/q/${encodeURIComponent(bad)}`)).statusCode).toBe(404);
});

test('no answer at or after the close, raced against it: what is acknowledged is counted, published and under the root', async () => {
  for (let round = 0; round < 25; round += 1) {
    web.clock.set(START);
    const { id, closesAt, questionnaire: { token } } = await made();
    web.clock.set(new Date(closesAt.getTime() - 1));
    const posts = Array.from({ length: 4 }, () => answer(token).then(() => 'taken' as const, (error: unknown) => {
      if (error instanceof DomainError && error.key === 'consultation:error.notOpen') return 'late' as const;
      throw error;
    }));
    web.clock.set(closesAt);
    const more = Array.from({ length: 2 }, () => answer(token).then(() => 'taken' as const, () => 'late' as const));
    const closing = web.app.get(CloseConsultation).run(city.departments[0].people.drafter, id);
    const [first, second] = [await Promise.all(posts), await Promise.all(more)];
    const { received } = await closing;
    expect(second).toEqual(['late', 'late']);
    const taken = first.filter((one) => one === 'taken').length;
    expect([received, await count('opinion', 'consultation_id', id), (await publicRoot(web.app.get(PublicReader), city.id, id))?.size]).toEqual([taken, taken, taken]);
  }
});

test('closed and answered at the same time: nothing comes in after the close, and nothing that came in is lost', async () => {
  const { id, questionnaire } = await made();
  const { drafter } = city.departments[0].people;
  const posts = Array.from({ length: 12 }, () => answer(questionnaire.token).then(() => 1, (error: unknown) => {
    expect(error).toMatchObject({ problem: 'conflict', key: 'questionnaire:error.notLive' });
    return 0;
  }));
  await web.app.get(ManageQuestionnaire).close(drafter, id, questionnaire.id);
  await expect(answer(questionnaire.token)).rejects.toMatchObject({ key: 'questionnaire:error.notLive' });
  const taken = (await Promise.all(posts)).reduce<number>((sum, one) => sum + one, 0);
  expect([await count('opinion', 'consultation_id', id), await count('questionnaire_response', 'questionnaire_id', questionnaire.id)]).toEqual([taken, taken]);
});

test('the database keeps it too: a live questionnaire, a response and whose it is', async () => {
  const { id, closesAt, questionnaire } = await made();
  const { opinionId } = await answer(questionnaire.token);
  const as = (actor: Actor, text: string, values: unknown[] = []) => web.unitOfWork.run(actor, (tx) => tx.query(text, values));
  const { drafter } = city.departments[0].people;
  for (const set of [`title = 'x'`, `definition = '{}'`, `token = '0000000000'`, `state = 'draft', live_at = NULL`]) {
    await expect(as(drafter, `UPDATE questionnaire SET ${set} WHERE city_id = $1 AND id = $2`, [city.id, questionnaire.id])).rejects.toThrow(/not changed/);
  }
  for (const text of [`UPDATE questionnaire_response SET answers = '{}' WHERE city_id = '999801'`, `DELETE FROM questionnaire_response WHERE city_id = '999801'`]) await expect(owner.query(text)).rejects.toThrow();
  await expect(owner.query(`UPDATE opinion SET own_words = 'x' WHERE city_id = '999801' AND id = $1`, [opinionId])).rejects.toThrow(/not changed/);
  const response = (tenant: string, to: string, account: string | null = null) => [city.id, newId(), tenant, to, account, randomUUID(), web.clock.now()];
  const insert = `INSERT INTO questionnaire_response (city_id, id, tenant_id, questionnaire_id, answers, account_id, idempotency_key, received_at) VALUES ($1, $2, $3, $4, '{}', $5, $6, $7)`;
  // Not for another account, not as a department, not to a questionnaire of another department or city.
  await expect(as(everybody(), insert, response(drafter.tenantId, questionnaire.id, city.resident.accountId))).rejects.toMatchObject({ problem: 'not_found' });
  await expect(as(city.departments[1].people.drafter, insert, response(drafter.tenantId, questionnaire.id))).rejects.toMatchObject({ problem: 'not_found' });
  await expect(as(systemActor(city.id), insert, response(city.departments[1].id, questionnaire.id))).rejects.toThrow(/foreign key/);
  await expect(as(anonymousActor(elsewhere.id), insert, [elsewhere.id, ...response(drafter.tenantId, questionnaire.id).slice(1)])).rejects.toThrow(/takes no responses/);
  await expect(answer(questionnaire.token, { cityId: elsewhere.id, actor: anonymousActor(elsewhere.id) })).rejects.toMatchObject({ problem: 'not_found' });
  // An opinion by this channel is somebody's response, within the window.
  const opinion = `INSERT INTO opinion (city_id, id, tenant_id, consultation_id, version_id, channel, author_kind, text, own_words, stance, receipt_no, receipt_code_hash, idempotency_key, received_at, moderation, response_id)
    SELECT c.city_id, $3, c.tenant_id, c.id, c.version_id, 'questionnaire', 'anonymous', 'x', 'x', 'suggest', $4, $4, $4, $5, 'shown', $6 FROM consultation c WHERE c.city_id = $1 AND c.id = $2`;
  await expect(as(everybody(), opinion, [city.id, id, newId(), randomUUID(), web.clock.now(), null])).rejects.toMatchObject({ problem: 'not_found' });
  await expect(as(systemActor(city.id), opinion, [city.id, id, newId(), randomUUID(), closesAt, null])).rejects.toThrow(/does not take opinions/);
  const { rows: [mine] } = await owner.query<{ response_id: string }>(`SELECT response_id FROM opinion WHERE city_id = '999801' AND id = $1`, [opinionId]);
  await expect(as(systemActor(city.id), opinion, [city.id, id, newId(), randomUUID(), web.clock.now(), mine?.response_id])).rejects.toThrow(/opinion_of_response/);
  await expect(web.app.get(PublicReader).query('SELECT answers FROM questionnaire_response')).rejects.toThrow(/permission denied/);
  await expect(web.app.get(PublicReader).query('SELECT own_words FROM opinion')).rejects.toThrow(/permission denied/);
});

test('a connection that dies between the response and its opinion leaves neither', async () => {
  const { id, questionnaire } = await made();
  await owner.query(`CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$; ALTER FUNCTION die() SECURITY DEFINER`);
  await owner.query('CREATE TRIGGER die BEFORE INSERT ON opinion FOR EACH ROW EXECUTE FUNCTION die()');
  await expect(answer(questionnaire.token)).rejects.toThrow();
  await owner.query('DROP TRIGGER die ON opinion; DROP FUNCTION die()');
  expect([await count('opinion', 'consultation_id', id), await count('questionnaire_response', 'questionnaire_id', questionnaire.id)]).toEqual([0, 0]);
  await answer(questionnaire.token);
  expect(await count('questionnaire_response', 'questionnaire_id', questionnaire.id)).toBe(1);
});

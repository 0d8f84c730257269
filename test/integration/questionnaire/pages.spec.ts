import { randomUUID } from 'node:crypto';
import { AnswerCluster, AnswerOpinion, ApproveAnswers, AskForClusters, CloseConsultation, currentClusters, PublishResult } from '@domains/consultation';
import { systemActor } from '@platform/kernel';
import { EventProcessor, LocalDispatcher, OutboxRelay } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { startTestApp, type TestApp } from '../../support/app';
import { askedConsultation, liveQuestionnaire, TICKED } from '../../support/asked-consultation';
import { formFields, proofFields, wordsAnswer } from '../../support/challenge';
import { makeCity, type TestCity } from '../../support/people';
import { type FormValue, Visitor } from '../../support/visitor';

jest.setTimeout(120_000);

let web: TestApp;
let city: TestCity;
beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
});
afterAll(() => web.close());
beforeEach(() => web.clock.set('2026-03-02T09:00:00+08:00'));

const staff = (role: 'drafter' | 'department_head') => new Visitor(web.app).signIn(city.id, city.departments[0].people[role].login);
const sql = <R>(text: string, parameters: unknown[]): Promise<R[]> => web.unitOfWork.run(systemActor(city.id), (tx) => tx.query<R>(text, parameters));
const word = (html: string, pattern: RegExp): string => pattern.exec(html)?.[1] ?? '';
const seenIn = (html: string): string => word(html, /name="seen" value="(\d+)"/);
/** What a reader sees of a page: no tags, one space. */
const textOf = (html: string): string => html.replace(/<script[^]*?<\/script>|<[^>]+>/g, ' ').replace(/&quot;/g, '"').replace(/\s+/g, ' ');
const isHidden = (html: string, question: string): boolean => new RegExp(`data-question="${question}"[^>]* hidden disabled`).test(html);

/** Sends an edit from the page as it is now. */
async function send(visitor: Visitor, base: string, path: string, values: Record<string, FormValue>) {
  const { body } = await visitor.get(base);
  return visitor.post(`${base}${path}`, { seen: seenIn(body), ...values });
}

test('a department makes a questionnaire without scripts, is told what is missing, and puts it before the public', async () => {
  const { id } = await askedConsultation(web, city.id, city.departments[0]);
  const drafter = await staff('drafter');
  expect(textOf((await drafter.get(`/console/consultations/${id}/questionnaires`)).body)).toContain('还没有问卷');
  const created = await drafter.post(`/console/consultations/${id}/questionnaires`, { title: '设备更新问卷' });
  const base = String(created.headers['location']);
  expect([created.statusCode, base.startsWith(`/console/consultations/${id}/questionnaires/`)]).toEqual([303, true]);
  expect(textOf((await drafter.get(base)).body)).toContain('还没有题目');

  const add = async (kind: string, section = 's1') => String((await send(drafter, base, '/change', { act: 'addQuestion', id: section, kind })).headers['location']);
  const first = await add('single');
  expect(first).toBe(`${base}/items/q1`);
  // What was typed comes back with what is wrong.
  const refused = await send(drafter, base, '/items/q1', { text: '字'.repeat(301), choices: '是\n否', required: 'on' });
  expect([refused.statusCode, refused.body.includes('字'.repeat(301)), refused.body.includes('是\n否')]).toEqual([422, true, true]);
  await send(drafter, base, '/items/q1', { text: '贵企业有困难吗？', choices: '有\n没有', required: 'on' });
  await add('multiple');
  await send(drafter, base, '/items/q2', { text: '哪些困难？', choices: '融资\n用工\n用工', other: '其他', is: 'any', values: 'q1:c1', required: 'on' });
  const faulty = await drafter.get(base);
  expect(textOf(faulty.body)).toMatch(/第2题.*有相同的选项/);
  expect(faulty.body).not.toContain(`${base}/live`);
  expect((await send(drafter, base, '/live', {})).statusCode).toBe(422);
  await send(drafter, base, '/items/q2', { text: '哪些困难？', choices: '融资\n用工', other: '其他', is: 'any', values: 'q1:c1', required: 'on' });
  // Moved before what it hangs on, it is a fault; and back again.
  await send(drafter, base, '/change', { act: 'up', id: 'q2' });
  expect(textOf((await drafter.get(base)).body)).toContain('询问条件依据的题在它后面');
  await send(drafter, base, '/change', { act: 'down', id: 'q2' });
  await add('text');
  await send(drafter, base, '/items/q3', { text: '还想说什么？', max: '100' });
  await send(drafter, base, '/change', { act: 'addSection', title: '其他' });
  await send(drafter, base, '/change', { act: 'delete', id: 's2' });
  await send(drafter, base, '/settings', { title: '设备更新问卷', intro: '约需一分钟。', stanceQuestion: 'q1' });
  await send(drafter, base, '/settings', { title: '设备更新问卷', intro: '约需一分钟。', stanceQuestion: 'q1', stances: ['oppose', 'support'] });
  // Two people before the same version: the second is told.
  const { body } = await drafter.get(base);
  await drafter.post(`${base}/change`, { seen: seenIn(body), act: 'addQuestion', id: 's1', kind: 'scale' });
  expect((await drafter.post(`${base}/change`, { seen: seenIn(body), act: 'delete', id: 'q1' })).statusCode).toBe(409);
  await send(drafter, base, '/change', { act: 'delete', id: 'q4' });

  const preview = await drafter.get(`${base}/preview`);
  expect(textOf(preview.body)).toContain('仅当第1题选了“有”时询问');
  const [{ token } = { token: '' }] = await sql<{ token: string }>('SELECT token FROM questionnaire WHERE city_id = $1 AND title = $2', [city.id, '设备更新问卷']);
  expect((await new Visitor(web.app).get(`/${city.id}/q/${token}`)).statusCode).toBe(404);
  expect((await send(drafter, base, '/live', {})).statusCode).toBe(303);
  const live = await drafter.get(base);
  expect(live.body).toMatch(/class="qr__code"[^>]*viewBox/);
  expect(live.body).toContain(`/${city.id}/q/${token}`);
  for (const [path, values] of [['/change', { act: 'delete', id: 'q1' }], ['/settings', { title: '改名' }], ['/items/q1', { text: '改题' }], ['/live', {}]] as const) {
    expect([path, (await drafter.post(base + path, { seen: '99', ...values })).statusCode]).toEqual([path, 409]);
  }
  // A second one beside it waits.
  const second = String((await drafter.post(`/console/consultations/${id}/questionnaires`, { title: '另一份' })).headers['location']);
  await send(drafter, second, '/change', { act: 'addQuestion', id: 's1', kind: 'text' });
  await send(drafter, second, '/items/q1', { text: '问', max: '20' });
  expect((await send(drafter, second, '/live', {})).statusCode).toBe(409);
  await send(drafter, second, '/items/q1', { text: '问', max: '2000' });
  for (const no of [2, 3]) {
    await send(drafter, second, '/change', { act: 'addQuestion', id: 's1', kind: 'text' });
    await send(drafter, second, `/items/q${no}`, { text: '问', max: '2000' });
  }
  await drafter.post(`${base}/close`, {});
  const tooLong = await send(drafter, second, '/live', {});
  expect([tooLong.statusCode, textOf(tooLong.body).includes('5000')]).toEqual([422, true]);
  expect(textOf((await new Visitor(web.app).get(`/${city.id}/q/${token}`)).body)).toContain('问卷已经停止收集');

  const stranger = await new Visitor(web.app).signIn(city.id, city.departments[1].people.drafter.login);
  for (const path of ['', '/preview', '/items/q1']) expect((await stranger.get(base + path)).statusCode).toBe(404);
  await stranger.get('/console');
  for (const [path, values] of [['/change', { act: 'up', id: 'q1' }], ['/live', {}], ['/close', {}], ['/settings', { title: 'x' }], ['/items/q1', { text: 'x' }]] as const) {
    expect([path, (await stranger.post(base + path, { ...(path === '/close' ? {} : { seen: '1' }), ...values })).statusCode]).toEqual([path, 404]);
  }
});

test('the public answers on one page: what an answer leads to is asked for, what it does not is dropped, and the whole is one opinion', async () => {
  const { id } = await askedConsultation(web, city.id, city.departments[0]);
  const { token } = await liveQuestionnaire(web, id, city.departments[0]);
  const visitor = new Visitor(web.app);
  const path = `/${city.id}/q/${token}`;
  const page = await visitor.get(path);
  expect(['q1', 'q2', 'q3', 'q4', 'q5'].map((question) => isHidden(page.body, question))).toEqual([false, true, true, false, false]);
  expect((await visitor.get(`/${city.id}/consultations/${id}`)).body).toContain(path);
  const common = { ...formFields(page.body), name: '', a_q4: '2', a_q5_r1: 'c1', a_q5_r2: 'c2' };

  const once = await visitor.post(path, { ...common, _shown: 'q1 q4 q5', a_q1: 'c2' });
  expect(once.statusCode).toBe(422);
  expect(['q2', 'q3'].map((question) => isHidden(once.body, question))).toEqual([false, true]);
  expect(textOf(once.body)).toContain('根据您前面的回答，还有这道题');
  expect(once.body).toMatch(/value="2" checked/);
  const twice = await visitor.post(path, { ...common, _shown: 'q1 q2 q4 q5', a_q1: 'c2', a_q2: ['c1', 'c3'] });
  // Question 3 may be left open, and is shown all the same.
  expect([twice.statusCode, isHidden(twice.body, 'q3')]).toEqual([422, false]);
  const personal = await visitor.post(path, { ...common, _shown: 'q1 q2 q3 q4 q5', a_q1: 'c2', a_q2: ['c1', 'c3'], a_q3: '要交三年报表，电话 13812345678' });
  expect([personal.statusCode, personal.body.includes('name="personalData"'), personal.body.includes('要交三年报表，电话 13812345678')]).toEqual([422, true, true]);
  const full = { ...common, _shown: 'q1 q2 q3 q4 q5', a_q1: 'c2', a_q2: ['c1', 'c3'], a_q3: '要交三年报表，电话 13812345678', personalData: 'remove' };
  const sent = await visitor.post(path, full);
  expect(sent.statusCode).toBe(303);
  const receipt = await visitor.get(String(sent.headers['location']));
  expect(textOf(receipt.body)).toMatch(/意见已收到.*3\. 门槛高在哪里？ → 要交三年报表，电话 138\*\*\*\*5678/);

  const dropped = await visitor.post(path, { ...formFields((await visitor.get(path)).body), _shown: 'q1 q2 q3 q4 q5', a_q1: 'c1', a_q2: ['c1', 'c2', 'c3'], a_q3: '改了主意之前写的', a_q4: '5', a_q5_r1: 'c1', a_q5_r2: 'c1' });
  expect(dropped.statusCode).toBe(303);
  const rows = await sql('SELECT channel, text, own_words, stance, author_kind, r.answers FROM opinion o JOIN questionnaire_response r ON r.city_id = o.city_id AND r.id = o.response_id WHERE o.city_id = $1 AND o.consultation_id = $2 ORDER BY o.received_at, o.id', [city.id, id]);
  expect(rows).toEqual([
    { channel: 'questionnaire', stance: 'oppose', author_kind: 'anonymous', own_words: '要交三年报表，电话 138****5678', answers: { q1: { choice: 'c2' }, q2: { choices: ['c1', 'c3'] }, q3: { text: '要交三年报表，电话 138****5678' }, q4: { value: 2 }, q5: { rows: { r1: 'c1', r2: 'c2' } } },
      text: '《设备更新问卷》\n1. 是否支持这一办法？\n→ 反对\n2. 反对的原因？\n→ 门槛高；程序繁\n3. 门槛高在哪里？\n→ 要交三年报表，电话 138****5678\n4. 补助比例是否合适？（1 太低，5 太高）\n→ 2\n5. 对各环节是否满意？\n→ 申报：满意\n→ 兑现：不满意' },
    { channel: 'questionnaire', stance: 'support', author_kind: 'anonymous', own_words: '', answers: { q1: { choice: 'c1' }, q4: { value: 5 }, q5: { rows: { r1: 'c1', r2: 'c1' } } },
      text: '《设备更新问卷》\n1. 是否支持这一办法？\n→ 支持\n4. 补助比例是否合适？（1 太低，5 太高）\n→ 5\n5. 对各环节是否满意？\n→ 申报：满意\n→ 兑现：满意' },
  ]);
  const poster = await visitor.get(`${path}/poster`);
  expect(textOf(poster.body)).toMatch(/设备更新问卷.*截止：2026年4月1日 24:00/);
  const svg = await visitor.get(`${path}/qr.svg`);
  expect([svg.headers['content-type'], svg.body.startsWith('<?xml')]).toEqual(['image/svg+xml', true]);
});

test('without a proof an answer comes back with all that was ticked and written; a proof is good for one answer to one questionnaire, and none is asked of an account', async () => {
  const { id } = await askedConsultation(web, city.id, city.departments[0]);
  const { token } = await liveQuestionnaire(web, id, city.departments[0]);
  const other = await askedConsultation(web, city.id, city.departments[0]);
  const elsewhere = await liveQuestionnaire(web, other.id, city.departments[0]);
  const path = `/${city.id}/q/${token}`;
  const visitor = new Visitor(web.app);
  const page = (await visitor.get(path)).body;
  const { _key = '', _challenge = '', _solution = '' } = formFields(page);
  const typed = { _key, _shown: 'q1 q2 q3 q4 q5', name: '赵六', a_q1: 'c2', a_q2: ['c1', 'c3'], a_q3: '要交三年的报表', a_q4: '2', a_q5_r1: 'c1', a_q5_r2: 'c2' };
  // Under the same key, but solved for another questionnaire, and for an opinion.
  const there = formFields((await visitor.post(`/${city.id}/q/${elsewhere.token}`, typed)).body);
  const opinion = await proofFields(web, city.id, id, _key);
  expect([there['_key'], opinion['_key'], Boolean(there['_solution'] && opinion['_solution'])]).toEqual([_key, _key, true]);
  const none: [Record<string, FormValue>, string][] = [
    [{}, '核验已经过期'], [{ _challenge }, '请回答这道题'], [{ _challenge, _answer: '99' }, '答案不对'], [{ _challenge, _answer: wordsAnswer(page) }, '提交得太快了'], [there, '核验已经过期'], [opinion, '核验已经过期'],
    [{ _challenge, _solution: ['1', '2'] }, '这一项'], [{ _challenge, _solution, _key: randomUUID() }, '核验已经过期'],
  ];
  for (const [fields, says] of none) {
    const { statusCode, body } = await visitor.post(path, { ...typed, ...fields });
    expect([fields, statusCode, textOf(body)]).toEqual([fields, 422, expect.stringContaining(says)]);
    for (const kept of ['要交三年的报表', 'value="赵六"', 'data-bits']) expect(body).toContain(kept);
    // What was ticked, and what it leads to, is there without a script.
    expect([body.match(/ checked/g)?.length, isHidden(body, 'q2'), isHidden(body, 'q3')]).toEqual([6, false, false]);
  }
  expect(await sql('SELECT id FROM opinion WHERE city_id = $1 AND consultation_id = $2', [city.id, id])).toEqual([]);
  const sent = await visitor.post(path, { ...typed, _challenge, _solution });
  expect(sent.statusCode).toBe(303);
  expect((await visitor.post(path, { ...typed, _challenge, _solution })).headers['location']).toBe(sent.headers['location']);
  expect((await visitor.post(path, { ...typed, _challenge, _solution, a_q4: '5' })).statusCode).toBe(409);
  expect(await sql('SELECT id FROM opinion WHERE city_id = $1 AND consultation_id = $2', [city.id, id])).toHaveLength(1);

  const resident = await new Visitor(web.app).signIn(city.id, city.resident.login);
  const own = (await resident.get(path)).body;
  expect(own).not.toContain('name="_challenge"');
  expect((await resident.post(path, { ...typed, ...formFields(own) })).statusCode).toBe(303);
  const again = await resident.post(path, { ...typed, _key: randomUUID() });
  expect([again.statusCode, textOf(again.body)]).toEqual([409, expect.stringContaining('已经填写过')]);
});

test('answers with choices only are one group, are answered together, and the result publishes the figures', async () => {
  const { id, policyId, closesAt } = await askedConsultation(web, city.id, city.departments[0]);
  const { id: questionnaireId, token } = await liveQuestionnaire(web, id, city.departments[0]);
  const path = `/${city.id}/q/${token}`;
  const answer = async (values: Record<string, FormValue>) => (await new Visitor(web.app).post(path, { _key: randomUUID(), _shown: 'q1 q2 q3 q4 q5', ...values })).statusCode;
  const visitor = new Visitor(web.app);
  const put = async (values: Record<string, FormValue>): Promise<void> => {
    const page = (await visitor.get(path)).body;
    expect((await visitor.post(path, { ...formFields(page), _shown: 'q1 q2 q3 q4 q5', ...values })).statusCode).toBe(303);
  };
  expect(await answer({})).toBe(403);
  for (const mark of ['3', '4', '5']) await put({ ...TICKED, a_q4: mark });
  const words = (text: string) => put({ ...TICKED, a_q1: 'other', a_q1_other: text });
  await words('请把补助放宽到租赁设备的企业，我们都是租的');
  await words('请把补助放宽到租赁设备的企业，我们都是租的！');
  await words('办事窗口太少');

  const { drafter: person, department_head: boss } = city.departments[0].people;
  const use = web.app.get.bind(web.app);
  await use(AskForClusters).run(person, id, {});
  const relay = new OutboxRelay(use(UnitOfWork), new LocalDispatcher(use(EventProcessor), 60_000), { cities: async () => [city.id], clock: web.clock, onError: () => undefined });
  while (await relay.sweep() > 0);
  expect(await use(UnitOfWork).run(person, (tx) => currentClusters(tx, id))).toMatchObject({ opinions: 6, clusters: 2, inClusters: 5 });
  const drafter = await staff('drafter');
  const clusters = await drafter.get(`/console/consultations/${id}/clusters`);
  expect(textOf(clusters.body)).toContain('只勾选选项的问卷答卷');
  const [ticks] = await sql<{ id: string; size: number; wordings: number }>('SELECT id, size, wordings FROM opinion_cluster WHERE city_id = $1 AND consultation_id = $2 AND ticks_only', [city.id, id]);
  expect(ticks).toMatchObject({ size: 3, wordings: 3 });
  expect(textOf((await drafter.get(`/console/consultations/${id}/clusters/${ticks?.id}`)).body)).toContain('作者只勾选了选项');

  const desk = textOf((await drafter.get(`/console/consultations/${id}/questionnaires/${questionnaireId}`)).body);
  expect(desk).toMatch(/1\. 是否支持这一办法？ 单选题 · 问到 6 人 · 作答 6 人 .*支持 3（50%） 反对 0（0%） 说不清 0（0%） 其他 3（50%）/);
  expect(desk).toMatch(/2\. 反对的原因？ 多选题 · 问到 0 人/);
  expect(desk).toMatch(/平均 4，中位数 4/);
  expect((await visitor.get(`/${city.id}/consultations/${id}/result`)).statusCode).toBe(404);

  web.clock.set(closesAt);
  await use(CloseConsultation).run(person, id);
  expect(await use(AnswerCluster).run(person, ticks?.id ?? '', { disposition: 'noted', reason: '知悉。', seen: 3 })).toEqual({ answered: 3 });
  const left = await sql<{ id: string }>(`SELECT o.id FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = $2 AND NOT EXISTS (SELECT 1 FROM opinion_answer a WHERE a.city_id = o.city_id AND a.opinion_id = o.id)`, [city.id, id]);
  for (const one of left) await use(AnswerOpinion).run(person, one.id, { disposition: 'noted', reason: '已研究。' });
  const answers = await sql<{ id: string }>('SELECT id FROM opinion_answer WHERE city_id = $1 AND consultation_id = $2', [city.id, id]);
  await use(ApproveAnswers).run(boss, id, answers.map((one) => one.id));
  await use(PublishResult).run(person, id, { text: '收到问卷六份。' });
  const result = textOf((await visitor.get(`/${city.id}/consultations/${id}/result`)).body);
  expect(result).toMatch(/问卷统计.*答卷 6 份.*支持 3（50%）/);
  expect((await drafter.get(`/console/policies/${policyId}/consultation`)).body).toContain(`/console/consultations/${id}/questionnaires`);
});

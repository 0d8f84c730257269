import { randomUUID } from 'node:crypto';
import { RecordStatement, SignUp } from '@domains/consultation';
import { LifeCycle, policies } from '@core/policy';
import { anonymousActor } from '@platform/kernel';
import { formFields, proofFields, wordsAnswer } from '../../support/challenge';
import { type ChannelWorld, openChannelWorld } from './channel-world';

let world: ChannelWorld;
beforeAll(async () => { world = await openChannelWorld(); });
afterAll(() => world.close());

/** Later, with the drafter signed in again and the page of the form seen. */
async function at(time: string, pageUrl: string): Promise<void> {
  world.web.clock.set(`${time}+08:00`);
  await world.drafter.signIn(world.city.id, world.city.departments[0].people.drafter.login);
  await world.drafter.get(pageUrl);
}
const post = (url: string, values: Record<string, string | string[]>) => world.drafter.post(url, values);
const hearing = (more: Record<string, string> = {}): Record<string, string> => ({
  _key: randomUUID(), kind: 'hearing', title: '技术改造扶持听证会', place: '市民中心二楼', startsAt: '2026-03-20T09:00', agenda: '介绍草案；陈述意见；质证辩论。', moderator: '王主持', clerk: '赵记录', seats: '3',
  signUpUntil: '2026-03-10T18:00', selectionRule: '按报名先后，兼顾支持、反对和修改意见各方。', ...more,
});
const person = (n: number, standpoint: string, more: Record<string, string> = {}): Record<string, string> => ({
  _key: randomUUID(), kind: 'resident', name: `报名人${n}`, contact: `1380013800${n}`, represents: '周边居民', standpoint, reason: `第${n}个理由`, ...more,
});
interface People { id: string; name: string; state: string }
const people = async (eventId: string): Promise<People[]> =>
  (await world.owner.query<People>('SELECT id, name, state FROM event_participant WHERE city_id = $1 AND event_id = $2 ORDER BY name', [world.city.id, eventId])).rows;

test('a hearing: announced, signed up for, chosen from all sides, materials out in time, held, written down, signed', async () => {
  const { web, city, drafter } = world;
  const { id, base, policyId } = await world.consultation();
  await at('2026-03-02T10:00:00', `${base}/events/new?kind=hearing`);
  const tooLate = await post(`${base}/events`, hearing({ signUpUntil: '2026-03-14T00:00', seats: '2', title: '' }));
  expect(tooLate.statusCode).toBe(422);
  for (const words of ['报名截止最迟为', '席位应是', '第十六条']) expect(tooLate.body).toContain(words);
  const key = randomUUID();
  const announced = await post(`${base}/events`, hearing({ _key: key }));
  const url = String(announced.headers.location);
  expect([announced.statusCode, (await post(`${base}/events`, hearing({ _key: key }))).headers.location]).toEqual([303, url]);
  const eventId = url.split('/').at(-1)!;

  // Everybody reads it and signs up, without an account.
  const publicUrl = `/${city.id}/consultations/${id}/hearings/${eventId}`;
  const visitor = world.visitor();
  expect((await visitor.get(`/${city.id}/consultations/${id}`)).body).toContain(publicUrl);
  for (const words of ['按报名先后', '材料最迟送达', '2026年3月13日']) expect((await visitor.get(publicUrl)).body).toContain(words);
  const signUp = async (n: number, side: string) => {
    const fields = formFields((await visitor.get(publicUrl)).body);
    return visitor.post(`${publicUrl}/sign-ups`, person(n, side, fields));
  };
  const proof = formFields((await visitor.get(publicUrl)).body);
  const wrong = await visitor.post(`${publicUrl}/sign-ups`, person(1, 'support', { ...proof, contact: '' }));
  expect([wrong.statusCode, wrong.body.includes('第1个理由')]).toEqual([422, true]);
  const first = person(1, 'support', proof);
  const receipt = String((await visitor.post(`${publicUrl}/sign-ups`, first)).headers.location);
  expect(String((await visitor.post(`${publicUrl}/sign-ups`, first)).headers.location)).toBe(receipt);
  for (const [n, side] of [[2, 'oppose'], [3, 'oppose'], [4, 'suggest']] as const) expect((await signUp(n, side)).statusCode).toBe(303);
  expect((await visitor.get(receipt)).body).toContain('等待遴选');
  const unchosen = (await visitor.get(publicUrl)).body;
  expect(unchosen).not.toMatch(/报名人|13800/);

  // Chosen once signing up is over, with every side.
  const [one, two, three, four] = (await people(eventId)).map((row) => row.id) as [string, string, string, string];
  const choose = (choice: string[]) => post(`${url}/select`, { participant: [one, two, three, four], choice, reason: choice.map((what) => (what === 'declined' ? '同一方已有代表' : '')) });
  expect((await choose(['selected', 'selected', 'declined', 'selected'])).body).toContain('报名还没有截止');
  await at('2026-03-10T18:00:00', url);
  const desk = await drafter.get('/console');
  expect([desk.statusCode, desk.body.includes('确定听证会参加人')]).toEqual([200, true]);
  expect((await signUp(5, 'support')).statusCode).toBe(409);
  const oneSided = await choose(['selected', 'declined', 'declined', 'selected']);
  expect([oneSided.statusCode, oneSided.body.includes('反对的一方报了名，却没有代表'), oneSided.body.includes('同一方已有代表')]).toEqual([422, true, true]);
  expect((await choose(['selected', 'selected', 'selected', 'selected'])).body).toContain('只有 3 个席位');
  expect((await choose(['selected', 'selected', 'declined', 'selected'])).statusCode).toBe(303);
  expect((await choose(['selected', 'selected', 'declined', 'selected'])).statusCode).toBe(409);
  const list = (await visitor.get(publicUrl)).body;
  expect(list).toContain('报***');
  expect(list).not.toMatch(/报名人\d|13800|个理由/);
  expect((await visitor.get(receipt)).body).toContain('您已被选为参加人');

  // Materials: one late, so that it cannot be held; put off, it can.
  const deliver = (ids: string[], day: string) => post(`${url}/deliver`, { participantIds: ids, deliveredOn: day, how: 'EMS 签收' });
  await at('2026-03-13T10:00:00', url);
  expect((await deliver([one, two], '2026-03-13')).statusCode).toBe(303);
  expect((await deliver([three], '2026-03-13')).statusCode).toBe(409);
  expect((await deliver([four], '2026-03-14')).statusCode).toBe(422);
  await at('2026-03-15T10:00:00', url);
  expect((await deliver([four], '2026-03-15')).statusCode).toBe(303);
  expect((await drafter.get(url)).body).toContain('有 1 位参加人的材料不能按时送达');
  expect((await post(`${url}/hold`, {})).body).toContain('还没有到开会时间');
  await at('2026-03-20T09:05:00', url);
  const refused = await post(`${url}/hold`, {});
  expect([refused.statusCode, refused.body.includes('请改期'), refused.body.includes('第十六条')]).toEqual([409, true, true]);
  expect((await post(`${url}/postpone`, { startsAt: '2026-04-02T00:00', changedReason: '材料' })).statusCode).toBe(422);
  expect((await post(`${url}/postpone`, { startsAt: '2026-03-22T09:00', changedReason: '一位参加人的材料未能按时送达' })).statusCode).toBe(303);
  expect((await visitor.get(publicUrl)).body).toContain('一位参加人的材料未能按时送达');
  await at('2026-03-22T09:05:00', url);
  expect((await post(`${url}/hold`, {})).statusCode).toBe(303);

  // What is said stands in the register at once.
  const said = (participantId: string, text: string, more: Record<string, string> = {}) => post(`${url}/statements`, { _key: randomUUID(), participantId, stance: 'oppose', clauseId: 'art_2', text, ...more });
  expect((await said(three, '我没有被选上')).statusCode).toBe(422);
  expect((await said(two, '补助太低，我的电话是13800138002。')).statusCode).toBe(303);
  expect((await said(four, '建议分档。', { stance: 'suggest' })).statusCode).toBe(303);
  expect((await world.stored(id)).map((row) => [row['channel'], row['author_name'], row['public_name'], row['event_id'], row['arrived']])).toEqual([
    ['hearing', '报名人2', '报***', eventId, '2026-03-22'], ['hearing', '报名人4', '报***', eventId, '2026-03-22']]);
  const gates = await web.unitOfWork.run(city.departments[0].people.drafter, async (tx) => web.app.get(LifeCycle).unmetGates(tx, await policies.require(tx, policyId), 'submit_for_review'));
  expect(gates.map(({ gate }) => gate)).toContain('consultation.hearings');

  const finish = (signature: string[], note: string[]) => post(`${url}/finish`, { proceedings: '主持人介绍草案；各方陈述并辩论。', participant: [one, two, four], signature, note });
  expect((await finish(['signed', '', 'signed'], ['', '', ''])).statusCode).toBe(422);
  const whyNot = await finish(['signed', 'refused', 'absent'], ['', '', '']);
  expect([whyNot.statusCode, whyNot.body.includes('拒绝签名的要写明理由'), whyNot.body.includes('第十七条')]).toEqual([422, true, true]);
  expect((await finish(['signed', 'refused', 'absent'], ['', '认为记录不全', ''])).statusCode).toBe(303);
  expect((await finish(['signed', 'signed', 'signed'], ['', '', ''])).statusCode).toBe(409);
  const shown = (await visitor.get(publicUrl)).body;
  const [hash] = (await world.owner.query<{ minutes_hash: string }>('SELECT minutes_hash FROM consultation_event WHERE city_id = $1 AND id = $2', [city.id, eventId])).rows;
  for (const words of [hash!.minutes_hash, '各方陈述并辩论', '拒绝签名', '补助太低', '138****8002']) expect(shown).toContain(words);
  expect(shown).not.toMatch(/报名人\d|13800138|认为记录不全/);
  const file = await drafter.get(`${url}/minutes.docx`);
  expect([file.statusCode, file.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
  await expect(world.owner.query(`UPDATE consultation_event SET proceedings = '改' WHERE city_id = $1 AND id = $2`, [city.id, eventId])).rejects.toThrow(/is not changed/);
  await expect(world.owner.query(`UPDATE event_participant SET signature = 'signed' WHERE city_id = $1 AND event_id = $2`, [city.id, eventId])).rejects.toThrow(/not changed or deleted/);
});

test('a visit is written down afterwards, is not public, and what people said there goes into the register', async () => {
  const { city, drafter, outsider, web } = world;
  web.clock.set('2026-03-02T10:00:00+08:00');
  const { id, base } = await world.consultation();
  await at('2026-03-05T10:00:00', `${base}/events/new?kind=field_visit`);
  const visit = { _key: randomUUID(), kind: 'field_visit', title: '走访东城老街', place: '东城老街', startsAt: '2026-03-05T09:00', agenda: '了解小店用电改造。', moderator: '王走访', clerk: '赵记录' };
  expect((await post(`${base}/events`, { ...visit, startsAt: '2026-03-06T09:00' })).body).toContain('走访之后才能记录');
  const url = String((await post(`${base}/events`, visit)).headers.location);
  const eventId = url.split('/').at(-1)!;
  expect((await post(`${url}/invite`, person(6, 'suggest', { name: '周老板' }))).statusCode).toBe(303);
  const [met] = await people(eventId);
  const key = randomUUID();
  for (let twice = 0; twice < 2; twice += 1) expect((await post(`${url}/statements`, { _key: key, participantId: met!.id, stance: 'suggest', text: '电费能不能也补一点。' })).statusCode).toBe(303);
  expect((await world.stored(id)).map((row) => [row['channel'], row['author_name']])).toEqual([['field_visit', '周老板']]);
  const publicUrl = `/${city.id}/consultations/${id}/hearings/${eventId}`;
  expect((await world.visitor().get(publicUrl)).statusCode).toBe(404);
  expect((await world.visitor().get(`/${city.id}/consultations/${id}`)).body).not.toContain('走访东城老街');
  await expect(web.app.get(SignUp).run(anonymousActor(city.id), eventId, { kind: 'resident', name: '吴', contact: '电话', standpoint: 'support', reason: '理由', idempotencyKey: randomUUID() })).rejects.toMatchObject({ problem: 'not_found' });
  await outsider.signIn(city.id, city.departments[1].people.drafter.login);
  await outsider.get('/console');
  expect((await outsider.get(url)).statusCode).toBe(404);
  for (const [step, values] of [['statements', { _key: key, participantId: met!.id, stance: 'suggest', text: '话' }], ['hold', {}], ['invite', person(8, 'support')], ['cancel', { cancelReason: '理由' }]] as const) {
    expect([step, (await outsider.post(`${url}/${step}`, values)).statusCode]).toEqual([step, 404]);
  }
  expect((await drafter.get(`/console/consultations/${randomUUID()}/channels/events/${eventId}`)).statusCode).toBe(404);
  // After the close the register takes no statement; the minutes can still be finished.
  await at('2026-04-02T00:00:00', url);
  await expect(web.app.get(RecordStatement).run(city.departments[0].people.drafter, eventId, { participantId: met!.id, stance: 'suggest', text: '晚了', idempotencyKey: randomUUID() })).rejects.toMatchObject({ key: 'channels:error.closed' });
  expect((await post(`${url}/finish`, { proceedings: '走访三户。', participant: [met!.id], signature: ['signed'], note: [''] })).statusCode).toBe(303);
});

test('signing up without a proof comes back with all that was typed; a proof is good for one sign-up to one event, and none is asked of an account', async () => {
  const { city, web } = world;
  web.clock.set('2026-03-02T10:00:00+08:00');
  const { id, base } = await world.consultation();
  await at('2026-03-02T10:00:00', `${base}/events/new?kind=hearing`);
  const announce = async (): Promise<string> => String((await post(`${base}/events`, hearing())).headers.location).split('/').at(-1)!;
  const [eventId, otherId] = [await announce(), await announce()];
  const pageOf = (event: string): string => `/${city.id}/consultations/${id}/hearings/${event}`;
  const visitor = world.visitor();
  const send = (fields: Record<string, string | string[]>, who = visitor) => who.post(`${pageOf(eventId)}/sign-ups`, fields);
  const page = (await visitor.get(pageOf(eventId))).body;
  const { _key = '', _challenge = '', _solution = '' } = formFields(page);
  const typed = person(7, 'oppose', { _key });
  // Under the same key, but solved for the other event, and for an opinion.
  const there = formFields((await visitor.post(`${pageOf(otherId)}/sign-ups`, typed)).body);
  const opinion = await proofFields(web, city.id, id, _key);
  expect([there['_key'], opinion['_key'], Boolean(there['_solution'] && opinion['_solution'])]).toEqual([_key, _key, true]);
  const none: [Record<string, string | string[]>, string][] = [
    [{}, '核验已经过期'], [{ _challenge }, '请回答这道题'], [{ _challenge, _answer: '99' }, '答案不对'], [{ _challenge, _answer: wordsAnswer(page) }, '提交得太快了'], [there, '核验已经过期'], [opinion, '核验已经过期'],
    [{ _challenge, _solution: ['1', '2'] }, '请回答这道题'], [{ _challenge, _solution, _key: randomUUID() }, '核验已经过期'],
  ];
  for (const [fields, says] of none) {
    const { statusCode, body } = await send({ ...typed, ...fields });
    expect([fields, statusCode, body]).toEqual([fields, 422, expect.stringContaining(says)]);
    for (const kept of ['第7个理由</textarea>', 'value="报名人7"', 'value="13800138007"', 'data-bits']) expect(body).toContain(kept);
  }
  expect(await people(eventId)).toEqual([]);
  // Somebody without scripts who takes the time that reading takes.
  web.clock.set('2026-03-02T10:00:08+08:00');
  const done = await send({ ...typed, _challenge, _answer: wordsAnswer(page) });
  expect(done.statusCode).toBe(303);
  expect((await send(typed)).headers.location).toBe(done.headers.location);
  expect((await send({ ...typed, _challenge, _solution, name: '另一个人' })).statusCode).toBe(409);
  expect(await people(eventId)).toHaveLength(1);

  const resident = await world.visitor().signIn(city.id, city.resident.login);
  const own = (await resident.get(pageOf(eventId))).body;
  expect(own).not.toContain('name="_challenge"');
  expect((await send(person(8, 'support', formFields(own)), resident)).statusCode).toBe(303);
});

test('sign-ups and the selection raced: nobody gets in after it, and an account signs up once', async () => {
  const { city, web } = world;
  web.clock.set('2026-03-02T10:00:00+08:00');
  const { base } = await world.consultation();
  await at('2026-03-02T10:00:00', `${base}/events/new?kind=symposium`);
  const url = String((await post(`${base}/events`, hearing({ kind: 'symposium', title: '企业座谈会' }))).headers.location);
  const eventId = url.split('/').at(-1)!;
  const signUp = (name: string, actor = anonymousActor(city.id)) => web.app.get(SignUp).run(actor, eventId, { kind: 'enterprise', name, contact: '电话', standpoint: 'support', reason: '理由', idempotencyKey: randomUUID() });
  const [enterprise] = city.enterprises;
  const twice = await Promise.allSettled([signUp('甲', enterprise), signUp('甲', enterprise)]);
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(signUp('甲', city.departments[0].people.drafter as never)).rejects.toMatchObject({ key: 'channels:error.staffSignUp' });
  await expect(web.unitOfWork.run(anonymousActor(city.id), (tx) => tx.query(`SELECT contact FROM event_participant WHERE city_id = $1`, [tx.cityId]))).resolves.toEqual([]);
  web.clock.set('2026-03-10T18:00:00+08:00');
  await expect(signUp('迟')).rejects.toMatchObject({ key: 'channels:error.signUpOver' });
  expect((await people(eventId)).map(({ name }) => name)).toEqual(['甲']);
});

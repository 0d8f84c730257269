import { randomUUID } from 'node:crypto';
import { AnswerOpinion, ApproveAnswers, CloseConsultation, ExtendConsultation, ModerateOpinion, OpenConsultation, PostOpinion, PublishResult, staffColumnOpinions } from '@domains/consultation';
import { DueRegistry, LifeCycle, policies, readDeadlines, SendReminders } from '@core/policy';
import { type Actor, anonymousActor, systemActor } from '@platform/kernel';
import { EventProcessor } from '@platform/messaging';
import { CITY, CLOSES_AT, draftedPolicy, openConsultation, openWorld, revised, type World } from './world';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.clock.stop('2026-09-01T12:00:00+08:00'));

const post = (actor: Actor, id: string, text = '意见') => world.get(PostOpinion).run(actor, id, { text, stance: 'suggest', idempotencyKey: randomUUID() });
const gates = (policyId: string, transition: 'submit_for_review' | 'revise') =>
  world.work.run(world.people.drafter, async (tx) => (await world.get(LifeCycle).unmetGates(tx, await policies.require(tx, policyId), transition)).map(({ key }) => key));
const PURPOSE = '拟支持企业更新设备。';

describe('the statutory window', () => {
  it.each([
    ['market players', { affectsMarket: true }, '2026-09-30', '2026-10-01', '优化营商环境条例'],
    ['a major decision', { kind: 'major_decision', affectsMarket: false }, '2026-09-30', '2026-10-01', '重大行政决策程序暂行条例'],
    ['anything else', { affectsMarket: false }, '2026-09-09', '2026-09-10', '第24项'],
  ] as const)('of %s is refused a day too short, with its article, and taken at its full length', async (_name, options, short, enough, article) => {
    const policyId = await draftedPolicy(world, options);
    const open = (lastDay: string) => world.get(OpenConsultation).run(world.people.drafter, policyId, { purpose: PURPOSE, lastDay });
    await expect(open(short)).rejects.toMatchObject({ problem: 'invalid', details: { article: expect.stringContaining(article), fields: [expect.objectContaining({ field: 'lastDay' })] } });
    await open(enough);
  });

  it('gives way to a published reason, but not below seven working days', async () => {
    const policyId = await draftedPolicy(world);
    const open = (lastDay: string) => world.get(OpenConsultation).run(world.people.drafter, policyId, { purpose: PURPOSE, lastDay, shortenedReason: '汛期将至' });
    await expect(open('2026-09-09')).rejects.toMatchObject({ key: 'consultation:error.tooShort' });
    const { id } = await open('2026-09-10');
    expect(await world.reader.query('SELECT shortened_reason FROM consultation WHERE city_id = $1 AND id = $2', [CITY, id])).toEqual([{ shortened_reason: '汛期将至' }]);
  });

  it('is opened by a drafter of the department alone, with a purpose of three sentences', async () => {
    const policyId = await draftedPolicy(world);
    const open = (actor: Actor, purpose = PURPOSE) => world.get(OpenConsultation).run(actor, policyId, { purpose, lastDay: '2026-10-01' });
    await expect(open(world.people.outsider)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(open(world.people.foreigner)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(open(world.people.head)).rejects.toMatchObject({ problem: 'forbidden' });
    await expect(open(world.people.drafter, '一。二。三。四。')).rejects.toMatchObject({ key: 'consultation:error.threeSentences' });
  });

  it('is extended with a notice and never shortened, and shows its text to everybody', async () => {
    const { id, policyId } = await openConsultation(world);
    expect(await world.reader.query('SELECT 1 FROM provision p JOIN policy_version v ON v.city_id = p.city_id AND v.id = p.version_id WHERE v.city_id = $1 AND v.policy_id = $2', [CITY, policyId])).toHaveLength(3);
    const extend = (lastDay: string, notice = '应企业要求延长') => world.get(ExtendConsultation).run(world.people.drafter, id, { lastDay, notice });
    await expect(extend('2026-10-01')).rejects.toMatchObject({ key: 'consultation:error.notLater' });
    await expect(extend('2026-10-08', ' ')).rejects.toMatchObject({ key: 'consultation:error.empty' });
    await extend('2026-10-08');
    world.clock.stop(CLOSES_AT);
    await post(anonymousActor(CITY), id);
    const shorten = world.work.run(world.people.drafter, (tx) => tx.query(`UPDATE consultation SET closes_at = closes_at - interval '1 day' WHERE city_id = $1 AND id = $2`, [CITY, id]));
    await expect(shorten).rejects.toThrow(/only ever extended/);
  });

  it('ends with a withdrawn policy', async () => {
    const { id, policyId } = await openConsultation(world);
    await post(anonymousActor(CITY), id);
    await world.work.run(world.people.drafter, (tx) => world.get(LifeCycle).advance(tx, policyId, 'withdraw'));
    await expect(post(anonymousActor(CITY), id)).rejects.toMatchObject({ key: 'consultation:error.notOpen' });
    expect(await world.reader.query('SELECT state, received_count FROM consultation WHERE city_id = $1 AND id = $2', [CITY, id])).toEqual([{ state: 'closed', received_count: 1 }]);
  });
});

it('takes a consultation from the first opinion to the published result, each gate holding until its turn', async () => {
  const { drafter, second, head, enterprise, resident, outsider } = world.people;
  const { id, policyId } = await openConsultation(world);
  const [adopted, noted, hidden] = [await post(enterprise, id, '比例应提高'), await post(resident, id, '支持'), await post(anonymousActor(CITY), id, '骂人的话')];
  await world.get(ModerateOpinion).run(drafter, hidden.opinionId, { moderation: 'hidden', reason: '含侮辱性语言' });
  const answer = (opinionId: string, disposition: 'adopted' | 'noted', actor = drafter, adoptedIdentity?: string) =>
    world.get(AnswerOpinion).run(actor, opinionId, { disposition, reason: '已研究', ...(adoptedIdentity ? { adoptedIdentity } : {}) });
  const publish = () => world.get(PublishResult).run(drafter, id, { text: '共收到意见三条。' });

  expect(await gates(policyId, 'submit_for_review')).toEqual(['consultation:gate.open']);
  expect(await gates(policyId, 'revise')).toEqual(['consultation:gate.open']);
  world.clock.stop(CLOSES_AT);
  await world.get(CloseConsultation).run(drafter, id);
  expect(await gates(policyId, 'revise')).toEqual([]);
  expect(await gates(policyId, 'submit_for_review')).toEqual(['consultation:gate.waiting']);

  await expect(answer(adopted.opinionId, 'adopted')).rejects.toMatchObject({ key: 'consultation:error.nameClause' });
  await expect(answer(adopted.opinionId, 'adopted', drafter, 'art_99')).rejects.toMatchObject({ key: 'consultation:error.nameClause' });
  await expect(answer(adopted.opinionId, 'noted', outsider)).rejects.toMatchObject({ problem: 'not_found' });
  const first = await answer(adopted.opinionId, 'adopted', second, 'art_2');
  const rest = [await answer(noted.opinionId, 'noted'), await answer(hidden.opinionId, 'noted')];
  const approve = (actor: Actor, ids: string[]) => world.get(ApproveAnswers).run(actor, id, ids);
  await expect(approve(second, [first.id, rest[0]!.id])).rejects.toMatchObject({ key: 'consultation:error.secondPerson' });
  await approve(second, rest.map((one) => one.id));
  await expect(publish()).rejects.toMatchObject({ key: 'consultation:error.notAllAnswered', details: { params: { count: 1 }, article: expect.stringContaining('条例') } });
  await approve(head, [first.id]);
  await expect(approve(head, [first.id])).rejects.toMatchObject({ problem: 'conflict' });
  expect(await world.reader.query('SELECT 1 FROM opinion_answer WHERE city_id = $1 AND consultation_id = $2', [CITY, id])).toEqual([]);

  expect(await publish()).toMatchObject({ received: 3, shown: 2, hidden: 1, byDisposition: { adopted: 1, noted: 2, partly: 0, not_adopted: 0 } });
  expect(await world.reader.query('SELECT 1 FROM opinion_answer WHERE city_id = $1 AND consultation_id = $2', [CITY, id])).toHaveLength(2);
  await expect(answer(noted.opinionId, 'noted')).rejects.toMatchObject({ key: 'consultation:error.resultIsOut' });

  // Adopted, and not in the text: promised is not done.
  expect(await gates(policyId, 'submit_for_review')).toEqual(['consultation:gate.unlinked']);
  await revised(world, policyId, '对购置先进设备的企业，按投资额的百分之十五给予补助。');
  expect(await gates(policyId, 'submit_for_review')).toEqual([]);
});

it('sets a thousand opinions beside the text at most, and tells how many there are', async () => {
  const { id } = await openConsultation(world);
  await world.work.run(systemActor(CITY), (tx) => tx.query(
    `INSERT INTO opinion (city_id, id, tenant_id, consultation_id, version_id, channel, author_kind, text, stance, receipt_no, receipt_code_hash, idempotency_key, received_at, moderation)
     SELECT c.city_id, gen_random_uuid(), c.tenant_id, c.id, c.version_id, 'website', 'anonymous', '意见' || n, 'suggest', 'N' || n, 'h' || n, 'k' || n, $3, 'shown'
     FROM consultation c, generate_series(1, 1003) n WHERE c.city_id = $1 AND c.id = $2`, [CITY, id, world.clock.now()]));
  const { items, total } = await world.work.run(world.people.drafter, (tx) => staffColumnOpinions(tx, id));
  expect([items.length, total]).toEqual([1000, 1003]);
  expect(items[0]).not.toHaveProperty('total');
});

it('asks for a consultation where the law does, and only there', async () => {
  expect(await gates(await draftedPolicy(world), 'submit_for_review')).toEqual(['consultation:gate.none']);
  expect(await gates(await draftedPolicy(world, { kind: 'policy_document' }), 'submit_for_review')).toEqual([]);
});

it('lists the answers as the drafters’ matter, and as held once they only wait for the head', async () => {
  const { id } = await openConsultation(world);
  const { opinionId } = await post(world.people.enterprise, id);
  const see = async (actor: Actor) => (await world.work.run(actor, (tx) => readDeadlines(tx, world.get(DueRegistry), { scope: 'me' }))).items
    .filter(({ key }) => key.startsWith(`consultation/${id}/`)).map(({ kind, state, blockedBy }) => [kind, state, ...blockedBy.map(({ key, params }) => `${key} ${String(params?.['count'])}`)]);
  expect(await see(world.people.drafter)).toEqual([['consultation.closing', 'due']]);
  world.clock.stop(CLOSES_AT);
  await world.get(CloseConsultation).run(world.people.drafter, id);
  expect(await see(world.people.drafter)).toEqual([['consultation.answers', 'due']]);
  const { id: answerId } = await world.get(AnswerOpinion).run(world.people.drafter, opinionId, { disposition: 'noted', reason: '已阅' });
  expect(await see(world.people.drafter)).toEqual([['consultation.answers', 'blocked', 'consultation:gate.waiting 1']]);
  expect(await see(world.people.head)).toEqual([['consultation.approval', 'due']]);
  await world.get(ApproveAnswers).run(world.people.head, id, [answerId]);
  expect(await see(world.people.drafter)).toEqual([['consultation.answers', 'due']]);
  expect(await see(world.people.head)).toEqual([]);
});

it('reminds the drafters four weeks, a week and a day before the window ends, once each, and anew once it is longer', async () => {
  const { id } = await openConsultation(world);
  const told = async (day: string): Promise<string[]> => {
    world.clock.stop(`${day}T09:00:00+08:00`);
    for (let run = 0; run < 2; run += 1) await world.get(SendReminders).run(CITY);
    const rows = await world.work.run(systemActor(CITY), (tx) => tx.query<{ key: string }>(
      `SELECT split_part(message_key, '.', 2) || ' ' || (params->>'left') AS key FROM notification WHERE city_id = $1 AND account_id = $2 AND effect_key LIKE $3 ORDER BY created_at, key`,
      [CITY, world.people.drafter.accountId, `due/consultation/${id}/closing/%`]));
    return rows.map(({ key }) => key);
  };
  expect(await told('2026-09-02')).toEqual([]);
  expect(await told('2026-09-03')).toEqual(['month 28']);
  expect(await told('2026-09-21')).toEqual(['month 28']);
  expect(await told('2026-09-24')).toEqual(['month 28', expect.stringMatching(/^week/)]);
  await world.get(ExtendConsultation).run(world.people.drafter, id, { lastDay: '2026-10-20', notice: '延长' });
  expect(await told('2026-09-25')).toEqual(['month 28', expect.stringMatching(/^week/), 'month 25']);
  expect((await told('2026-10-19')).at(-1)).toMatch(/^day/);
});

it('tells the responsible person of an opinion, and its authors of the result, once however often it is delivered', async () => {
  const { id } = await openConsultation(world);
  const { opinionId } = await post(world.people.enterprise, id);
  await post(world.people.enterprise, id);
  world.clock.stop(CLOSES_AT);
  await world.get(CloseConsultation).run(world.people.drafter, id);
  const system = systemActor(CITY);
  const answers = await world.work.run(system, (tx) => tx.query<{ id: string }>('SELECT id FROM opinion WHERE city_id = $1 AND consultation_id = $2', [CITY, id]));
  const answered = await Promise.all(answers.map((one) => world.get(AnswerOpinion).run(world.people.drafter, one.id, { disposition: 'noted', reason: '已阅' })));
  await world.get(ApproveAnswers).run(world.people.head, id, answered.map((one) => one.id));
  await world.get(PublishResult).run(world.people.drafter, id, { text: '共收到两条。' });

  const events = await world.work.run(system, (tx) => tx.query<{ id: string }>(`SELECT id FROM outbox WHERE city_id = $1 AND payload ->> 'consultationId' = $2`, [CITY, id]));
  for (let times = 0; times < 2; times += 1) {
    await world.work.run(system, (tx) => tx.query('UPDATE outbox SET done_at = NULL WHERE city_id = $1', [CITY]));
    await Promise.all(events.map((event) => world.get(EventProcessor).process(CITY, event.id)));
  }
  const count = (accountId: string | null, effect: string) => world.work.run(system, (tx) => tx.query('SELECT 1 FROM notification WHERE city_id = $1 AND account_id = $2 AND effect_key = $3', [CITY, accountId, effect]));
  expect(await count(world.people.drafter.accountId, `consultation.opinion/${opinionId}`)).toHaveLength(1);
  expect(await count(world.people.enterprise.accountId, `consultation.result/${id}`)).toHaveLength(1);
});

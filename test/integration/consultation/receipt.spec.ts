import { randomUUID } from 'node:crypto';
import { AnswerOpinion, ApproveAnswers, CloseConsultation, ModerateOpinion, PostOpinion, PublishResult, receiptStatus } from '@domains/consultation';
import { anonymousActor, systemActor } from '@platform/kernel';
import { CITY, CLOSES_AT, openConsultation, openWorld, OTHER_CITY, revised, type World } from './world';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const look = (code: string, cityId = CITY) => world.work.run(systemActor(cityId), (tx) => receiptStatus(tx, code));

test('a receipt shows its holder the state, then the answer, then the words that changed', async () => {
  const { drafter, head } = world.people;
  const { id, policyId } = await openConsultation(world);
  const { code, opinionId } = await world.get(PostOpinion).run(anonymousActor(CITY), id, { text: '提高到百分之十五', stance: 'suggest', clauseId: 'art_2', idempotencyKey: randomUUID() });
  await expect(look(code, OTHER_CITY)).rejects.toMatchObject({ problem: 'not_found' });
  await expect(look('%')).rejects.toMatchObject({ problem: 'not_found' });
  expect(await look(code)).toMatchObject({ clauseLabel: '第2条', hiddenReason: null, answer: null, change: null, consultation: { state: 'open', lastDay: '2026-10-01' } });

  await world.get(ModerateOpinion).run(drafter, opinionId, { moderation: 'hidden', reason: '含个人信息' });
  expect(await look(code)).toMatchObject({ text: '提高到百分之十五', hiddenReason: '含个人信息' });
  const { id: answerId } = await world.get(AnswerOpinion).run(drafter, opinionId, { disposition: 'adopted', reason: '采纳', adoptedIdentity: 'art_2' });
  world.clock.stop(CLOSES_AT);
  await world.get(CloseConsultation).run(drafter, id);
  await world.get(ApproveAnswers).run(head, id, [answerId]);
  // Approved is not published: nobody outside reads an answer before all of them are out.
  expect(await look(code)).toMatchObject({ answer: null, change: null });
  await world.get(PublishResult).run(drafter, id, { text: '一条。' });
  expect(await look(code)).toMatchObject({ answer: { disposition: 'adopted', reason: '采纳' }, change: null });
  await revised(world, policyId, '对购置先进设备的企业，按投资额的百分之十五给予补助。');
  expect((await look(code)).change).toEqual({
    label: '第2条', runs: [{ op: 'keep', text: expect.stringContaining('百分之十') }, { op: 'insert', text: '五' }, { op: 'keep', text: '给予补助。' }],
  });
});

test('public counts always equal: received = shown + hidden, whatever is hidden and shown again, by several at once', async () => {
  world.clock.stop('2026-09-01T12:00:00+08:00');
  const { id } = await openConsultation(world);
  const posted = await Promise.all(Array.from({ length: 6 }, () =>
    world.get(PostOpinion).run(anonymousActor(CITY), id, { text: '意见', stance: 'suggest', idempotencyKey: randomUUID() })));
  const counts = async () => (await world.reader.query<{ shown: number; hidden: number }>(
    `SELECT (SELECT count(*)::integer FROM opinion o WHERE o.city_id = c.city_id AND o.consultation_id = c.id) AS shown, c.hidden_count AS hidden
     FROM consultation c WHERE c.city_id = $1 AND c.id = $2`, [CITY, id]))[0]!;
  // A fixed sequence of arbitrary choices, so that a failure can be repeated.
  let seed = 7;
  const next = (n: number): number => (seed = (seed * 48_271) % 2_147_483_647) % n;
  for (let step = 0; step < 20; step += 1) {
    const moderate = () => world.get(ModerateOpinion)
      .run(world.people.drafter, posted[next(6)]!.opinionId, { moderation: next(2) ? 'hidden' : 'shown', reason: '理由' })
      .catch((error: { problem?: string }) => expect(error.problem).toBe('conflict'));
    await Promise.all([moderate(), moderate(), moderate()]);
    const { shown, hidden } = await counts();
    expect(shown + hidden).toBe(6);
  }
  expect((await counts()).hidden).toBeGreaterThan(0);
});

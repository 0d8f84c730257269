import { AnswerSurvey, DesignSurvey, drawProtocol, InviteToSurvey, ownInvitations, RunCampaign, RunSurvey, staffCampaignReport, type SurveyDesign, surveyDesk, type SurveyResults } from '@domains/evaluation';
import { type Actor, newId } from '@platform/kernel';
import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { type EvaluationRound, openEvaluationRound } from '../../support/evaluation-round';
import { addEnterprises, answerSurvey, designedSurvey, drawnSurvey, SURVEY_DESIGN } from '../../support/survey-round';

let round: EvaluationRound;
beforeAll(async () => {
  round = await openEvaluationRound();
  await addEnterprises(round, '软件', 30);
  await addEnterprises(round, '食品', 18);
});
afterAll(() => round.close());
beforeEach(() => round.clock.set('2026-03-02T09:00:00+08:00'));

const desk = (campaignId: string, actor: Actor = round.leader) => round.unitOfWork.run(actor, (tx) => surveyDesk(tx, campaignId));
const outcomes = async (tries: Promise<unknown>[]): Promise<{ done: number; refused: string[] }> => {
  const settled = await Promise.allSettled(tries);
  return { done: settled.filter(({ status }) => status === 'fulfilled').length, refused: [...new Set(settled.flatMap((one) => (one.status === 'rejected' ? [String((one.reason as { key?: string }).key)] : [])))] };
};
const count = async (table: string, surveyId: string, where = 'true'): Promise<number> => (await round.sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE city_id = $1 AND survey_id = $2 AND ${where}`, [round.cityId, surveyId]))[0]?.n ?? -1;

describe('a draw', () => {
  test('happens once, raced ten times, and records frame, sample and inclusion probability of each stratum', async () => {
    const { campaignId, seen } = await designedSurvey(round);
    const { done, refused } = await outcomes(Array.from({ length: 10 }, () => round.get(RunSurvey).draw(round.leader, campaignId, seen, '2026-03-20')));
    expect([done, refused]).toEqual([1, ['survey:error.drawnAlready']]);
    const { survey, strata } = await desk(campaignId);
    // 甲公司, of the round's own people, says nothing of its trade.
    expect(strata.map(({ values, frame, drawn, inclusion }) => [values[0], frame, drawn, inclusion])).toEqual([['软件', 30, 15, 0.5], ['食品', 18, 9, 0.5], [null, 1, 1, 1]]);
    expect([survey?.frameSize, survey?.sampleSize, await count('evaluation_survey_invitation', survey?.id ?? '')]).toEqual([49, 25, 25]);
    await expect(round.get(DesignSurvey).design(round.leader, campaignId, survey?.rowVersion ?? 0, SURVEY_DESIGN)).rejects.toMatchObject({ key: 'survey:error.drawnAlready' });
    await expect(round.sql('UPDATE evaluation_survey SET seed = $3 WHERE city_id = $1 AND id = $2', [round.cityId, survey?.id, '0'.repeat(64)])).rejects.toMatchObject({ message: expect.stringContaining('not designed again') });
  });

  test('is repeated from its protocol, by a hash of one\'s own', async () => {
    const { campaignId } = await drawnSurvey(round);
    const protocol = await round.unitOfWork.run(round.leader, (tx) => drawProtocol(tx, campaignId));
    expect(protocol.verified).toBe(true);
    for (const { frame, sample, sampleSize } of protocol.strata) {
      const own = frame.map((id) => [createHash('sha256').update(`${protocol.seed}\n${id}`).digest('hex'), id]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1)).slice(0, sampleSize).map(([, id]) => id);
      expect(sample).toEqual(own);
    }
    // Somebody puts another enterprise in: the protocol says so.
    const { survey } = await desk(campaignId);
    const first = protocol.strata[0];
    const outside = first?.frame.find((id) => !first.sample.includes(id));
    await round.sql('UPDATE evaluation_survey_invitation SET enterprise_id = $3 WHERE city_id = $1 AND survey_id = $2 AND enterprise_id = $4', [round.cityId, survey?.id, outside, first?.sample[0]]);
    expect((await round.unitOfWork.run(round.leader, (tx) => drawProtocol(tx, campaignId))).verified).toBe(false);
  });

  test('takes only applicants where that is the frame, and refuses one that is empty', async () => {
    const { campaignId, seen } = await designedSurvey(round, { frame: 'applicants' });
    await expect(round.get(RunSurvey).draw(round.leader, campaignId, seen, '2026-03-20')).rejects.toMatchObject({ key: 'survey:error.emptyFrame' });
    expect((await desk(campaignId)).survey?.state).toBe('design');
  });

  test('is the leader\'s alone, of a design that stands', async () => {
    const { campaignId, seen } = await designedSurvey(round);
    const stranger = await round.person('另一个评估人', ['evaluator'], round.other);
    await expect(round.get(RunSurvey).draw(stranger, campaignId, seen, '2026-03-20')).rejects.toMatchObject({ problem: 'not_found' });
    await expect(round.get(RunSurvey).draw(round.head, campaignId, seen, '2026-03-20')).rejects.toMatchObject({ problem: 'forbidden' });
    await expect(round.get(RunSurvey).draw({ ...round.leader, cityId: '990200' }, campaignId, seen, '2026-03-20')).rejects.toMatchObject({ problem: 'not_found' });
    await expect(desk(campaignId, stranger)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(round.get(RunSurvey).draw(round.leader, campaignId, seen - 1, '2026-03-20')).rejects.toMatchObject({ key: 'common:error.changedMeanwhile' });
    for (const day of ['2026-03-01', '2026-02-30', '2027-03-20', '']) await expect(round.get(RunSurvey).draw(round.leader, campaignId, seen, day)).rejects.toMatchObject({ problem: 'invalid' });
    const bad: Partial<SurveyDesign>[] = [{ frame: 'nowhere' }, { size: 0 }, { minimum: 1 }, { minCell: 4 }, { mapping: { q2: 'effective' } }, { mapping: { q1: 'nothing' } }, { strataBy: ['__proto__' as never] }];
    for (const wrong of bad) {
      await expect(round.get(DesignSurvey).design(round.leader, campaignId, seen, { ...SURVEY_DESIGN, ...wrong })).rejects.toMatchObject({ problem: 'invalid' });
    }
    await expect(round.get(DesignSurvey).create(round.leader, campaignId, { title: '再来一次' })).rejects.toMatchObject({ key: 'survey:error.oneOnly' });
  });
});

describe('an answer', () => {
  test('is one an invitation, raced ten times with keys of their own and with the same', async () => {
    const { campaignId, links } = await drawnSurvey(round);
    const surveyId = (await desk(campaignId)).survey?.id ?? '';
    const [first, second] = links;
    const key = newId();
    expect(await outcomes(Array.from({ length: 10 }, () => answerSurvey(round, first?.token ?? '', 4, { key })))).toEqual({ done: 10, refused: [] });
    expect(await count('evaluation_survey_response', surveyId)).toBe(1);
    expect(await outcomes(Array.from({ length: 10 }, () => answerSurvey(round, second?.token ?? '', 4)))).toEqual({ done: 1, refused: ['survey:error.answeredAlready'] });
    expect([await count('evaluation_survey_response', surveyId), await count('evaluation_survey_invitation', surveyId, 'answered')]).toEqual([2, 2]);
    expect((await round.get(AnswerSurvey).read(round.cityId, first?.token ?? '')).state).toBe('answered');
  });

  test('names its stratum and nobody: no account, no instant, no id that sorts by time, no key of its sender', async () => {
    const { campaignId, links } = await drawnSurvey(round);
    const surveyId = (await desk(campaignId)).survey?.id ?? '';
    const key = newId();
    await answerSurvey(round, links[0]?.token ?? '', 2, { key });
    const [row] = await round.sql<Record<string, unknown>>(
      `SELECT s.*, r.account_id, r.received_at, r.idempotency_key FROM evaluation_survey_response s JOIN questionnaire_response r ON r.city_id = s.city_id AND r.id = s.response_id WHERE s.city_id = $1 AND s.survey_id = $2`, [round.cityId, surveyId]);
    const [invitation] = await round.sql<Record<string, string>>('SELECT i.* FROM evaluation_survey_invitation i WHERE i.city_id = $1 AND i.survey_id = $2 AND i.answered', [round.cityId, surveyId]);
    expect(row).toMatchObject({ account_id: null, stratum_no: 1, received_at: new Date('2026-03-02T00:00:00+08:00') });
    expect(String(row?.['response_id'])[14]).toBe('4');
    const own = new Set([invitation?.['id'], invitation?.['enterprise_id'], invitation?.['answer_key_hash'], createHash('sha256').update(links[0]?.token ?? '').digest('hex')]);
    expect(Object.values(row ?? {}).some((value) => own.has(String(value)))).toBe(false);
    const entries = await round.sql<{ payload: string }>(`SELECT payload FROM audit_entry WHERE city_id = $1 AND payload LIKE '%survey_answered%' AND payload LIKE $2`, [round.cityId, `%${surveyId}%`]);
    expect(entries).toHaveLength(1);
    for (const one of [...own, row?.['response_id']]) expect(entries[0]?.payload).not.toContain(String(one));
    const tokens = await round.sql<{ hash: string }>('SELECT token_hash AS hash FROM evaluation_survey_token WHERE city_id = $1', [round.cityId]);
    expect(tokens.some(({ hash }) => links.some(({ token }) => hash.includes(token)))).toBe(false);
  });

  test('after the last day, after the close, with no link of ours or of another city is refused', async () => {
    const { campaignId, links } = await drawnSurvey(round);
    const [one, two, three] = links.map(({ token }) => token) as [string, string, string];
    for (const token of ['', 'x', `${one}x`, `${one.slice(0, -1)}!`, "' OR 1=1 --", newId()]) await expect(answerSurvey(round, token, 3)).rejects.toMatchObject({ problem: 'not_found' });
    await expect(round.get(AnswerSurvey).run('990200', one, { answers: { a_q1: '3', a_q2: 'c1' }, shown: null, idempotencyKey: newId() })).rejects.toMatchObject({ problem: 'not_found' });
    round.clock.set('2026-03-20T23:59:59+08:00');
    const key = newId();
    await answerSurvey(round, one, 3, { key });
    round.clock.set('2026-03-21T00:00:00+08:00');
    await expect(answerSurvey(round, two, 3)).rejects.toMatchObject({ key: 'survey:error.over' });
    await answerSurvey(round, one, 3, { key });
    await round.get(RunSurvey).close(round.leader, campaignId);
    await expect(answerSurvey(round, three, 3)).rejects.toMatchObject({ key: 'survey:error.over' });
    expect((await round.get(AnswerSurvey).read(round.cityId, three)).state).toBe('over');
    await expect(round.get(InviteToSurvey).list(round.leader, campaignId)).rejects.toMatchObject({ key: 'survey:error.notInField' });
  });

  test('that is rubbish is refused by field and leaves the invitation as it was', async () => {
    const { campaignId, links } = await drawnSurvey(round);
    const token = links[0]?.token ?? '';
    const bad: Record<string, unknown>[] = [{}, { a_q1: '9' }, { a_q1: ['1', '2'] }, { a_q1: '1' }, { a_q1: '1', a_q2: 'c9' }, { a_q1: '1', a_q2: 'c2' }, { a_q1: '1', a_q2: 'c2', a_q3: ['c1', 'x'] }, { a_q1: '1', a_q2: 'c1', enterprise: 'me' }, { a_q1: '1', a_q2: '\u0000' }];
    for (const answers of bad) await expect(round.get(AnswerSurvey).run(round.cityId, token, { answers, shown: null, idempotencyKey: newId() })).rejects.toMatchObject({ problem: 'invalid' });
    await expect(round.get(AnswerSurvey).run(round.cityId, token, { answers: { a_q1: '1', a_q2: 'c1' }, shown: null, idempotencyKey: 'short' })).rejects.toMatchObject({ problem: 'invalid' });
    expect(await count('evaluation_survey_invitation', (await desk(campaignId)).survey?.id ?? '', 'answered')).toBe(0);
    await answerSurvey(round, token, 1, { more: { a_q2: 'c2', a_q3: ['c1', 'c3'] } });
  });

  test('and a close that race: what was taken is in the results', async () => {
    const { campaignId, links } = await drawnSurvey(round);
    const answering = links.map(({ token }, at) => answerSurvey(round, token, 1 + (at % 5)));
    const closing = new Promise((resolve) => { setTimeout(resolve, 15); }).then(() => round.get(RunSurvey).close(round.leader, campaignId));
    const { done, refused } = await outcomes(answering);
    await closing;
    expect(refused.filter((key) => key !== 'survey:error.over')).toEqual([]);
    const { survey } = await desk(campaignId);
    expect(survey?.results?.answered).toBe(done);
    expect(await count('evaluation_survey_response', survey?.id ?? '')).toBe(done);
  });
});

test('connections that are killed in the middle lose no answer by half: as many are noted as there are', async () => {
  const { campaignId, links } = await drawnSurvey(round);
  const surveyId = (await desk(campaignId)).survey?.id ?? '';
  const killer = new Client({ connectionString: round.ownerUrl });
  await killer.connect();
  const keys = links.map(() => newId());
  const answering = Promise.allSettled(links.map(({ token }, at) => answerSurvey(round, token, 3, { key: keys[at] as string })));
  for (let times = 0; times < 8; times += 1) {
    await killer.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'policyloop_app' AND state = 'idle in transaction'`);
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
  await killer.end();
  const broken = (await answering).filter(({ status }) => status === 'rejected').length;
  const noted = await count('evaluation_survey_invitation', surveyId, 'answered');
  expect([noted, await count('evaluation_survey_response', surveyId)]).toEqual([noted, noted]);
  expect(noted).toBeGreaterThanOrEqual(links.length - broken);
  // Sent again by who was cut off, under the same keys: each is there once.
  for (const [at, { token }] of links.entries()) await answerSurvey(round, token, 3, { key: keys[at] as string });
  expect([await count('evaluation_survey_invitation', surveyId, 'answered'), await count('evaluation_survey_response', surveyId)]).toEqual([links.length, links.length]);
});

test('enterprises are told once in their tray, reminded once if they have not answered, and find their own way in', async () => {
  // 甲公司 is of a stratum of one, so it is drawn.
  const { campaignId, links } = await drawnSurvey(round);
  const surveyId = (await desk(campaignId)).survey?.id ?? '';
  const notices = () => round.sql<{ message_key: string; href: string }>(`SELECT message_key, href FROM notification WHERE city_id = $1 AND account_id = $2 AND effect_key LIKE $3 ORDER BY created_at`, [round.cityId, round.sides.enterprises.accountId, `survey/${surveyId}%`]);
  await round.react();
  expect(await notices()).toEqual([{ message_key: 'survey:notice.invited', href: `/${round.cityId}/surveys` }]);
  await round.get(RunSurvey).runDue(round.cityId);
  expect(await notices()).toHaveLength(1);
  round.clock.set('2026-03-17T08:00:00+08:00');
  await Promise.all(Array.from({ length: 4 }, () => round.get(RunSurvey).runDue(round.cityId)));
  await round.get(RunSurvey).runDue(round.cityId);
  expect((await notices()).map(({ message_key }) => message_key)).toEqual(['survey:notice.invited', 'survey:notice.reminder']);
  expect(await round.sql(`SELECT 1 FROM audit_entry WHERE city_id = $1 AND payload LIKE '%survey_reminded%' AND payload LIKE $2`, [round.cityId, `%${surveyId}%`])).toHaveLength(1);

  expect((await ownInvitations(round.unitOfWork, round.sides.enterprises)).find((one) => one.surveyId === surveyId)).toMatchObject({ state: 'open', title: '企业问卷' });
  const token = await round.get(InviteToSurvey).own(round.sides.enterprises, surveyId);
  await expect(round.get(InviteToSurvey).own(round.sides.public, surveyId)).rejects.toMatchObject({ problem: 'not_found' });
  await expect(round.get(InviteToSurvey).own({ ...round.sides.enterprises, cityId: '990200' }, surveyId)).rejects.toMatchObject({ problem: 'not_found' });
  await answerSurvey(round, token, 5);
  // The other link leads to the same invitation.
  await expect(answerSurvey(round, links.at(-1)?.token ?? '', 5)).rejects.toMatchObject({ key: 'survey:error.answeredAlready' });
  round.clock.set('2026-03-21T00:10:00+08:00');
  await Promise.all(Array.from({ length: 3 }, () => round.get(RunSurvey).runDue(round.cityId)));
  expect((await desk(campaignId)).survey).toMatchObject({ state: 'closed', results: { answered: 1, drawn: 25 } });
  expect((await ownInvitations(round.unitOfWork, round.sides.enterprises)).find((one) => one.surveyId === surveyId)?.state).toBe('answered');
});

test('results are those of an independent count, go into the campaign\'s report, and stand', async () => {
  const { campaignId, links } = await drawnSurvey(round, { size: 49 });
  // 30, 18 and 1 were drawn: 20 and 12 of the first two answer.
  const marks = [...Array.from({ length: 20 }, (_none, at) => (at < 10 ? 5 : 3)), ...Array.from({ length: 12 }, (_none, at) => (at < 6 ? 4 : 1))];
  const chosen = [...links.slice(0, 20), ...links.slice(30, 42)];
  for (const [at, { token }] of chosen.entries()) await answerSurvey(round, token, marks[at] ?? 0, { more: at % 2 ? { a_q2: 'c1' } : { a_q2: 'c2', a_q3: ['c1'] } });
  await round.start(campaignId);
  const policyId = (await desk(campaignId)).desk.policies[0]?.id ?? '';
  await round.score(campaignId, policyId, { department: 9, enterprises: 6 });
  await expect(round.get(RunCampaign).close(round.leader, campaignId)).rejects.toMatchObject({ key: 'survey:error.stillInField' });
  await round.get(RunSurvey).close(round.leader, campaignId);
  await round.get(RunCampaign).close(round.leader, campaignId);

  const results = (await desk(campaignId)).survey?.results as SurveyResults;
  expect(results).toMatchObject({ frame: 49, drawn: 49, answered: 32, rate: 0.653, joined: [[2, 3]] });
  expect(results.strata.map(({ rate }) => rate)).toEqual([0.667, 0.667, 0]);
  // 30 enterprises of mean 4, and the 19 of the joined strata of mean 2.5.
  const mean = (30 * 4 + 19 * 2.5) / 49;
  const part = (frame: number, answered: number, square: number): number => (frame / 49) ** 2 * (1 - answered / frame) * (square / answered);
  const reach = 1.959964 * Math.sqrt(part(30, 20, 20 / 19) + part(19, 12, (12 * 2.25) / 11));
  expect(results.questions[0]?.mean).toMatchObject({ value: Math.round(mean * 100) / 100, low: Math.round((mean - reach) * 100) / 100, high: Math.round((mean + reach) * 100) / 100 });
  expect(results.questions[0]?.n).toBe(32);

  const reportId = (await desk(campaignId)).desk.policies[0]?.reportId ?? '';
  const { evidence } = await round.unitOfWork.run(round.leader, (tx) => staffCampaignReport(tx, reportId));
  expect(evidence.survey?.results).toEqual(results);
  expect(evidence.survey?.marks).toEqual([expect.objectContaining({ n: 32, question: 1, value: Math.round(1000 * (Math.round(mean * 100) / 100 - 1) / 4) / 10 })]);
  await expect(round.sql(`UPDATE evaluation_survey SET results = '{}' WHERE city_id = $1 AND campaign_id = $2`, [round.cityId, campaignId])).rejects.toMatchObject({ message: expect.stringContaining('not designed again') });
});

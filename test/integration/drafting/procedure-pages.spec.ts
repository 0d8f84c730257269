import { newId, systemActor } from '@platform/kernel';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, type TestCity } from '../../support/people';
import { CreatePolicy, DecidePlanItem, ProposePlanItem, SaveDraft, StartDrafting, SubmitVersion } from '@domains/drafting';
import { type Desk, deskOf } from './desk';
import { formOf, signatureOf } from '../../support/signatures';
import { SAID_NO, TEXT } from './matter';

let test: TestApp;
let city: TestCity;
let path: string;
let id: string;
let version: { versionId: string; textHash: string };
let desks: Record<'drafter' | 'legal_reviewer' | 'deliberation_secretary' | 'department_head' | 'registrar', Desk>;

beforeAll(async () => {
  test = await startTestApp();
  city = await makeCity(test);
  const { people } = city.departments[0];
  const item = await test.app.get(ProposePlanItem).run(people.drafter, { year: 2026, kind: 'make', title: '程序办法', reason: '需要' });
  await test.app.get(DecidePlanItem).run(people.department_head, item.id, { decision: 'approve' });
  ({ id } = await test.app.get(CreatePolicy).run(people.drafter, item.id, {
    kind: 'major_decision', title: '程序办法', summary: '', affectsMarket: false, responsibleId: people.department_head.accountId, topics: [], audience: [], facts: SAID_NO,
  }));
  path = `/console/policies/${id}`;
  await test.app.get(StartDrafting).run(people.drafter, id);
  await test.app.get(SaveDraft).run(people.drafter, id, { seen: 1, text: TEXT, draftingNote: '说明' });
  version = await test.app.get(SubmitVersion).run(people.drafter, id, 2);
  const desk = (role: keyof typeof desks): Promise<Desk> => deskOf(test, people[role]);
  desks = {
    drafter: await desk('drafter'), legal_reviewer: await desk('legal_reviewer'), deliberation_secretary: await desk('deliberation_secretary'),
    department_head: await desk('department_head'), registrar: await desk('registrar'),
  };
});
afterAll(() => test.close());

/** Puts the policy at a step with its docket open; the gates of other rooms have tests of their own. */
const putAt = (state: 'reviewing' | 'deliberating', kind: 'legality' | 'collective_deliberation'): Promise<string> =>
  test.unitOfWork.run(systemActor(city.id), async (tx) => {
    const docketId = newId();
    const { drafter } = city.departments[0].people;
    await tx.query('UPDATE policy SET state = $3 WHERE city_id = $1 AND id = $2', [city.id, id, state]);
    await tx.query(
      `INSERT INTO docket (city_id, id, tenant_id, policy_id, version_id, kind, text_hash, opened_by, opened_at, due_on, due_article)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '2026-03-11', '《重大行政决策程序暂行条例》第二十五条')`,
      [city.id, docketId, drafter.tenantId, id, version.versionId, kind, version.textHash, drafter.accountId, tx.at]);
    return docketId;
  });

it('shows the reviewer the materials and the day, takes one signature, and shows it to all', async () => {
  const docket = await putAt('reviewing', 'legality');
  const page = `${path}/dockets/${docket}`;
  const form = await desks.legal_reviewer.get(page);
  expect(form.body).toContain('name="opinion"');
  expect(form.body).toContain('2026年3月11日');
  expect(form.body).toContain('id="art_3"');
  expect((await desks.drafter.get(page)).body).not.toContain('name="opinion"');
  const empty = await desks.legal_reviewer.post(page, page, { conclusion: 'lawful', opinion: '' });
  expect(empty.status).toBe(422);
  expect(empty.body).toContain('href="#f-opinion"');
  const signed = await desks.legal_reviewer.post(page, page, { conclusion: 'lawful', opinion: '内容合法' });
  expect([signed.status, signed.location]).toEqual([303, `${path}/dockets`]);
  expect((await desks.drafter.get(`${path}/dockets`)).body).toContain('内容合法');
  const again = await desks.legal_reviewer.api('POST', `/policies/${id}/dockets/${docket}`, { conclusion: 'amend', opinion: '改主意了', changes: '第一条' });
  expect(again.status).toBe(409);
});

it('takes the record of a meeting with its votes, then the approval, and offers publication to the registrar', async () => {
  const docket = await putAt('deliberating', 'collective_deliberation');
  const page = `${path}/dockets/${docket}`;
  const meeting = formOf(signatureOf('collective_deliberation', 'passed', { votesFor: 6, votesAgainst: 1 }));
  expect((await desks.department_head.get(`${path}/dockets`)).body).toContain('未经集体审议通过');
  const silent = await desks.deliberation_secretary.post(page, page, { ...meeting, dissent: '' });
  expect(silent.status).toBe(422);
  expect(silent.body).toContain('第二十五条');
  const signed = await desks.deliberation_secretary.post(page, page, { ...meeting, dissent: '一人认为标准过高' });
  expect(signed.status).toBe(303);
  expect((await desks.drafter.get(page)).body).toContain('同意 6，反对 1，弃权 0');
  expect((await desks.drafter.get(`${path}/dockets`)).body).not.toContain('name="statement"');
  const approved = await desks.department_head.post(`${path}/dockets`, `${path}/approval`, { statement: '同意印发' });
  expect([approved.status, approved.location]).toEqual([303, `${path}/dockets`]);
  const registrar = await desks.registrar.get(`${path}/dockets`);
  expect(registrar.body).toContain('id="publish"');
  const past = await desks.registrar.api('POST', `/policies/${id}/publication`, { effectiveFrom: '2026-02-30' });
  expect(past.status).toBe(422);
});

it('gives the registrar’s door to nobody else', async () => {
  const answer = await desks.drafter.api('POST', `/policies/${id}/publication`, { effectiveFrom: '2026-04-01' });
  expect(answer.status).toBe(403);
});

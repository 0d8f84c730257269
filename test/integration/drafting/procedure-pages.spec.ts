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
let desks: Record<'drafter' | 'legal_reviewer' | 'argument_convener' | 'deliberation_secretary' | 'department_head' | 'registrar', Desk>;

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
    drafter: await desk('drafter'), legal_reviewer: await desk('legal_reviewer'), argument_convener: await desk('argument_convener'), deliberation_secretary: await desk('deliberation_secretary'),
    department_head: await desk('department_head'), registrar: await desk('registrar'),
  };
});
afterAll(() => test.close());

/** Puts the policy at a step with its docket open; the gates of other rooms have tests of their own. */
const putAt = (state: 'reviewing' | 'deliberating', kind: 'legality' | 'expert_argument' | 'collective_deliberation'): Promise<string> =>
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

it('brings back every row that was typed when it refuses, and leads to the faulty one', async () => {
  const docket = await putAt('reviewing', 'legality');
  const page = `${path}/dockets/${docket}`;
  const clause = /<option value="([0-9a-f-]{36})">第一条/.exec((await desks.legal_reviewer.get(page)).body)?.[1] ?? '';
  const refused = await desks.legal_reviewer.post(page, page, {
    conclusion: 'amend', opinion: '内容须改', changes: '改第一条', legalRisk: '探索性改革有风险', findingClause: ['', clause, ''], findingText: ['总体意见', ' ', '第三行的意见'],
  });
  expect(refused.status).toBe(422);
  expect(refused.body).toContain('href="#f-findings-1"');
  expect(refused.body).toMatch(/id="e-findings-1"[^>]*>.*对应文稿中的条款/);
  expect(refused.body).toMatch(/id="f-findings-0"[^>]*>总体意见<\/textarea>/);
  expect(refused.body).toMatch(/id="f-findings-2"[^>]*>第三行的意见<\/textarea>/);
  const row = refused.body.slice(refused.body.indexOf('id="f-findingClause-1"'));
  expect(row.slice(0, row.indexOf('</select>'))).toContain(`value="${clause}" selected`);
  expect(refused.body).toMatch(/id="f-legalRisk"[^>]*>探索性改革有风险<\/textarea>/);
  const signed = await desks.legal_reviewer.post(page, page, { conclusion: 'amend', opinion: '内容须改', changes: '改第一条', findingClause: ['', clause, ''], findingText: ['总体意见', '改为两年', ''] });
  expect(signed.status).toBe(303);
  const shown = (await desks.drafter.get(page)).body;
  expect(shown).toContain('改为两年');
  expect(shown.match(/条款意见<\/dt>/g)).toHaveLength(2);
});

it('puts a file to the docket on its page, keeps it when a later one is refused, and closes it with the signature', async () => {
  const docket = await putAt('reviewing', 'legality');
  const page = `${path}/dockets/${docket}`;
  const put = (text: string, fields: Record<string, string> = {}) => desks.legal_reviewer.post(page, `${page}/materials`, { kind: 'other', ...fields }, { name: '审查笔录.txt', data: Buffer.from(text) });
  expect([(await put('第一份')).status, (await desks.drafter.get(page)).body.includes('审查笔录.txt')]).toEqual([303, true]);
  const program = await desks.legal_reviewer.post(page, `${page}/materials`, { kind: 'basis' }, { name: 'a.exe', data: Buffer.from('MZ\u0000\u0001') });
  expect(program.status).toBe(422);
  expect(program.body).toMatch(/<option value="basis" selected>/);
  const [file] = (await desks.drafter.api('GET', `/policies/${id}/materials`)).json as unknown as { id: string; docketId: string; docketKind: string }[];
  expect(file).toMatchObject({ docketId: docket, docketKind: 'legality' });
  expect((await desks.drafter.get(`${path}/materials`)).body).toContain('属于：合法性审核');
  expect((await put('第二份', { replaces: file?.id ?? '' })).status).toBe(303);
  expect((await desks.legal_reviewer.post(page, page, { conclusion: 'amend', opinion: '须改', changes: '第一条' })).status).toBe(303);
  expect((await desks.legal_reviewer.get(page)).body).not.toContain('name="file"');
  expect((await put('第三份')).status).toBe(409);
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

it('brings back how each expert’s reservation was handled, and leads to the one that was not', async () => {
  const docket = await putAt('reviewing', 'expert_argument');
  const { drafter } = city.departments[0].people;
  const seats = await test.unitOfWork.run(systemActor(city.id), async (tx) => {
    const experts = [newId(), newId()];
    for (const [at, account] of experts.entries()) {
      await tx.query(`INSERT INTO account (city_id, id, login, kind, display_name) VALUES ($1, $2, $3, 'expert', $4)`, [city.id, account, `expert.${at}`, `专家${at}`]);
      await tx.query(
        `INSERT INTO docket_expert (city_id, id, tenant_id, policy_id, docket_id, version_id, account_id, named_by, named_at, interest, declared_at, view, opinion, text_hash, signed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $2, $7, $8, 'none', $8, 'conditional', '有保留', $9, $8)`,
        [city.id, account, drafter.tenantId, id, docket, version.versionId, drafter.accountId, tx.at, version.textHash]);
    }
    return experts;
  });
  const page = `${path}/dockets/${docket}`;
  const refused = await desks.argument_convener.post(page, page, { conclusion: 'feasible', opinion: '汇总', handlingSeat: [...seats].reverse(), handlingText: ['', '已按专家意见修改第三条'] });
  expect(refused.status).toBe(422);
  expect(refused.body).toContain(`href="#f-handling-${seats[1]}"`);
  expect(refused.body).not.toContain(`href="#f-handling-${seats[0]}"`);
  expect(refused.body).toMatch(new RegExp(`id="f-handling-${seats[0]}"[^>]*>已按专家意见修改第三条</textarea>`));
});

it('takes the record of a meeting with its votes, then the approval, and offers publication to the registrar', async () => {
  const docket = await putAt('deliberating', 'collective_deliberation');
  const page = `${path}/dockets/${docket}`;
  const meeting = formOf(signatureOf('collective_deliberation', 'passed', { votesFor: 6, votesAgainst: 1 }));
  expect((await desks.department_head.get(`${path}/dockets`)).body).toContain('未经集体审议通过');
  const silent = await desks.deliberation_secretary.post(page, page, { ...meeting, dissent: '' });
  expect(silent.status).toBe(422);
  expect(silent.body).toContain('第二十五条');
  expect(silent.body).toContain('href="#f-dissent"');
  for (const [name, value] of [['votesFor', '6'], ['votesAgainst', '1'], ['votesAbstain', '0']]) expect(silent.body).toMatch(new RegExp(`name="${name}" id="f-${name}" value="${value}"`));
  expect(silent.body).toMatch(/name="headLast" id="f-headLast" value="on" checked/);
  const disagreed = await desks.deliberation_secretary.post(page, page, { ...meeting, minutes: '', dissent: '一人认为标准过高' });
  expect(disagreed.body).toMatch(/id="f-dissent"[^>]*>一人认为标准过高<\/textarea>/);
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


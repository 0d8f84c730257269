import { DraftingModule, listDockets, SubmitForReview } from '@domains/drafting';
import { ConfirmOverride, ConfirmParameter, deadline, SetOverride, StatutesModule } from '@core/statutes';
import { type Actor, newId, systemActor } from '@platform/kernel';
import { startTestApp, type TestApp } from '../../support/app';
import { type Office, openOffice } from '../../support/office';
import { makeCity, type TestCity } from '../../support/people';
import { insertPolicy, insertVersion } from '../../support/policies';
import { deskOf } from './desk';
import { peopleOf, SAID_NO, submittedPolicy } from './matter';

describe('the period of a docket', () => {
  let office: Office;
  let overseer: Actor;
  beforeAll(async () => {
    office = await openOffice(DraftingModule, StatutesModule);
    overseer = { ...(await office.person('督查', ['overseer'])), scope: 'city' };
  });
  afterAll(() => office.close());

  it('is the law’s until the department sets a shorter one, and blocks once the rule is confirmed', async () => {
    const people = await peopleOf(office);
    const legality = async () => {
      const id = await submittedPolicy(office, people, { affectsMarket: false, facts: SAID_NO });
      await office.get(SubmitForReview).run(people.drafter, id);
      const found = (await office.unitOfWork.run(people.drafter, (tx) => listDockets(tx, id))).find(({ kind }) => kind === 'legality');
      return found?.basis;
    };
    expect((await legality())?.period).toMatchObject({ parameter: 'nrd.legal_review', days: 15, blocks: false });
    const { id } = await office.get(SetOverride).run(people.head, { paramId: 'nrd.legal_review', field: 'max', value: 8, source: '云产规〔2026〕1号', reason: '快审', from: '2026-03-02', to: null, wholeCity: false });
    await office.get(ConfirmOverride).run(overseer, id);
    const basis = await legality();
    expect(basis?.period).toMatchObject({ days: 8, due: deadline({ from: '2026-03-02', days: 8, unit: 'wd' }).due });
    expect(basis?.parameters).toContainEqual(expect.objectContaining({ id: 'nrd.legal_review', source: expect.stringContaining('云产规〔2026〕1号') }));
  });
});

describe('a docket whose rule nobody has read', () => {
  let web: TestApp;
  let city: TestCity;
  let path: string;
  let docket: string;
  beforeAll(async () => {
    web = await startTestApp();
    city = await makeCity(web);
    const { id: tenantId, people } = city.departments[0];
    const home = { cityId: city.id, tenantId, keeperId: people.department_head.accountId };
    const policyId = await insertPolicy(web.unitOfWork, home, { title: '测试市补助办法', state: 'reviewing' });
    const textHash = await insertVersion(web.unitOfWork, home, policyId, ['为了试验，制定本办法。'], people.drafter.accountId);
    docket = newId();
    const { due, skipped } = deadline({ from: '2026-03-02', days: 15, unit: 'wd' });
    const basis = { pack: 'CN', packVersion: '2026-01-01', facts: {}, parameters: [], attachments: [], period: { parameter: 'nrd.legal_review', days: 15, unit: 'wd', from: '2026-03-02', due, skipped, blocks: false } };
    await web.unitOfWork.run(systemActor(city.id), (tx) => tx.query(
      `INSERT INTO docket (city_id, id, tenant_id, policy_id, version_id, kind, text_hash, opened_by, opened_at, due_on, due_article, basis)
       VALUES ($1, $2, $3, $4, (SELECT id FROM policy_version WHERE city_id = $1 AND policy_id = $4), 'legality', $5, $6, $7, $8, '国办发〔2018〕115号', $9)`,
      [city.id, docket, tenantId, policyId, textHash, people.drafter.accountId, tx.at, due, JSON.stringify(basis)]));
    path = `/console/policies/${policyId}/dockets`;
  });
  afterAll(() => web.close());

  it('says so beside the day on every page that shows it, with the way to the rule, until the city confirms it', async () => {
    const reviewer = await deskOf(web, city.departments[0].people.legal_reviewer);
    const pages = [path, `${path}/${docket}`, '/console'];
    for (const page of pages) {
      const { body } = await reviewer.get(page);
      expect([page, body.includes('依据待核'), body.includes(`href="/${city.id}/statutes#nrd-legal_review"`)]).toEqual([page, true, true]);
    }
    const recount = /href="(\/\d+\/deadline\?[^"]+)"/.exec((await reviewer.get(`${path}/${docket}`)).body)?.[1]?.replace(/&amp;/g, '&').replace(/&#x3D;/g, '=') ?? '';
    const counted = await web.app.inject(recount);
    expect([counted.statusCode, counted.body.includes('最后一天是 2026年3月23日'), counted.body.includes('办理时按')]).toEqual([200, true, false]);
    await web.app.get(ConfirmParameter).run(city.departments[0].people.overseer, 'nrd.legal_review', '2018-12-04', '国务院公报');
    for (const page of pages) expect([page, (await reviewer.get(page)).body.includes('依据待核')]).toEqual([page, false]);
  });
});

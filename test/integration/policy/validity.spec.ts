import { type PolicyKind, policies, PolicyModule, PublishPolicy, validityRule } from '@core/policy';
import { ConfirmOverride, ConfirmParameter, SetOverride, StatutesModule } from '@core/statutes';
import { type Actor, newId, type Role, systemActor } from '@platform/kernel';
import { type Office, openOffice } from '../../support/office';

let office: Office;
const CITY = '990200';
const tenantId = newId();
const people = {} as Record<'registrar' | 'one' | 'two', Actor>;

/** A city under Guangdong's rules; the office's own has the national ones, which set no limit. */
beforeAll(async () => {
  office = await openOffice(PolicyModule, StatutesModule);
  await office.unitOfWork.run(systemActor(CITY), async (tx) => {
    await tx.query(`INSERT INTO city (id, name, name_en, rule_pack) VALUES ($1, '粤州市', 'Yuezhou', 'GD')`, [CITY]);
    await tx.query(`INSERT INTO department (city_id, id, name, name_en, short_name, document_code) VALUES ($1, $2, '粤州市工信局', 'Industry', '工信局', '粤工信规')`, [CITY, tenantId]);
    for (const [name, role] of [['registrar', 'registrar'], ['one', 'overseer'], ['two', 'overseer']] as [keyof typeof people, Role][]) {
      const id = newId();
      await tx.query(`INSERT INTO account (city_id, id, login, kind, display_name) VALUES ($1, $2, $3, 'staff', $3)`, [CITY, id, `${name}-${id}`]);
      people[name] = { cityId: CITY, tenantId, accountId: id, name, roles: [role], scope: role === 'overseer' ? 'city' : 'own' };
    }
  });
});
afterAll(() => office.close());

const approved = (title = '粤州市补助办法', kind: PolicyKind = 'normative_document', home = { cityId: CITY, tenantId, keeper: people.registrar }): Promise<string> =>
  office.unitOfWork.run(systemActor(home.cityId, home.tenantId), async (tx) => {
    const id = newId();
    await policies.insertMany(tx, [{
      id, tenantId: home.tenantId, kind, title, summary: '', state: 'approved', affectsMarket: false, responsibleId: home.keeper.accountId ?? '', topics: [], audience: [], documentNumber: null,
      effectiveFrom: null, effectiveTo: null, endedOn: null, currentVersionId: null, publishedAt: null, publicSince: null, createdAt: tx.at, rowVersion: 1,
    }]);
    return id;
  });
const publish = async (id: string, effectiveTo: string | null, actor = people.registrar) => office.get(PublishPolicy).run(actor, id, { effectiveFrom: '2026-04-01', effectiveTo });
const numbered = async (): Promise<number> =>
  office.unitOfWork.run(systemActor(CITY), async (tx) => (await tx.query<{ n: number }>('SELECT count(*)::int AS n FROM document_register WHERE city_id = $1', [tx.cityId]))[0]?.n ?? 0);
const refusal = (done: Promise<unknown>) => done.then(() => { throw new Error('not refused'); }, (error: { key: string; details: { article?: string; fields?: { field: string; params: object }[] } }) => error);

it('only warns while the rule is from memory, and keeps the warning in the record', async () => {
  const id = await approved();
  const { warnings, documentNumber } = await publish(id, null);
  expect(documentNumber).toMatch(/^粤工信规〔2026〕\d+号$/);
  expect(warnings).toEqual([{ fault: 'noEnd', parameter: 'nrd.validity.GD', years: 5, latest: '2031-03-31', article: '《广东省行政规范性文件管理规定》（粤府令第277号）' }]);
  const [event] = await office.unitOfWork.run(systemActor(CITY), (tx) =>
    tx.query<{ payload: string | { details: object } }>(`SELECT payload FROM life_cycle_event WHERE city_id = $1 AND policy_id = $2 AND name = 'publish'`, [CITY, id]));
  const payload = typeof event?.payload === 'string' ? (JSON.parse(event.payload) as { details: object }) : event?.payload;
  expect(payload?.details).toMatchObject({ warnings: [{ fault: 'noEnd', latest: '2031-03-31' }] });
});

it('measures to the day, and a trial by its own years', async () => {
  expect((await publish(await approved(), '2031-03-31')).warnings).toEqual([]);
  expect((await publish(await approved(), '2031-04-01')).warnings).toMatchObject([{ fault: 'tooLong', years: 5 }]);
  expect((await publish(await approved('粤州市补助办法（试行）'), '2031-03-31')).warnings).toMatchObject([{ fault: 'tooLong', years: 3, latest: '2029-03-31' }]);
  expect((await publish(await approved('粤州市重大项目决定', 'major_decision'), null)).warnings).toEqual([]);
});

it('has no limit where the rules of the place set none', async () => {
  const registrar = await office.person('机要', ['registrar']);
  const id = await approved('云浦市补助办法', 'normative_document', { cityId: office.cityId, tenantId: office.drafting, keeper: registrar });
  expect((await publish(id, null, registrar)).warnings).toEqual([]);
});

it('refuses with the article once the city has confirmed the rule, before a number is taken, and counts by what the city set', async () => {
  await office.get(ConfirmParameter).run(people.one, 'nrd.validity.GD', '2021-01-01', '广东省人民政府公报');
  const [id, before] = [await approved(), await numbered()];
  const open = await refusal(publish(id, null));
  expect(open).toMatchObject({ key: 'policy:error.validity.noEnd', details: { article: '《广东省行政规范性文件管理规定》（粤府令第277号）', fields: [{ field: 'effectiveTo', params: { years: 5, latest: '2031-03-31' } }] } });
  expect((await refusal(publish(id, '2031-04-01'))).key).toBe('policy:error.validity.tooLong');
  expect(await numbered()).toBe(before);
  const { id: override } = await office.get(SetOverride).run(people.one, {
    paramId: 'nrd.validity.GD', field: 'y', value: 3, source: '粤州府规〔2026〕1号', reason: '勤评估', from: '2026-03-02', to: null, wholeCity: true,
  });
  await office.get(ConfirmOverride).run(people.two, override);
  expect((await refusal(publish(id, '2031-03-31'))).details).toMatchObject({ article: expect.stringContaining('粤州府规〔2026〕1号'), fields: [{ params: { years: 3, latest: '2029-03-31' } }] });
  expect((await publish(id, '2029-03-31')).warnings).toEqual([]);
  expect(await office.unitOfWork.run(people.registrar, (tx) => validityRule(tx, { kind: 'normative_document', tenantId }, '2020-12-31'))).toBeNull();
});

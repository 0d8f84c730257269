import { newId, type Role } from '@platform/kernel';
import { startTestApp, type TestApp } from '../support/app';
import { makeCity, PASSWORD, type TestCity } from '../support/people';
import { insertPolicy, insertVersion } from '../support/policies';

/** A whole evaluation by the API alone: what the pages do, by programs. */
describe('a campaign by the API', () => {
  let server: TestApp;
  let city: TestCity;
  let policyId: string;
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (login: string): Promise<string> => {
    const known = tokens.get(login) ?? server.app.inject({ method: 'POST', url: '/api/v1/session', payload: { city: city.id, login, password: PASSWORD } }).then((answer) => answer.json<{ accessToken: string }>().accessToken);
    tokens.set(login, known);
    return known;
  };
  const call = async (login: string, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
    server.app.inject({ method, url: `/api/v1/${path}`, headers: { authorization: `Bearer ${await tokenOf(login)}` }, ...(payload ? { payload } : {}) });
  const staff = (role: Role, department: 0 | 1 = 0): string => city.departments[department].people[role].login;
  const opening = () => ({ title: '年度评估', trigger: 'decision', reason: '常务会议决定', periodFrom: '2026-01-01', periodTo: '2026-02-28', policyIds: [policyId] });

  beforeAll(async () => {
    server = await startTestApp();
    city = await makeCity(server);
    const { people, id } = city.departments[0];
    const home = { cityId: city.id, tenantId: id, keeperId: people.drafter.accountId };
    policyId = await insertPolicy(server.unitOfWork, home, { state: 'published', title: '技术改造扶持办法' });
    await insertVersion(server.unitOfWork, home, policyId, ['补助百分之十。', '提交六份材料。'], people.drafter.accountId);
  });
  afterAll(() => server.close());

  it('goes from its opening to the signed and published report', async () => {
    const evaluator = staff('evaluator');
    const opened = await call(evaluator, 'POST', 'evaluation-campaigns', opening());
    expect(opened.statusCode).toBe(201);
    const { id } = opened.json<{ id: string }>();
    const home = `evaluation-campaigns/${id}`;
    // One evaluation at a time, in whatever order they come.
    const race = await Promise.all([1, 2, 3].map(() => call(evaluator, 'POST', 'evaluation-campaigns', opening())));
    expect(race.map(({ statusCode }) => statusCode)).toEqual([409, 409, 409]);
    const desk = (await call(evaluator, 'GET', home)).json<{ campaign: { rowVersion: number; indicators: { key: string }[]; sideWeights: object } }>();
    const { indicators, sideWeights, rowVersion } = desk.campaign;
    expect((await call(evaluator, 'PUT', `${home}/indicators`, { rowVersion, indicators: indicators.map((one) => ({ ...one, weight: 1 })), sideWeights })).json()).toMatchObject({ status: 422 });
    const twice = await Promise.all([1, 2].map(() => call(evaluator, 'PUT', `${home}/indicators`, { rowVersion, indicators, sideWeights })));
    expect(twice.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409]);

    const people = {
      department: city.departments[0].people.fund_manager, authority: city.departments[1].people.legal_reviewer, enterprises: city.enterprises[0], public: city.resident, expert: city.experts[0] as TestCity['resident'],
    };
    for (const [side, { accountId }] of Object.entries(people)) expect((await call(evaluator, 'POST', `${home}/assessors`, { side, accountId })).statusCode).toBe(201);
    expect((await call(evaluator, 'POST', `${home}/assessors`, { side: 'expert', accountId: people.expert.accountId })).statusCode).toBe(422);
    const spare = await call(evaluator, 'POST', `${home}/assessors`, { side: 'expert', accountId: city.experts[1]?.accountId });
    expect((await call(evaluator, 'POST', `${home}/assessors/${spare.json<{ id: string }>().id}/removal`)).statusCode).toBe(204);
    expect((await call(evaluator, 'POST', `${home}/scoring`, { closesOn: '2026-02-01' })).statusCode).toBe(422);
    expect((await call(evaluator, 'POST', `${home}/scoring`, { closesOn: '2026-03-20' })).statusCode).toBe(204);

    for (const [side, { login }] of Object.entries(people)) {
      expect((await call(login, 'GET', 'assessments')).json()).toMatchObject({ items: [{ campaignId: id, policyId, side }] });
      const path = `assessments/${id}/${policyId}`;
      const { indicators: asked } = (await call(login, 'GET', path)).json<{ indicators: { key: string }[] }>();
      const sheet = { rowVersion: 0, submit: true, basis: 'judgement', marks: asked.map(({ key }) => ({ key, score: 7, note: '看过办理情况' })) };
      expect((await call(login, 'PUT', path, { ...sheet, marks: sheet.marks.map((one) => ({ ...one, score: 99 })) })).statusCode).toBe(422);
      const sent = await Promise.all([1, 2].map(() => call(login, 'PUT', path, sheet)));
      expect(sent.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409]);
    }
    expect((await call(city.enterprises[1].login, 'PUT', `assessments/${id}/${policyId}`, { rowVersion: 0, submit: false, basis: 'judgement', marks: [] })).statusCode).toBe(404);
    expect((await call(evaluator, 'POST', `${home}/close`)).statusCode).toBe(204);
    expect((await call(evaluator, 'POST', `${home}/close`)).statusCode).toBe(409);

    const { policies: [reported] } = (await call(evaluator, 'GET', home)).json<{ policies: { reportId: string }[] }>();
    const report = `evaluation-reports/${reported?.reportId}`;
    const words = {
      rowVersion: 1, submit: true, sections: { process: '五方评分', practice: '申报踊跃', problems: '材料偏多', advice: '精简材料' }, conclusion: 'amend', reason: '第二条过多', nextReviewOn: null,
      clauses: [{ clauseId: 'art_2', proposal: 'amend', reason: '由六份减为三份' }],
    };
    expect((await call(evaluator, 'PUT', report, { ...words, clauses: [{ clauseId: 'art_9', proposal: 'amend', reason: 'x' }] })).statusCode).toBe(422);
    expect((await call(evaluator, 'PUT', report, words)).statusCode).toBe(204);
    const head = staff('department_head');
    expect((await call(evaluator, 'POST', `${report}/publication`, { edition: 1 })).statusCode).toBe(403);
    expect((await call(head, 'POST', `${report}/return`, { edition: 1, returnReason: '补充样本' })).statusCode).toBe(204);
    expect((await call(evaluator, 'PUT', report, { ...words, rowVersion: 3 })).statusCode).toBe(204);
    expect((await call(head, 'POST', `${report}/publication`, { edition: 1 })).statusCode).toBe(409);
    const signed = await Promise.all([1, 2, 3].map(() => call(head, 'POST', `${report}/publication`, { edition: 2 })));
    expect(signed.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409, 409]);
    expect((await server.app.inject({ url: `/api/v1/cities/${city.id}/evaluations/${reported?.reportId}/campaign` })).json()).toMatchObject({ conclusion: 'amend', followUp: { conclusion: 'amend' } });
  });

  it('refuses rubbish by its fields, strangers as if there were nothing, and whoever may not', async () => {
    const evaluator = staff('evaluator');
    const some = await call(evaluator, 'POST', 'evaluation-campaigns', opening());
    expect(some.statusCode).toBe(201);
    const home = `evaluation-campaigns/${some.json<{ id: string }>().id}`;
    const bodies = [{}, { unknown: 1 }, { title: 1, trigger: 'x', reason: null, policyIds: 'x', rowVersion: '1', indicators: 'x', sideWeights: 7, side: 'me', accountId: '1', closesOn: '2026-02-30', cancelReason: '' }, { rowVersion: 1, indicators: [{ key: '__proto__' }], sideWeights: { department: 'x' } }];
    for (const [method, path] of [['POST', 'evaluation-campaigns'], ['PUT', `${home}/indicators`], ['POST', `${home}/assessors`], ['POST', `${home}/scoring`], ['POST', `${home}/cancellation`]] as const) {
      for (const body of bodies) expect([path, (await call(evaluator, method, path, body)).statusCode]).toEqual([path, 422]);
    }
    for (const path of [home, `evaluation-campaigns/${newId()}`, 'evaluation-campaigns/x']) {
      expect([path, (await call(staff('evaluator', 1), 'POST', `${path}/scoring`, { closesOn: '2026-03-31' })).statusCode]).toEqual([path, 404]);
    }
    expect((await call(staff('department_head'), 'POST', `${home}/scoring`, { closesOn: '2026-03-31' })).statusCode).toBe(403);
    expect((await server.app.inject({ method: 'POST', url: `/api/v1/${home}/scoring`, payload: { closesOn: '2026-03-31' } })).statusCode).toBe(401);
    expect((await call(evaluator, 'POST', `${home}/cancellation`, { cancelReason: '并案' })).statusCode).toBe(204);
    expect((await call(evaluator, 'POST', `${home}/cancellation`, { cancelReason: '并案' })).statusCode).toBe(409);
    const described = (await server.app.inject({ url: '/api/docs-json' })).json<{ paths: Record<string, Record<string, { requestBody?: unknown }>> }>();
    expect(described.paths['/api/v1/evaluation-campaigns/{id}/indicators']?.['put']?.requestBody).toBeDefined();
  });
});

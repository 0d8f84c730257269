import { ExpirePolicies } from '@domains/ledger';
import { startTestApp, type TestApp } from '../support/app';
import { makeCity, PASSWORD, type TestCity } from '../support/people';
import { insertPolicy, insertVersion } from '../support/policies';

describe('the later life of a policy, over the API', () => {
  let server: TestApp;
  let city: TestCity;
  let policyId: string;

  beforeAll(async () => {
    server = await startTestApp();
    city = await makeCity(server);
    const { people, id } = city.departments[0];
    const home = { cityId: city.id, tenantId: id, keeperId: people.drafter.accountId };
    policyId = await insertPolicy(server.unitOfWork, home, { state: 'published', title: '技术改造扶持办法', effectiveTo: '2026-12-31' });
    await insertVersion(server.unitOfWork, home, policyId, ['补助百分之十。'], people.drafter.accountId);
  });
  afterAll(() => server.close());

  type Role = keyof TestCity['departments'][0]['people'];
  const as = async (role: Role, department: 0 | 1 = 0) => {
    const { login } = city.departments[department].people[role];
    const session = await server.app.inject({ method: 'POST', url: '/api/v1/session', payload: { city: city.id, login, password: PASSWORD } });
    const { accessToken } = session.json<{ accessToken: string }>();
    return (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
      server.app.inject({ method, url: `/api/v1/${url}`, headers: { authorization: `Bearer ${accessToken}` }, ...(payload ? { payload } : {}) });
  };

  it('evaluates, refuses what is incomplete with every field named, and publishes', async () => {
    const [evaluator, head, stranger] = [await as('evaluator'), await as('department_head'), await as('evaluator', 1)];
    const period = { periodFrom: '2026-03-02', periodTo: '2026-03-02' };
    expect((await stranger('POST', `policies/${policyId}/evaluations`, period)).statusCode).toBe(404);
    expect((await head('POST', `policies/${policyId}/evaluations`, period)).statusCode).toBe(403);
    const opened = await evaluator('POST', `policies/${policyId}/evaluations`, period);
    expect(opened.statusCode).toBe(201);
    const { id } = opened.json<{ id: string }>();
    const report = { rowVersion: 1, submit: true, summary: '有效', conclusion: 'keep', reason: '目标达成', nextReviewOn: '2026-12-01', ratings: [] as object[] };
    const refused = await evaluator('PUT', `evaluations/${id}`, report);
    expect([refused.statusCode, refused.headers['content-type'], refused.json<{ fields: unknown[] }>().fields.length]).toEqual([422, 'application/problem+json; charset=utf-8', 6]);
    const ratings = ['department', 'authority', 'enterprises'].map((side) => ({ side, rating: 81, evidence: '问卷' }));
    expect((await evaluator('PUT', `evaluations/${id}`, { ...report, ratings: [{ ...ratings[0], rating: 101 }] })).statusCode).toBe(422);
    expect((await evaluator('PUT', `evaluations/${id}`, { ...report, ratings, tenantId: 'x' })).statusCode).toBe(422);
    expect((await evaluator('PUT', `evaluations/${id}`, { ...report, ratings })).statusCode).toBe(204);
    expect((await stranger('PUT', `evaluations/${id}`, { ...report, ratings })).statusCode).toBe(404);
    expect((await head('POST', `evaluations/${id}/return`, { returnReason: '补充样本' })).statusCode).toBe(204);
    expect((await evaluator('PUT', `evaluations/${id}`, { ...report, ratings, rowVersion: 3 })).statusCode).toBe(204);
    expect((await evaluator('POST', `evaluations/${id}/publication`)).statusCode).toBe(403);
    expect((await head('POST', `evaluations/${id}/publication`)).statusCode).toBe(204);
    expect((await head('POST', `evaluations/${id}/publication`)).statusCode).toBe(409);
    expect((await head('GET', 'evaluations')).json()).toMatchObject({ items: [{ id, state: 'published', conclusion: 'keep' }], next: null });
    expect((await stranger('GET', 'evaluations')).json()).toEqual({ items: [], next: null });
  });

  it('opens and decides an abolition and keeps the timeline', async () => {
    const [drafter, head, stranger] = [await as('drafter'), await as('department_head'), await as('department_head', 1)];
    expect((await drafter('POST', `policies/${policyId}/abolitions`, { openReason: ' ' })).statusCode).toBe(422);
    const { id } = (await drafter('POST', `policies/${policyId}/abolitions`, { openReason: '上位法已修改' })).json<{ id: string }>();
    expect((await stranger('POST', `abolitions/${id}/decision`, { decision: 'keep', reason: 'x' })).statusCode).toBe(404);
    expect((await head('POST', `abolitions/${id}/decision`, { decision: 'abolish', reason: 'x', noticeText: 'y', effectOn: '2026-02-30' })).statusCode).toBe(422);
    expect((await head('POST', `abolitions/${id}/decision`, { decision: 'keep', reason: '仍有必要' })).statusCode).toBe(204);
    expect((await head('GET', `policies/${policyId}/abolitions`)).json()).toMatchObject({ cases: [{ id, decision: 'keep', mayDecide: false }] });
    const names = (await drafter('GET', `policies/${policyId}/timeline`)).json<{ items: { name: string }[] }>().items.map((item) => item.name);
    expect(names).toEqual(['evaluation_published', 'abolition_opened']);
    // Another department of the city reads the public part of it.
    expect((await stranger('GET', `policies/${policyId}/timeline`)).json<{ items: { name: string }[] }>().items.map((item) => item.name)).toEqual(['evaluation_published']);
  });

  it('lists the ledger, and the policy as expired after its last day', async () => {
    server.clock.set('2027-01-01T00:00:00+08:00');
    expect(await server.app.get(ExpirePolicies).run(city.id)).toBe(1);
    const drafter = await as('drafter');
    expect((await drafter('GET', 'ledger?state=expired')).json()).toMatchObject({ items: [{ id: policyId, state: 'expired', validity: 'lapsed' }], next: null });
    const list = await server.app.inject(`/api/v1/cities/${city.id}/effective`);
    expect(list.json()).toMatchObject({ on: '2027-01-01', items: [], total: 0 });
    const csv = await server.app.inject(`/api/v1/cities/${city.id}/effective?on=2026-12-31&format=csv`);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body).toContain('"技术改造扶持办法"');
  });

  it('shows the interpretation desk to those who work on it', async () => {
    const interpreter = await as('interpreter');
    expect((await interpreter('GET', `policies/${policyId}/interpretation`)).json()).toMatchObject({ plan: null, materials: [], mayWrite: false });
    const plan = await interpreter('PUT', `policies/${policyId}/interpretation/plan`, { audience: '企业', keyPoints: '标准', channels: ['website'] });
    expect([plan.statusCode, plan.json<{ title: string }>().title]).toEqual([409, '政策已经公布或已结束，解读材料不能再修改。']);
  });
});

import { createHash } from 'node:crypto';
import { CommitDraw, CloseCall, OfferReroute } from '@domains/funding';
import type { Actor } from '@platform/kernel';
import { PASSWORD } from '../../support/people';
import { CONDITIONS, DATA, Stage, TIMES } from './stage';

type Person = Actor & { login: string };

let stage: Stage;
const sessions = new Map<string, string>();
beforeAll(async () => {
  stage = await Stage.set();
});
afterAll(() => stage.close());

const cookieOf = (headers: Record<string, unknown>): string[] => ([headers['set-cookie']].flat().filter(Boolean) as string[]).map((line) => line.split(';')[0]!);

/** A request as this person, or as nobody; forms carry the token of a page that was shown before. */
async function http(person: Person | null, method: 'GET' | 'POST', url: string, form?: Record<string, string | string[]>) {
  const session = person ? await signIn(person) : '';
  if (method === 'GET') return stage.test.app.inject({ method, url, headers: { cookie: session } });
  const shown = await stage.test.app.inject({ method: 'GET', url: '/login', headers: { cookie: session } });
  const token = /name="_csrf" value="([^"]+)"/.exec(shown.body)?.[1] ?? '';
  const payload = new URLSearchParams([['_csrf', token], ...Object.entries(form ?? {}).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))] as [string, string][]).toString();
  return stage.test.app.inject({ method, url, payload, headers: { cookie: [session, ...cookieOf(shown.headers)].filter(Boolean).join('; '), 'content-type': 'application/x-www-form-urlencoded' } });
}

async function signIn(person: Person): Promise<string> {
  const known = sessions.get(person.login);
  if (known) return known;
  const answer = await http(null, 'POST', '/login', { city: stage.city.id, login: person.login, password: PASSWORD });
  const cookie = cookieOf(answer.headers).join('; ');
  if (!cookie.includes('pl_access')) throw new Error(`${person.login} could not sign in: ${answer.statusCode} ${answer.body.slice(0, 200)}`);
  sessions.set(person.login, cookie);
  return cookie;
}

const text = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the pages of a call', () => {
  it('take an application from its form to the money, person by person', async () => {
    const { id: city } = stage.city;
    const { people } = stage.department;
    const [one, two] = stage.city.enterprises as [Person, Person];
    const policy = `/console/policies/${stage.policyId}/funding`;
    const ok = async (person: Person | null, url: string): Promise<string> => {
      const answer = await http(person, 'GET', url);
      expect([url, answer.statusCode]).toEqual([url, 200]);
      // A key of the catalogue that has no words would show as itself.
      expect(answer.body).not.toMatch(/>[^<]*\b(funding|common|policy|lifecycle):[a-z]/);
      return answer.body;
    };
    const send = async (person: Person, url: string, form: Record<string, string | string[]> = {}): Promise<string> => {
      const answer = await http(person, 'POST', url, form);
      if (answer.statusCode !== 303) throw new Error(`${url}: ${answer.statusCode} ${text(answer.body).slice(0, 1500)}`);
      return String(answer.headers['location']);
    };

    await ok(people.fund_manager, policy);
    await send(people.fund_manager, `${policy}/programmes`, { title: '示例技术改造', clauseIdentity: 'art_2' });
    const programmePath = /href="(\/console\/policies\/[^"]+\/call)"/.exec(await ok(people.fund_manager, policy))![1]!;
    await ok(people.fund_manager, programmePath);
    const form = {
      title: '2026年示例资金', guide: '营业执照', budgetYuan: '1000000', perAwardMaxYuan: '600000', opensAt: '2026-03-02T09:00', closesAt: '2026-03-20T18:00', answerBy: '2026-05-29',
      conditions: 'revenueYuan >= 20000000 | 上年度营业收入不低于2000万元 | art_2', criteria: '创新性 40\n可行性 60', expertsNeeded: '3', divergenceThreshold: '20', noticeWorkingDays: '7',
    };
    const refused = await http(people.fund_manager, 'POST', programmePath, { ...form, criteria: '创新性 40', conditions: 'x' });
    expect([refused.statusCode, refused.body.includes('2026年示例资金')]).toEqual([422, true]);
    const desk = await send(people.fund_manager, programmePath, form);
    await send(people.fund_manager, `${desk}/open`);
    const callId = desk.split('/').pop()!;
    const portal = `/${city}/calls/${callId}`;

    expect(await ok(null, `/${city}/funds`)).toContain('2026年示例资金');
    expect(text(await ok(null, portal))).toContain('以企业身份登录后');
    expect(text(await ok(one, portal))).toContain('登记信息中没有这一项');
    await ok(one, `${portal}/apply`);
    await send(one, `${portal}/apply`, { title: '示例产线', summary: '', amountYuan: '', action: 'save' });
    const short = await http(one, 'POST', `${portal}/apply`, { title: '示例产线', summary: '太短', amountYuan: '9999999', action: 'submit' });
    expect([short.statusCode, text(short.body).includes('概要不少于 20 字')]).toEqual([422, true]);
    const mine = await send(one, `${portal}/apply`, { title: DATA.title, summary: DATA.summary, amountYuan: '500000.00', action: 'submit' });
    expect(text(await ok(one, mine))).toContain('在甲局手上');
    expect(await ok(one, `/${city}/my/applications`)).toContain(DATA.title);
    for (const [person, url] of [[two, mine], [one, `/999802/my/applications`], [people.fund_manager, mine]] as const) expect((await http(person, 'GET', url)).statusCode).toBeGreaterThanOrEqual(403);

    const applicationId = mine.split('/').pop()!;
    const check = `${desk}/applications/${applicationId}`;
    expect(await ok(people.fund_manager, check)).toContain('第二条');
    const unchecked = await http(people.fund_manager, 'POST', `${check}/check`, { outcome: 'accepted', findings: '材料齐全', evidence: '' });
    expect([unchecked.statusCode, text(unchecked.body).includes('条件待核实')]).toEqual([409, true]);
    await send(people.fund_manager, `${check}/check`, { outcome: 'accepted', findings: '材料齐全', evidence: '审计报告第3页' });

    stage.at(TIMES.closed);
    await send(people.fund_manager, `${desk}/close`);
    await send(people.fund_manager, `${desk}/draw`, { seedSource: '示例彩票第2026033期开奖号码', seedAvailableAt: '2026-03-24T21:15', recusalReason: '' });
    expect(text(await ok(null, `${portal}/draw`))).toContain('等待种子数值产生');
    stage.at(TIMES.seed);
    sessions.clear();
    await ok(people.fund_manager, desk);
    await send(people.fund_manager, `${desk}/seed`, { seed: '3 11 19 22 28 31 / 7' });
    const draw = await ok(null, `${portal}/draw`);
    expect(text(draw)).toContain('全部一致');
    expect(draw).toContain('3.11.19.22.28.31./7./');
    await send(people.fund_manager, `${desk}/reviews`);

    for (const { actor } of stage.experts) {
      const list = await ok(actor as Person, '/console/reviews');
      const review = /href="(\/console\/reviews\/[^"]+)"/.exec(list)?.[1];
      if (!review) continue;
      expect(await ok(actor as Person, review)).not.toContain('enterprise-1');
      await send(actor as Person, `${review}/declaration`, { conflict: 'no', reason: '' });
      await ok(actor as Person, review);
      await send(actor as Person, `${review}/score`, { score: ['80', '85'], comment: '方案可行。' });
      await ok(actor as Person, review);
    }
    stage.at(TIMES.decided);
    sessions.clear();
    expect(text(await ok(people.department_head, desk))).toContain('签署审定结果');
    await send(people.department_head, `${desk}/decision`, { applicationId, amountYuan: '480000', reason: '按评审结果' });
    await send(people.fund_manager, `${desk}/notice`);
    expect(text(await ok(stage.city.resident as Person, `${portal}/notice`))).toContain('48万元');
    await send(stage.city.resident as Person, `${portal}/objections`, { decisionId: '', text: '示例异议：希望说明评分依据。' });
    const objection = /action="(\/console\/calls\/[^"]+\/objections\/[^"]+)"/.exec(await ok(people.fund_manager, desk))![1]!;
    await send(people.fund_manager, objection, { upheld: 'no', answer: '评分依据见评审标准。' });
    stage.at(TIMES.noticeOver);
    sessions.clear();
    await send(people.department_head, `${desk}/awards`);
    const pay = await ok(people.finance_officer, desk);
    const awardId = /name="awardId" value="([^"]+)"/.exec(pay)![1]!;
    const payment = { awardId, instalment: '1', amountYuan: '480000', voucher: '示例凭证1' };
    await send(people.finance_officer, `${desk}/payments`, payment);
    const again = await http(people.finance_officer, 'POST', `${desk}/payments`, payment);
    expect([again.statusCode, text(again.body).includes('没有重复拨付')]).toEqual([409, true]);
    expect(text(await ok(people.finance_officer, '/console/funds'))).toContain('已办结');
    expect(text(await ok(one, mine))).toContain('拨付');
    for (const url of [portal, `${portal}/draw`, `${portal}/notice`, `/${city}/funds`]) await ok(null, `${url}?lang=en`);
    for (const url of [desk, '/console/funds', policy]) await ok(people.fund_manager, `${url}?lang=en`);
  });

  it('offers another fund to the applicant', async () => {
    stage.at(TIMES.opens);
    sessions.clear();
    const [wrong, right] = [await stage.openCall(100_000_000, CONDITIONS), await stage.openCall(90_000_000, [], '另一示例资金')];
    const [one] = stage.city.enterprises as [Person, Person];
    const id = await stage.submit(wrong, one);
    expect((await http(stage.department.people.fund_manager, 'GET', `/console/calls/${wrong}/applications/${id}`)).body).toContain('另一示例资金');
    await stage.get(OfferReroute).run(stage.manager, id, { targetCallId: right, reason: '方向不同。' });
    const shown = await http(one, 'GET', `/${stage.city.id}/my/applications/${id}`);
    expect(text(shown.body)).toContain('另一示例资金');
    expect((await http(one, 'POST', `/${stage.city.id}/my/applications/${id}/reroute`, { answer: 'accept' })).statusCode).toBe(303);
    expect(text((await http(one, 'GET', `/${stage.city.id}/my/applications/${id}`)).body)).toContain('同意改报');
  });

  it('lets the committed bytes be hashed by anybody, and the API mirror the pages', async () => {
    stage.at(TIMES.opens);
    const callId = await stage.openCall();
    const [one] = stage.city.enterprises;
    await stage.accept(await stage.submit(callId, one));
    stage.at(TIMES.closed);
    await stage.get(CloseCall).run(stage.manager, callId);
    const { commitment } = await stage.get(CommitDraw).run(stage.manager, callId, { seedSource: '示例彩票第2026033期开奖号码', seedAvailableAt: new Date(TIMES.seed) });
    const bytes = await http(null, 'GET', `/${stage.city.id}/calls/${callId}/draw/commitment`);
    expect(createHash('sha256').update(bytes.rawPayload).digest('hex')).toBe(commitment);
    const api = `/api/v1/cities/${stage.city.id}/calls`;
    expect((await http(null, 'GET', `${api}/${callId}/draw`)).json()).toMatchObject({ commitment, replays: null });
    expect((await http(null, 'GET', api)).json<{ items: { id: string }[] }>().items.map(({ id }) => id)).toContain(callId);
    expect((await http(null, 'GET', `${api}/${callId}/notice`)).statusCode).toBe(404);
    expect((await http(null, 'GET', '/api/v1/my/applications')).statusCode).toBe(401);
  });
});

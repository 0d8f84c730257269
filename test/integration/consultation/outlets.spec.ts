import { AnswerOpinion, ApproveAnswers, CloseConsultation, ExtendConsultation, ModerateOpinion, PostOpinion, PublishResult } from '@domains/consultation';
import { readSource } from '@core/documents';
import { Sessions } from '@platform/identity';
import { type Actor, anonymousActor, newId, systemActor } from '@platform/kernel';
import JSZip from 'jszip';
import readWorkbook from 'read-excel-file/node';
import { SaxesParser } from 'saxes';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, PASSWORD, type TestCity } from '../../support/people';
import { type Desk, deskOf } from '../drafting/desk';

const TITLE = '<script>alert(1)</script>"\'&办法';
const PURPOSE = '拟支持 ]]><b>企业</b> & 更新设备。';
const FORMULA = '=HYPERLINK("http://x","点我")';
const HIDDEN = '骂人的话';

let web: TestApp;
let city: TestCity;
let policyId: string;
let id: string;
let desk: Desk;
const opinions: Record<string, string> = {};

/** A consultation that stands open until the end of 1 April 2026, put there without the other rooms and their gates. */
async function makeConsultation(drafter: Actor, title: string): Promise<{ policyId: string; id: string }> {
  const made = { policyId: newId(), id: newId() };
  const versionId = newId();
  await web.unitOfWork.run(drafter, async (tx) => {
    const own = [tx.cityId, tx.actor.tenantId, tx.actor.accountId, tx.at];
    await tx.query(
      `INSERT INTO policy (city_id, id, tenant_id, kind, title, state, responsible_id, public_since, created_at) VALUES ($1, $5, $2, 'normative_document', $6, 'consulting', $3, $4, $4)`, [...own, made.policyId, title]);
    await tx.query(`INSERT INTO policy_version (city_id, id, tenant_id, policy_id, no, state, created_by, created_at, is_public) VALUES ($1, $5, $2, $6, 1, 'draft', $3, $4, true)`, [...own, versionId, made.policyId]);
    for (const seq of [1, 2]) {
      await tx.query(
        `INSERT INTO provision (city_id, version_id, clause_id, tenant_id, seq, identity, kind, number, label, lead, text, is_public) VALUES ($1, $2, $3, $4, $5, $3, 'article', $5, $6, '', $7, true)`,
        [tx.cityId, versionId, `art_${seq}`, tx.actor.tenantId, seq, `第${'〇一二'.charAt(seq)}条`, '按投资额的百分之十给予补助。']);
    }
    await tx.query(`UPDATE policy_version SET state = 'submitted', submitted_at = $4, submitted_by = $3, text_hash = 'x' WHERE city_id = $1 AND id = $5 AND tenant_id = $2`, [...own, versionId]);
    const basis = { openedOn: '2026-03-02', rules: [{ id: 'nrd.consult.market', days: 30, unit: 'cd', due: '2026-04-01', shortenable: true, source: { zh: '《优化营商环境条例》第六十二条', en: 'art. 62' } }] };
    await tx.query(
      `INSERT INTO consultation (city_id, id, tenant_id, policy_id, version_id, title, purpose, state, opens_at, closes_at, basis, opened_by, receipt_salt)
       VALUES ($1, $5, $2, $6, $7, $9, $10, 'open', $4, '2026-04-02T00:00:00+08:00', $8, $3, 'salt')`, [...own, made.id, made.policyId, versionId, JSON.stringify(basis), title, PURPOSE]);
  });
  return made;
}

const post = async (name: string, actor: Actor, input: object): Promise<void> => {
  opinions[name] = (await web.app.get(PostOpinion).run(actor, id, { stance: 'suggest', text: '', idempotencyKey: newId(), ...input })).opinionId;
};
const get = (url: string, headers: Record<string, string> = {}) => web.app.inject({ url, headers });
/** A file as somebody who is signed in saves it. */
const save = async (url: string, person: { login: string }) => get(url, { authorization: `Bearer ${(await web.app.get(Sessions).signIn(city.id, person.login, PASSWORD)).accessToken}` });
const drafterOf = (department: 0 | 1) => city.departments[department].people.drafter;
const base = (): string => `/${city.id}/consultations/${id}`;
const outlets = (): string => `/console/policies/${policyId}/consultation/${id}`;

/** Elements with their texts, as a strict XML reader finds them. */
function elements(xml: string): [string, string][] {
  const parser = new SaxesParser();
  const [found, open]: [[string, string][], { name: string; text: string }[]] = [[], []];
  parser.on('error', (error) => { throw error; });
  parser.on('opentag', ({ name, attributes }) => open.push({ name, text: (attributes['href'] as string | undefined) ?? '' }));
  parser.on('text', (text) => { const top = open.at(-1); if (top) top.text += text; });
  parser.on('closetag', () => { const top = open.pop(); if (top) found.push([top.name, top.text]); });
  parser.write(xml).close();
  return found;
}
const texts = (xml: string, name: string): string[] => elements(xml).filter(([one]) => one === name).map(([, text]) => text);

beforeAll(async () => {
  web = await startTestApp();
  city = await makeCity(web);
  await makeCity(web, '999802');
  const { drafter } = city.departments[0].people;
  ({ policyId, id } = await makeConsultation(drafter, TITLE));
  await post('enterprise', { ...city.enterprises[0], name: '晨星机械有限公司' }, { text: FORMULA, clauseId: 'art_2', quote: '百分之十' });
  web.clock.set('2026-03-05T09:00:00+08:00');
  await post('resident', { ...city.resident, name: '张三丰' }, { text: '<img src=x onerror=alert(1)>\n第二行', stance: 'support' });
  await post('anonymous', anonymousActor(city.id), { text: '支持', stance: 'support', name: '李四先生' });
  await post('hidden', anonymousActor(city.id), { text: HIDDEN, stance: 'oppose' });
  await web.app.get(ModerateOpinion).run(drafter, opinions['hidden']!, { moderation: 'hidden', reason: '含侮辱性语言' });
  desk = await deskOf(web, drafter);
});
afterAll(() => web.close());

describe('the feed', () => {
  it('is well-formed whatever the title says, names open consultations alone and keeps its ids wherever it is asked', async () => {
    const answer = await get(`/${city.id}/consultations.atom`, { host: 'policy.example.cn' });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    expect(texts(answer.body, 'title')).toEqual([expect.stringContaining('正在征求意见'), TITLE]);
    expect(texts(answer.body, 'summary')).toEqual([`${PURPOSE}\n征求意见到 2026年4月1日 24:00（北京时间）为止。`]);
    expect(texts(answer.body, 'link')).toContain(`http://policy.example.cn${base()}`);
    expect(texts(answer.body, 'updated')).toEqual(['2026-03-02T01:00:00.000Z', '2026-03-02T01:00:00.000Z']);
    const [other, evil, en] = [await get(`/${city.id}/consultations.atom`), await get(`/${city.id}/consultations.atom`, { host: 'x"><a' }), await get(`/${city.id}/consultations.atom?lang=en`)];
    expect(texts(other.body, 'id')).toEqual(texts(answer.body, 'id'));
    expect(texts(other.body, 'id')[1]).toBe(`urn:uuid:${id}`);
    if (evil.statusCode === 200) expect(texts(evil.body, 'link')).toContain(base());
    expect(texts(en.body, 'title')[0]).toContain('consultations that are open');
    expect(texts((await get(`/${city.id}/consultation-results.atom`)).body, 'entry')).toEqual([]);
    expect(texts((await get('/999802/consultations.atom')).body, 'entry')).toEqual([]);
    expect((await get('/123456/consultations.atom')).statusCode).toBe(404);
  });

  it('answers 304 to whoever has it, and 200 after an extension', async () => {
    const url = `/${city.id}/consultations.atom`;
    const first = await get(url);
    const [etag, modified] = [String(first.headers.etag), String(first.headers['last-modified'])];
    expect([etag, modified]).toEqual([expect.stringMatching(/^"[0-9a-f]{32}"$/), 'Mon, 02 Mar 2026 01:00:00 GMT']);
    for (const headers of [{ 'if-none-match': etag }, { 'if-none-match': `"x", W/${etag}` }, { 'if-none-match': '*' }, { 'if-modified-since': modified }, { 'if-none-match': etag, 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }]) {
      const again = await get(url, headers as unknown as Record<string, string>);
      expect([headers, again.statusCode, again.body, again.headers.etag]).toEqual([headers, 304, '', etag]);
    }
    for (const headers of [{ 'if-none-match': '"x"', 'if-modified-since': modified }, { 'if-modified-since': 'Mon, 02 Mar 2026 00:59:59 GMT' }, { 'if-modified-since': 'gestern' }]) {
      expect([headers, (await get(url, headers as unknown as Record<string, string>)).statusCode]).toEqual([headers, 200]);
    }
    await web.app.get(ExtendConsultation).run(city.departments[0].people.drafter, id, { lastDay: '2026-04-02', notice: '应各方<要求>延长' });
    const after = await get(url, { 'if-none-match': etag });
    expect(after.statusCode).toBe(200);
    expect(texts(after.body, 'summary')[0]).toContain('应各方<要求>延长');
    expect(texts(after.body, 'updated')).toEqual(['2026-03-05T01:00:00.000Z', '2026-03-05T01:00:00.000Z']);
  });

  it('stands in the head of the pages', async () => {
    for (const url of [`/${city.id}/consultations`, base(), `/${city.id}`]) {
      const { body } = await get(url);
      for (const feed of ['consultations.atom', 'consultation-results.atom']) expect(body).toMatch(new RegExp(`<link rel="alternate" type="application/atom\\+xml" title="[^"]+" href="/${city.id}/${feed}">`));
    }
  });
});

describe('the page for frames', () => {
  it('may be framed by anybody and has no form, script or cookie; every other page refuses', async () => {
    const { statusCode, headers, body } = await get(`${base()}/embed`);
    expect([statusCode, headers['x-frame-options'], headers['set-cookie'], headers['cross-origin-resource-policy']]).toEqual([200, undefined, undefined, 'cross-origin']);
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*form-action 'none'.*frame-ancestors \*$/);
    expect(body).not.toMatch(/<script|<form|<b>企业|onerror/);
    expect(body.replaceAll('&#x3D;', '=')).toContain(`href="${base()}#opinion-form"`);
    expect(body).toContain('已收到 4 条意见');
    expect([...body.matchAll(/<a [^>]*>/g)].filter(([tag]) => !tag.includes('target="_blank" rel="noopener"'))).toEqual([]);
    for (const url of [base(), `/${city.id}/consultations`, `/${city.id}/receipts`, '/login', `${base()}x/embed`]) {
      const other = await get(url);
      expect([url, other.headers['x-frame-options'], other.headers['content-security-policy']]).toEqual([url, 'SAMEORIGIN', expect.stringContaining("frame-ancestors 'none'")]);
    }
    expect((await get(`/999802/consultations/${id}/embed`)).statusCode).toBe(404);
  });
});

describe('the open data', () => {
  it('has the shown opinions and counts the hidden, without a person\'s name', async () => {
    const answer = await get(`${base()}/opinions.json`, { host: 'policy.example.cn' });
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['access-control-allow-origin']]).toEqual([200, 'application/json; charset=utf-8', '*']);
    const { consultation, counts, opinions: all } = answer.json<{ consultation: object; counts: object; opinions: Record<string, unknown>[] }>();
    expect(consultation).toMatchObject({ id, title: TITLE, stage: 'open', page: `http://policy.example.cn${base()}` });
    expect(counts).toEqual({ received: 4, shown: 3, hidden: 1, withdrawn: 0 });
    expect(all.map(({ participant, enterprise, text }) => [participant, enterprise, text])).toEqual(expect.arrayContaining([
      ['enterprise', '晨星机械有限公司', FORMULA], ['resident', null, '<img src=x onerror=alert(1)>\n第二行'], ['anonymous', null, '支持']]));
    expect(all).toHaveLength(3);
    expect(all.find(({ participant }) => participant === 'enterprise')).toMatchObject({ clauseId: 'art_2', clause: '第二条', quote: '百分之十', stance: 'suggest', disposition: null });
    const table = await get(`${base()}/opinions.csv`);
    expect(table.body.split('\r\n')[0]).toContain('\uFEFF"回执号","收到时间（UTC）","渠道","参与者","企业名称"');
    expect(table.body).toContain(`"'=HYPERLINK(""http://x"",""点我"")"`);
    for (const body of [answer.body, table.body]) for (const secret of [HIDDEN, '李四', '张三', '张**', '含侮辱性语言']) expect([secret, body.includes(secret)]).toEqual([secret, false]);
    for (const kind of ['json', 'csv']) expect((await get(`/999802/consultations/${id}/opinions.${kind}`)).statusCode).toBe(404);
  });

  it('is whole however many there are', async () => {
    const drafter = drafterOf(0);
    const many = await makeConsultation(drafter, '许多意见');
    await web.unitOfWork.run(systemActor(city.id), (tx) => tx.query(
      `INSERT INTO opinion (city_id, id, tenant_id, consultation_id, version_id, channel, author_kind, text, stance, receipt_no, receipt_code_hash, idempotency_key, received_at, moderation)
       SELECT c.city_id, gen_random_uuid(), c.tenant_id, c.id, c.version_id, 'website', 'anonymous', '意见' || n, 'suggest', 'N' || n, 'H' || n, 'K' || n, c.opens_at + (n / 7) * interval '1 second', 'shown'
       FROM consultation c, generate_series(1, 1234) n WHERE c.city_id = $1 AND c.id = $2`, [city.id, many.id]));
    const json = (await get(`/${city.id}/consultations/${many.id}/opinions.json`)).json<{ opinions: { receiptNo: string }[] }>();
    expect(new Set(json.opinions.map(({ receiptNo }) => receiptNo)).size).toBe(1234);
    expect((await get(`/${city.id}/consultations/${many.id}/opinions.csv`)).body.trimEnd().split('\r\n')).toHaveLength(1235);
    const none = await makeConsultation(drafter, '没有意见');
    expect((await get(`/${city.id}/consultations/${none.id}/opinions.json`)).json()).toMatchObject({ opinions: [] });
  });

  it('is described on the page of open data', async () => {
    const { body } = await get(`/${city.id}/data`);
    for (const words of ['opinions.json', 'opinions.csv', 'consultations.atom', 'receiptNo', '没有变化时只回答 304']) expect(body).toContain(words);
  });
});

describe('the department\'s workbook', () => {
  const workbook = (person: { login: string } = drafterOf(0)) => save(`${outlets()}/opinions.xlsx`, person);

  it('has every opinion as text that no spreadsheet calculates, hidden ones too, and leaves a line in the audit log', async () => {
    const answer = await workbook();
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([200, expect.stringContaining('spreadsheetml'), 'private, no-store']);
    const [sheet, figures] = await readWorkbook(answer.rawPayload);
    const [head, ...rows] = sheet!.data as string[][];
    const column = (name: string): string[] => rows.map((row) => row[head!.indexOf(name)]!);
    expect(column('意见')).toEqual([FORMULA, '<img src=x onerror=alert(1)>\n第二行', '支持', HIDDEN]);
    expect(column('称呼')).toEqual(['晨星机械有限公司', '张三丰', '李四先生', null]);
    expect(column('是否公开')).toEqual(['公开', '公开', '公开', '未公开']);
    expect(column('条款')).toEqual(['第二条', '整个草案', '整个草案', '整个草案']);
    expect(column('收到时间（北京时间）')[0]).toBe('2026-03-02 09:00:00');
    expect(figures!.data).toEqual(expect.arrayContaining([['收到意见', null, 4], ['按态度', '支持', 2]]));
    const zip = await JSZip.loadAsync(answer.rawPayload);
    const xml = await zip.file('xl/worksheets/sheet1.xml')!.async('string');
    expect(xml).not.toMatch(/<f[ >]/);
    expect(elements(xml).length).toBeGreaterThan(50);
    const logged = await web.unitOfWork.run(systemActor(city.id), (tx) => tx.query<{ payload: string }>(`SELECT payload FROM audit_entry WHERE city_id = $1 AND payload LIKE '%consultation.opinions_exported%'`, [city.id]));
    expect(JSON.parse(logged[0]!.payload)).toMatchObject({ subjectId: id, details: { opinions: 4 } });
  });

  it('is for the department alone, and so is the page that offers it', async () => {
    const other = await deskOf(web, city.departments[1].people.drafter);
    expect((await workbook(drafterOf(1))).statusCode).toBe(404);
    expect((await other.get(`${outlets()}/outlets`)).status).toBe(404);
    expect((await workbook(city.resident)).statusCode).toBe(403);
    expect((await get(`${outlets()}/opinions.xlsx`)).statusCode).toBe(303);
    const offered = await desk.get(`${outlets()}/outlets`);
    expect(offered.status).toBe(200);
    // Twice escaped: as an attribute of the snippet, and as the text of the page.
    expect(offered.body).toContain('title&#x3D;&quot;&amp;lt;script&amp;gt;');
    expect(offered.body).not.toContain('<script>alert');
    expect((await desk.get(`${outlets()}/result.docx`)).status).toBe(404);
    expect((await desk.get(`/console/policies/${newId()}/consultation/${id}/outlets`)).status).toBe(404);
  });
});

describe('once the result is published', () => {
  beforeAll(async () => {
    const { drafter, department_head: head } = city.departments[0].people;
    const answers: string[] = [];
    for (const [name, opinion] of Object.entries(opinions)) {
      const { id: answer } = await web.app.get(AnswerOpinion).run(drafter, opinion, name === 'enterprise' ? { disposition: 'adopted', reason: '=1+1，有道理<b>', adoptedIdentity: 'art_2' } : { disposition: 'noted', reason: `答复${name}` });
      answers.push(answer);
    }
    await web.app.get(ApproveAnswers).run(head, id, answers);
    web.clock.set('2026-04-03T00:00:00+08:00');
    await web.app.get(CloseConsultation).run(drafter, id);
    await web.app.get(PublishResult).run(drafter, id, { text: '共收到四条意见。\n采纳一条。' });
  });

  it('the feeds say so', async () => {
    expect(texts((await get(`/${city.id}/consultations.atom`)).body, 'title')).not.toContain(TITLE);
    const results = (await get(`/${city.id}/consultation-results.atom`)).body;
    expect(texts(results, 'summary')).toEqual(['共收到四条意见。\n采纳一条。']);
    expect(texts(results, 'link').some((href) => href.endsWith(`${base()}/result`))).toBe(true);
    expect(texts(results, 'id')).not.toContain(`urn:uuid:${id}`);
  });

  it('the open data has the answers of what is shown', async () => {
    const { body } = await get(`${base()}/opinions.json`);
    for (const reason of ['有道理<b>', '答复resident', '答复anonymous']) expect(body).toContain(reason);
    expect(body).not.toContain('答复hidden');
    expect((await get(`${base()}/opinions.csv`)).body).toContain(`"采纳","'=1+1，有道理<b>"`);
  });

  it('the page draws figures with their tables', async () => {
    const { body } = await get(`${base()}/result`);
    expect(body).not.toContain('<script>alert');
    for (const words of ['按条款', '每天收到的意见', '最多的是 2026年3月5日，2 条', `${base()}?on=art_2#opinions`, '按条款和按日期只统计公开的意见']) expect(body.replaceAll('&#x3D;', '=')).toContain(words);
    expect(body.match(/<svg class="time-chart__svg"[\s\S]*?<\/svg>/)![0].match(/<rect/g)).toHaveLength(32);
  });

  it('the report opens, for everybody and for the department, with answers and figures and nothing that is hidden', async () => {
    const [open, staff] = [await get(`${base()}/result.docx`), await save(`${outlets()}/result.docx`, drafterOf(0))];
    expect([open.statusCode, staff.statusCode]).toEqual([200, 200]);
    expect(staff.rawPayload.equals(open.rawPayload)).toBe(true);
    const xml = await (await JSZip.loadAsync(open.rawPayload)).file('word/document.xml')!.async('string');
    const text = elements(xml).filter(([name]) => name === 'w:t').map(([, words]) => words).join('|');
    for (const words of [TITLE, '采纳一条。', '晨星机械有限公司', '=1+1，有道理<b>', '答复resident', '25.0%', '另有 1 条意见未公开', '《优化营商环境条例》第六十二条', '第二条', '2026年3月5日']) expect([words, text.includes(words)]).toEqual([words, true]);
    for (const secret of [HIDDEN, '李四', '张', '答复hidden']) expect([secret, text.includes(secret)]).toEqual([secret, false]);
    expect((await readSource('result.docx', open.rawPayload)).provisions.length).toBeGreaterThan(0);
    expect((await save(`${outlets()}/result.docx`, drafterOf(1))).statusCode).toBe(404);
  });
});

it('limits each person to thirty files a minute', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 31; n += 1) statuses.push((await desk.get(`${outlets()}/result.docx`)).status);
  expect(statuses.at(-1)).toBe(429);
  expect(statuses[0]).toBe(200);
});

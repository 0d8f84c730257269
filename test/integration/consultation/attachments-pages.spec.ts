import path from 'node:path';
import { spawn } from 'node:child_process';
import { ModerateOpinion } from '@domains/consultation';
import { Sessions } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { sha256Hex } from '@platform/kernel';
import { EventProcessor } from '@platform/messaging';
import type { Client } from 'pg';
import { startTestApp, type TestApp } from '../../support/app';
import { proofHeaders, solvedFields } from '../../support/challenge';
import { fakeClamd, type FakeClamd } from '../../support/fake-clamd';
import { insertOpenConsultation, OPEN } from '../../support/open-consultation';
import { makeCity, PASSWORD, type TestCity } from '../../support/people';
import { docx, jpeg, pdf, png, TYPES } from '../../support/sent-files';
import { type FormValue, Visitor } from '../../support/visitor';

const ROOT = path.resolve(__dirname, '../../..');
const { cityId: CITY, consultationId: ID, policyId: POLICY } = OPEN;
const BASE = `/${CITY}/consultations/${ID}`;
const HEAD: Actor = { cityId: CITY, tenantId: OPEN.departmentId, accountId: OPEN.headId, name: '负责人1', roles: ['department_head'], scope: 'own' };
const EICAR = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));

let clamd: FakeClamd;
let web: TestApp;
let owner: Client;
let staff: { authorization: string };
let elsewhere: TestCity;

beforeAll(async () => {
  clamd = await fakeClamd();
  web = await startTestApp({ clamdUrl: clamd.url });
  owner = await insertOpenConsultation(web);
  await owner.query(`INSERT INTO membership (city_id, tenant_id, account_id, role) VALUES ($1, $2, $3, 'department_head')`, [CITY, HEAD.tenantId, HEAD.accountId]);
  elsewhere = await makeCity(web);
  await owner.query(
    `INSERT INTO credential (city_id, account_id, password_hash) SELECT $1, a.id, (SELECT password_hash FROM credential WHERE city_id = $2 LIMIT 1) FROM account a WHERE a.city_id = $1`, [CITY, elsewhere.id]);
  staff = { authorization: `Bearer ${(await web.app.get(Sessions).signIn(CITY, 'head-1', PASSWORD)).accessToken}` };
}, 120_000);
afterAll(async () => {
  await owner.end();
  await web.close();
  await clamd.close();
});

const asFile = (filename: string, data: Buffer, type = 'application/octet-stream'): FormValue => ({ filename, type, data });
/** Posts the form as a browser without a script does; several files stand under one name. */
async function send(files: FormValue[], values: Record<string, string> = {}) {
  const visitor = new Visitor(web.app);
  const { body } = await visitor.get(BASE);
  const key = /name="_key" value="([^"]+)"/.exec(body)?.[1] ?? '';
  return visitor.post(`${BASE}/opinions`, { text: '建议提高标准', stance: 'suggest', _key: key, ...solvedFields(body), ...values, files: files as unknown as FormValue });
}
const scanAll = async (): Promise<void> => {
  const { rows } = await owner.query<{ id: string }>(`SELECT id FROM outbox WHERE type = 'consultation.attachment_received.v1' AND done_at IS NULL`);
  for (const { id } of rows) await web.app.get(EventProcessor).process(CITY, id);
};
const lastOpinion = async (): Promise<string> => (await owner.query<{ id: string }>('SELECT id FROM opinion ORDER BY received_at DESC, id DESC LIMIT 1')).rows[0]!.id;
const opinions = async (): Promise<number> => Number((await owner.query<{ count: string }>('SELECT count(*) FROM opinion')).rows[0]?.count);
const get = (url: string, headers: Record<string, string> = {}) => web.app.inject({ url, headers });

test('the form takes files without a script, and the receipt lists them with their digests', async () => {
  const form = (await get(BASE)).body;
  expect(form).toContain('enctype="multipart/form-data"');
  expect(form).toMatch(/<input[^>]+type="file"[^>]+name="files"[^>]+multiple[^>]+accept="\.pdf, ?\.docx/);
  const answer = await send([asFile('投资 明细.docx', docx(), TYPES.docx), asFile('C:\\photos\\<b>现场\u202Egpj.JPG', jpeg(40, 30, { orientation: 6, words: '张三家' }), 'image/jpeg')]);
  expect(answer.statusCode).toBe(303);
  const page = (await get(String(answer.headers.location))).body;
  for (const text of ['投资 明细.docx', 'b现场gpj.jpg', sha256Hex(docx()), '等待安全检查', '核对我电脑上的文件', `${docx().length} B`]) expect(page).toContain(text);
  const file = (await get(`${String(answer.headers.location).split('?')[0]}/receipt.json`)).json<{ leaf: { v: number; attachments: string[] }; words: { attachments: unknown[] } }>();
  expect([file.leaf.v, file.leaf.attachments.length, file.words.attachments[0]]).toEqual([2, 2, { name: '投资 明细.docx', size: docx().length, sha256: sha256Hex(docx()) }]);
});

test('an empty file field is no file', async () => {
  const answer = await send([asFile('', Buffer.alloc(0))]);
  expect(answer.statusCode).toBe(303);
  expect((await get(String(answer.headers.location))).body).not.toContain('我的附件');
});

test('what is not taken brings the form back with its words, each file named, and nothing is stored', async () => {
  const before = await opinions();
  const bad: [string, Buffer, string, string][] = [
    ['宏.docx', docx({ 'word/vbaProject.bin': Buffer.from('x') }), TYPES.docx, '“宏.docx”带有宏或控件'], ['<script>alert(1)</script>.html', Buffer.from('<html>'), 'text/html', '是网页或矢量图'],
    ['空.pdf', Buffer.alloc(0), TYPES.pdf, '“空.pdf”是空文件'], ['动.pdf', pdf('<< /S /JavaScript /JS (x) >>'), TYPES.pdf, '“动.pdf”带有脚本、自动动作'], ['大.png', png(50_000, 50_000), TYPES.png, '图片尺寸过大'],
    ['假.png', png(), 'text/html', '与浏览器所报的类型不符'], ['长.txt', Buffer.alloc(10 * 1024 * 1024 + 1, 97), TYPES.txt, '“长.txt”超过 10 MB'], ['CON.pdf', pdf().subarray(0, 50), TYPES.pdf, '“_CON.pdf”已损坏'],
  ];
  for (const [name, data, type, words] of bad) {
    const answer = await send([asFile('好.txt', Buffer.from('好'), TYPES.txt), asFile(name, data, type)]);
    expect({ name, status: answer.statusCode, body: answer.body }).toEqual({ name, status: 422, body: expect.stringContaining(words) });
    expect(answer.body).toContain('建议提高标准');
    expect(answer.body).toContain('附件没有保存，请重新选择');
    expect(answer.body).not.toContain('<script>alert');
  }
  const many = await send(Array.from({ length: 6 }, (_, at) => asFile(`${at}.txt`, Buffer.from(String(at)), TYPES.txt)));
  expect([many.statusCode, many.body]).toEqual([422, expect.stringContaining('附件最多 5 个，您选了 6 个')]);
  expect((await send([asFile('巨.txt', Buffer.alloc(20 * 1024 * 1024 + 1, 97))])).statusCode).toBe(413);
  expect(await opinions()).toBe(before);
});

test('other refusals say that the files have to be chosen again', async () => {
  const answer = await send([asFile('a.txt', Buffer.from('a'), TYPES.txt)], { text: '我的电话是13800138000，建议提高' });
  expect([answer.statusCode, answer.body]).toEqual([422, expect.stringContaining('附件没有保存，请重新选择')]);
});

test('the API takes files by a multipart form, and none by JSON', async () => {
  const url = `/api/v1/cities/${CITY}/consultations/${ID}/opinions`;
  const part = (name: string, value: string, filename?: string): string => `--b\r\nContent-Disposition: form-data; name="${name}"${filename ? `; filename="${filename}"\r\nContent-Type: text/plain` : ''}\r\n\r\n${value}\r\n`;
  const answer = await web.app.inject({
    method: 'POST', url, headers: { ...(await proofHeaders(web, CITY, ID, 'a multipart opinion')), 'content-type': 'multipart/form-data; boundary=b' },
    payload: `${part('text', '支持')}${part('stance', 'support')}${part('files', '说明一', 'a.txt')}${part('files', '说明二', 'b.txt')}--b--\r\n`,
  });
  expect(answer.statusCode).toBe(201);
  const { code } = answer.json<{ code: string }>();
  expect((await get(`/api/v1/cities/${CITY}/receipts/${code}`)).json()).toMatchObject({ files: [{ name: 'a.txt', scan: 'pending' }, { name: 'b.txt' }] });
  for (const files of [[{ filename: 'a.txt', mimetype: 'text/plain', data: 'x' }], 'x', {}, [[]], [null]]) {
    const refused = await web.app.inject({ method: 'POST', url, headers: await proofHeaders(web, CITY, ID, 'an opinion in JSON'), payload: { text: '支持', stance: 'support', files } });
    expect({ files, status: refused.statusCode }).toEqual({ files, status: 422 });
  }
});

describe('the department', () => {
  let opinion: string;
  let page: string;
  let files: { id: string; no: number; filename: string; row_version: number }[];
  const read = async () => { files = (await owner.query<(typeof files)[number]>('SELECT id, no, filename, row_version FROM opinion_attachment WHERE opinion_id = $1 ORDER BY no', [opinion])).rows; };
  const head = async (): Promise<Visitor> => new Visitor(web.app).signIn(CITY, 'head-1');

  beforeAll(async () => {
    await send([asFile('照片13912345678.jpg', jpeg(40, 30, { orientation: 6, words: '张三家' }), 'image/jpeg'), asFile('坏.txt', EICAR, TYPES.txt), asFile('表.pdf', pdf(), TYPES.pdf)]);
    opinion = await lastOpinion();
    page = `/console/policies/${POLICY}/consultation/opinions/${opinion}`;
    await read();
  });

  test('sees what waits and gets none of it; after the scan gets what is clean, as a download that runs nothing', async () => {
    const before = (await get(page, staff)).body;
    expect(before).toContain('等待安全检查，通过后才能下载');
    expect(before).not.toContain(`/files/${files[0]!.id}"`);
    expect((await get(`${page}/files/${files[0]!.id}`, staff)).statusCode).toBe(409);
    await scanAll();
    const after = (await get(page, staff)).body;
    for (const text of ['安全检查通过', '安全检查发现：Eicar-Test-Signature', `${page}/files/${files[0]!.id}`, '附件 3 个']) expect(after).toContain(text);
    const answer = await get(`${page}/files/${files[0]!.id}`, staff);
    expect([answer.statusCode, answer.rawPayload.equals(jpeg(40, 30, { orientation: 6, words: '张三家' }))]).toEqual([200, true]);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('照片13912345678.jpg')}`,
    });
    expect((await get(`${page}/files/${files[1]!.id}`, staff)).statusCode).toBe(409);
    const en = await get(page, { ...staff, cookie: 'pl_lang=en' });
    expect([en.statusCode, en.body]).toEqual([200, expect.stringContaining('The malware scan found Eicar-Test-Signature')]);
  });

  test('releases one: everybody gets the copy with a masked name, on the page, by JSON, CSV and in the workbook; hidden it is gone', async () => {
    const visitor = await head();
    const own = `${BASE}/files/${files[0]!.id}`;
    expect((await get(own)).statusCode).toBe(404);
    await visitor.get(page);
    await read();
    const released = await visitor.post(`${page}/files/${files[0]!.id}/release`, { released: 'yes', seen: String(files[0]!.row_version) });
    expect([released.statusCode, released.headers.location]).toEqual([303, `${page}#files`]);
    const answer = await get(own);
    expect([answer.statusCode, answer.rawPayload.includes('张三家'), answer.headers['content-security-policy'], answer.headers['x-content-type-options'], answer.headers['cache-control']])
      .toEqual([200, false, "default-src 'none'; sandbox", 'nosniff', 'no-store']);
    expect(answer.headers['content-disposition']).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('照片139****5678.jpg')}`);
    const shown = (await get(BASE)).body;
    expect(shown).toContain(own);
    expect(shown).not.toContain('13912345678');
    const json = (await get(`${BASE}/opinions.json`)).json<{ opinions: { files: object[] }[] }>();
    expect(json.opinions.flatMap((one) => one.files)).toEqual([{ name: '照片139****5678.jpg', mediaType: 'image/jpeg', size: answer.rawPayload.length, sha256: sha256Hex(answer.rawPayload), scanned: true, path: own }]);
    expect((await get(`${BASE}/opinions.csv`)).body).toContain(sha256Hex(answer.rawPayload));
    expect((await get(`/console/policies/${POLICY}/consultation/${ID}/opinions.xlsx`, staff)).statusCode).toBe(200);
    // Twice, with what was seen before, and of one that is infected.
    expect((await visitor.post(`${page}/files/${files[0]!.id}/release`, { released: 'yes', seen: String(files[0]!.row_version) })).statusCode).toBe(409);
    await read();
    expect((await visitor.post(`${page}/files/${files[1]!.id}/release`, { released: 'yes', seen: String(files[1]!.row_version) })).statusCode).toBe(409);
    for (const values of [{ released: 'maybe', seen: '1' }, { released: 'yes', seen: 'x' }, { released: 'yes' }, { released: 'yes', seen: '-1' }]) expect((await visitor.post(`${page}/files/${files[2]!.id}/release`, values as Record<string, string>)).statusCode).toBe(422);
    await web.app.get(ModerateOpinion).run(HEAD, opinion, { moderation: 'hidden', reason: '含个人信息' });
    expect((await get(own)).statusCode).toBe(404);
    await web.app.get(ModerateOpinion).run(HEAD, opinion, { moderation: 'shown', reason: '误判' });
    expect((await get(own)).statusCode).toBe(200);
    await visitor.get(page);
    expect((await visitor.post(`${page}/files/${files[0]!.id}/release`, { released: 'no', seen: String(files[0]!.row_version) })).statusCode).toBe(303);
    expect((await get(own)).statusCode).toBe(404);
  });

  test('is the only one: other departments, cities, policies and rubbish find nothing', async () => {
    const of = async (login: string, city = CITY) => ({ authorization: `Bearer ${(await web.app.get(Sessions).signIn(city, login, PASSWORD)).accessToken}` });
    await owner.query(`INSERT INTO membership (city_id, tenant_id, account_id, role) VALUES ($1, '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-0000000000a2', 'department_head') ON CONFLICT DO NOTHING`, [CITY]);
    const strangers = [await of('head-2'), await of(elsewhere.departments[0].people.drafter.login, elsewhere.id)];
    for (const headers of strangers) expect((await get(`${page}/files/${files[0]!.id}`, headers)).statusCode).toBe(404);
    expect((await get(`${page}/files/${files[0]!.id}`)).statusCode).toBe(303);
    for (const id of ['x', '%00', '..%2f..', '00000000-0000-7000-8000-000000000000']) {
      expect([400, 404, 422]).toContain((await get(`${page}/files/${id}`, staff)).statusCode);
      expect([400, 404, 422]).toContain((await get(`${BASE}/files/${id}`)).statusCode);
    }
    const otherPolicy = page.replace(POLICY, '00000000-0000-7000-8000-0000000000b2');
    expect((await get(`${otherPolicy}/files/${files[0]!.id}`, staff)).statusCode).toBe(404);
  });
});

test('a worker that is killed in the middle of a scan leaves the file waiting, and the next one scans it once', async () => {
  await send([asFile('a.txt', Buffer.from('被打断的扫描'), TYPES.txt)]);
  const opinion = await lastOpinion();
  const scanState = async (): Promise<string> => (await owner.query<{ scan: string }>('SELECT scan FROM opinion_attachment WHERE opinion_id = $1', [opinion])).rows[0]!.scan;
  const start = () => spawn(process.execPath, ['-r', path.join(ROOT, 'test/support/typescript-thread.cjs'), path.join(ROOT, 'apps/worker/src/main.ts')], {
    cwd: ROOT, stdio: 'ignore',
    env: {
      PATH: process.env['PATH'], APP_DATABASE_URL: web.settings.appUrl, PUBLIC_DATABASE_URL: web.settings.publicUrl, JWT_SECRET: web.settings.jwtSecret, CSRF_SECRET: web.settings.csrfSecret, STORAGE_URL: web.settings.storageUrl, CLAMD_URL: clamd.url,
    },
  });
  let reached = (): void => undefined;
  const inTheMiddle = new Promise<void>((resolve) => { reached = resolve; });
  clamd.before = () => {
    reached();
    return new Promise(() => undefined);
  };
  const first = start();
  await inTheMiddle;
  expect(await scanState()).toBe('pending');
  const gone = new Promise((resolve) => { first.once('exit', resolve); });
  first.kill('SIGKILL');
  await gone;
  clamd.before = () => Promise.resolve();
  expect(await scanState()).toBe('pending');
  // Instead of waiting for the lease of half a minute.
  await owner.query('UPDATE outbox SET available_at = now() WHERE done_at IS NULL');
  const second = start();
  while (await scanState() === 'pending') await new Promise((resolve) => { setTimeout(resolve, 50); });
  const ended = new Promise((resolve) => { second.once('exit', resolve); });
  second.kill('SIGTERM');
  await ended;
  expect(await scanState()).toBe('clean');
  const { rows: [audited] } = await owner.query<{ count: string }>(`SELECT count(*) FROM audit_entry WHERE payload LIKE '%attachment_scanned%' AND payload LIKE $1`, [`%${opinion}%`]);
  expect(Number(audited?.count)).toBe(1);
}, 120_000);

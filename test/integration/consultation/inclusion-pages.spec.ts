import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloseConsultation, ModerateOpinion } from '@domains/consultation';
import { type Actor, systemActor } from '@platform/kernel';
import { Client } from 'pg';
import { verifyReceiptFiles } from '../../../apps/cli/src/receipt-command';
import { startTestApp, type TestApp } from '../../support/app';
import { proofHeaders } from '../../support/challenge';
import { Visitor } from '../../support/visitor';

const ROOT = path.resolve(__dirname, '../../..');
/** As in test/support/open-consultation.sql. */
const [CITY, ID] = ['999900', '00000000-0000-7000-8000-0000000000d1'];
const BASE = `/${CITY}/consultations/${ID}`;
const HEAD: Actor = {
  cityId: CITY, tenantId: '00000000-0000-7000-8000-000000000001', accountId: '00000000-0000-7000-8000-0000000000a1', name: '负责人1', roles: ['department_head'], scope: 'own',
};

let web: TestApp;
let folder: string;
const codes: string[] = [];
const receipts: string[] = [];

beforeAll(async () => {
  web = await startTestApp();
  const client = new Client({ connectionString: web.database.ownerUrl });
  await client.connect();
  await client.query(readFileSync(path.join(ROOT, 'test/support/open-consultation.sql'), 'utf8'));
  await client.end();
  web.clock.set(new Date());
  folder = mkdtempSync(path.join(tmpdir(), 'policyloop-receipts-'));
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await web.close();
});

const get = async (url: string, status = 200): Promise<string> => {
  const answer = await web.app.inject(url);
  expect({ url, status: answer.statusCode }).toEqual({ url, status });
  return answer.body;
};
const put = (name: string, content: string | Buffer): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};

/** The command as its callers run it, in a process of its own without any database to reach. */
function verify(receipt: string, root: string): Promise<{ code: number; verdict: { included: boolean; why: string }; complaints: string }> {
  const args = ['-r', path.join(ROOT, 'test/support/typescript-thread.cjs'), path.join(ROOT, 'apps/cli/src/main.ts'), 'receipt', 'verify', receipt, root, '--json'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: { PATH: process.env['PATH'], POLICYLOOP_HOME: ROOT } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, verdict: JSON.parse(stdout) as { included: boolean; why: string }, complaints: stderr });
    });
  });
}

test('opinions come in over HTTP, one is hidden; each author keeps a file, and before the close nobody has a root', async () => {
  for (const [at, text] of ['提高扶持标准', '支持', '骂人的话', '建议写明期限'].entries()) {
    const answer = await web.app.inject({
      method: 'POST', url: `/api/v1/cities/${CITY}/consultations/${ID}/opinions`, headers: await proofHeaders(web, CITY, ID, `key of opinion ${at}`),
      payload: { text, stance: 'suggest', ...(at === 0 ? { clauseId: 'art_3', quote: '年度投入', name: '王五' } : {}) },
    });
    expect(answer.statusCode).toBe(201);
    const { code, opinionId } = answer.json<{ code: string; opinionId: string }>();
    codes.push(code);
    if (text === '骂人的话') await web.app.get(ModerateOpinion).run(HEAD, opinionId, { moderation: 'hidden', reason: '含侮辱性语言' });
    const page = await get(`/${CITY}/receipts/${code}`);
    expect(page).toContain(`/${CITY}/receipts/${code}/receipt.json`);
    receipts.push(await get(`/${CITY}/receipts/${code}/receipt.json`));
  }
  expect(JSON.parse(receipts[0]!)).toMatchObject({ format: 'policyloop-receipt', version: 1, leaf: { city: CITY, consultation: ID, clause: 'art_3' }, words: { text: '提高扶持标准', quote: '年度投入', author: { name: '王五' } } });
  expect(receipts[0]).not.toContain('"proof"');
  await get(`${BASE}/root.json`, 404);
  await get(`${BASE}/proof/${'a'.repeat(64)}`, 404);
  await get(`/${CITY}/receipts/${'0'.repeat(20)}/receipt.json`, 404);
});

test('at the close the root is on the page, and every receipt verifies by the command line', async () => {
  web.clock.set(new Date(web.clock.now().getTime() + 61 * 86_400_000));
  expect(await get(BASE)).toContain('正在固定收到的条数');
  await web.app.get(CloseConsultation).run(systemActor(CITY), ID);
  const root = await get(`${BASE}/root.json`);
  const { fingerprint, root: hash } = JSON.parse(root) as { fingerprint: string; root: string };
  const page = await get(BASE);
  for (const text of [fingerprint, hash, '4 条', `${BASE}/root.json?leaves&#x3D;1`.replaceAll('&#x3D;', '=')]) expect(page.replaceAll('&#x3D;', '=')).toContain(text);
  const rootPath = put('root.json', root);
  await Promise.all(codes.map(async (code, at) => {
    const receipt = await get(`/${CITY}/receipts/${code}/receipt.json`);
    expect(await get(`/${CITY}/receipts/${code}`)).toContain('这条意见在公布的 4 条之中');
    expect(await verify(put(`receipt-${at}.json`, receipt), rootPath)).toEqual({ code: 0, verdict: { included: true, why: expect.stringContaining('公布的 4 条之中') }, complaints: '' });
  }));
}, 120_000);

test('a receipt from before the close verifies with the root that has all leaves, or with the proof put into it, by hash or by number', async () => {
  const early = JSON.parse(receipts[2]!) as { leafHash: string; leaf: { receiptNo: string } };
  const [plain, leaves] = [put('plain.json', await get(`${BASE}/root.json`)), put('leaves.json', await get(`${BASE}/root.json?leaves=1`))];
  expect(await verifyReceiptFiles(put('early.json', receipts[2]!), plain)).toEqual({ included: false, why: expect.stringContaining(`${BASE}/proof/${early.leafHash}`) });
  expect((await verifyReceiptFiles(put('early.json', receipts[2]!), leaves)).included).toBe(true);
  const byHash = JSON.parse(await get(`${BASE}/proof/${early.leafHash}`)) as object;
  expect(JSON.parse(await get(`${BASE}/proof/${early.leaf.receiptNo}`))).toEqual(byHash);
  expect((await verifyReceiptFiles(put('joined.json', JSON.stringify({ ...early, proof: byHash })), plain)).included).toBe(true);
  await get(`${BASE}/proof/${'a'.repeat(64)}`, 404);
  await get(`${BASE}/proof/YJ20260101-00000000`, 404);
});

test('altered files and rubbish are a verdict with a reason and exit code 1, never a stack trace', async () => {
  const [good, root] = [await get(`/${CITY}/receipts/${codes[0]}/receipt.json`), put('root.json', await get(`${BASE}/root.json`))];
  const cases: [string | Buffer, string][] = [
    [good.replace('提高扶持标准', '降低扶持标准'), '原话或署名'], [good.replace('"suggest"', '"oppose"'), '被改动过'], ['', '空的'], ['['.repeat(100_000), 'JSON'],
    [Buffer.from([0xff, 0xfe, 0x00]), 'JSON'], ['[1]', '格式不对'], [' '.repeat(300_000), '太大'],
  ];
  for (const [content, why] of cases) {
    expect(await verifyReceiptFiles(put('bad.json', content), root)).toEqual({ included: false, why: expect.stringContaining(why) });
  }
  for (const [receiptPath, rootPath, why] of [[path.join(folder, 'nowhere'), root, '没有这个文件'], [folder, root, '无法读取'], [put('good.json', good), '/dev/zero', '根文件太大']] as const) {
    expect(await verifyReceiptFiles(receiptPath, rootPath)).toEqual({ included: false, why: expect.stringContaining(why) });
  }
  expect(await verify(put('bad.json', cases[0]![0]), root)).toEqual({ code: 1, verdict: { included: false, why: expect.stringContaining('原话或署名') }, complaints: '' });
}, 120_000);

test('the page verifies without a script: files or pasted text; nothing at all is a verdict too', async () => {
  const visitor = new Visitor(web.app);
  const url = `/${CITY}/receipts/verify`;
  const page = await visitor.get(url);
  expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('核验收到凭证')]);
  const [receipt, root] = [await get(`/${CITY}/receipts/${codes[1]}/receipt.json`), await get(`${BASE}/root.json`)];
  const file = (data: string | Buffer) => ({ filename: 'x.json', type: 'application/json', data: Buffer.from(data) });
  const tried: [Parameters<Visitor['post']>[1], string][] = [
    [{ receiptFile: file(receipt), rootFile: file(root) }, '这条意见在公布的 4 条之中'], [{ receiptText: receipt, rootText: root }, '这条意见在公布的 4 条之中'],
    [{ receiptFile: file(receipt.replace('支持', '反对')), rootFile: file(root) }, '原话或署名'], [{ receiptFile: file(Buffer.from([0xff])), rootText: root }, '收到凭证是空的，或者不是 JSON'],
    [{ receiptText: '<script>alert(1)</script>', rootText: '' }, '收到凭证是空的，或者不是 JSON'], [{}, '收到凭证是空的，或者不是 JSON'],
    [{ receiptText: '{"format":"policyloop-receipt","<script>":1}', rootText: root }, '格式不对'],
  ];
  for (const [values, words] of tried) {
    const answer = await visitor.post(url, values);
    expect({ status: answer.statusCode, body: answer.body }).toEqual({ status: 200, body: expect.stringContaining(words) });
    expect(answer.body).not.toMatch(/<script>/);
  }
  const en = await web.app.inject({ url, headers: { cookie: 'pl_lang=en' } });
  expect([en.statusCode, en.body]).toEqual([200, expect.stringContaining('Verify a receipt')]);
});

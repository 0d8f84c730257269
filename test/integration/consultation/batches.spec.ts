import { CheckBatch, RegisterBatch } from '@domains/consultation';
import { type Sheet, WorkbookPool } from '@core/documents';
import JSZip from 'jszip';
import readWorkbook from 'read-excel-file/node';
import writeWorkbook from 'write-excel-file/node';
import { batchWords } from '../../../apps/web/src/consultation/batch-view';
import { wordsIn } from '../../../apps/web/src/drafting/named-text';
import { VIEWS } from '../../../apps/web/src/http';
import type { ViewEngine } from '../../../apps/web/src/view';
import type { Visitor } from '../../support/visitor';
import { zip } from '../../support/zip';
import { type ChannelWorld, openChannelWorld } from './channel-world';

jest.setTimeout(120_000);

let world: ChannelWorld;
beforeAll(async () => { world = await openChannelWorld(); });
afterAll(() => world.close());

const HEAD = ['来源渠道', '收到日期', '来文编号', '谁提的', '姓名或单位名称', '针对条款', '针对原文', '态度', '意见内容'];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
type Cell = string | number | Date | null;
const workbook = (rows: Cell[][], head: string[] = HEAD): Promise<Buffer> => writeWorkbook([{
  sheet: '意见', data: [head.map((value) => ({ value, type: String })), ...rows.map((row) => row.map((value) => (value === null ? null
    : value instanceof Date ? { value, type: Date, format: 'yyyy/mm/dd' } : typeof value === 'number' ? { value, type: Number } : { value, type: String })))] as never,
}]).toBuffer();
const good = (n: number): Cell[] => ['来信', '2026-03-02', `来信〔2026〕${n}号`, '居民', `李四${n}`, '第二条', '百分之十', '建议修改', `第${n}封信：建议提高。`];
const upload = (who: Visitor, base: string, data: Buffer, filename = '来信.xlsx') => who.post(`${base}/import`, { file: { filename, type: XLSX, data } });
/** The workbook with one of its parts replaced. */
async function altered(data: Buffer, part: string, change: (xml: string) => string): Promise<Buffer> {
  const archive = await JSZip.loadAsync(data);
  archive.file(part, change(await archive.file(part)!.async('string')));
  return archive.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

test('a workbook with faults is shown cell by cell, enters nothing, and comes back as a workbook to be corrected', async () => {
  const { drafter } = world;
  const { id, base } = await world.consultation();
  await drafter.get(`${base}/import`);
  const template = await drafter.get(`${base}/import/template.xlsx`);
  const [sheet, help] = await readWorkbook(template.rawPayload);
  expect([sheet!.data, JSON.stringify(help!.data)]).toEqual([[HEAD], expect.stringContaining('第二条')]);

  const sent = await upload(drafter, base, await workbook([
    good(1), [null, null], ['传真', '2026-02-30', '=HYPERLINK("http://x.example")', '企业', null, '第九条', '不在', '', ''],
    ['电子邮件', new Date('2026-03-02T00:00:00Z'), 77, '匿名', '王五', null, '百分之十', '支持', '<script>alert(1)</script>'], good(1),
  ]));
  expect(sent.statusCode).toBe(303);
  const shown = (await drafter.get(String(sent.headers.location))).body;
  // Row, column and what is wrong, in the officer's words.
  const faults = [...shown.matchAll(/<tr><th scope="row" class="end"[^>]*>(\d+)<\/th><td[^>]*>([^<]+)<\/td><td[^>]*>([^<]+)<\/td><\/tr>/g)].map(([, row, column, what]) => `${row} ${column} ${what}`);
  expect(faults).toEqual([
    '4 来源渠道 请选择来源渠道。', expect.stringMatching(/^4 收到日期 请按/), '4 姓名或单位名称 请填写姓名或单位名称；没有署名的请选“匿名”。', '4 针对条款 草案里没有这一条。',
    '4 态度 请选择您的态度。', '4 意见内容 请填写这一项。',
    '5 姓名或单位名称 选了“匿名”就不能填姓名；有署名的请选企业或居民。', '5 针对原文 填了针对的原文，就要选针对哪一条。', '6 意见内容 与第 2 行相同。',
  ]);
  expect(shown).not.toMatch(/import\/[^"]+\/register"/);
  expect((await drafter.post(`${String(sent.headers.location)}/register`, {})).statusCode).toBe(409);
  expect(await world.stored(id)).toEqual([]);

  const file = await drafter.get(`${String(sent.headers.location)}/errors.xlsx`);
  const archive = await JSZip.loadAsync(file.rawPayload);
  expect(await archive.file('xl/worksheets/sheet1.xml')!.async('string')).not.toMatch(/<f[ >/]/);
  const [back] = await readWorkbook(file.rawPayload);
  expect(back!.data[0]!.at(-1)).toMatch(/^错误/);
  expect(back!.data[2]).toEqual(expect.arrayContaining(['=HYPERLINK("http://x.example")', expect.stringContaining('针对条款：草案里没有这一条。')]));
  // Sent again as it came back it is read again, and its column of faults passed over.
  expect((await upload(drafter, base, file.rawPayload)).statusCode).toBe(303);
});

test('without faults it is shown, entered as a whole once, with a receipt for each; the same workbook never again', async () => {
  const { drafter, outsider, city } = world;
  const { id, base } = await world.consultation();
  await drafter.get(`${base}/import`);
  const data = await workbook([['来信', new Date('2026-03-02T00:00:00Z'), 12, '企业', '晨星机械有限公司', null, null, '支持', '同意。'], ['电子邮件', '2026年3月2日', null, '匿名', null, '第二条', null, '反对', '第一行\n第二行'], ...[3, 4, 5].map(good)]);
  const sent = await upload(drafter, base, data);
  const batch = String(sent.headers.location);
  const preview = await drafter.get(batch);
  expect(preview.body).toContain('5 行都没有错误');
  expect(await world.stored(id)).toEqual([]);
  for (const url of [batch, `${batch}/errors.xlsx`, `${batch}/receipts`, `${base}/import`]) expect((await outsider.get(url)).statusCode).toBe(404);
  expect((await outsider.post(`${batch}/register`, {})).statusCode).toBe(404);

  const done = await Promise.all([1, 2, 3].map(() => world.web.app.get(RegisterBatch).run(city.departments[0].people.drafter, id, batch.split('/').at(-1)!)));
  expect(done).toEqual([{ registered: 5 }, { registered: 5 }, { registered: 5 }]);
  expect((await drafter.post(`${batch}/register`, {})).statusCode).toBe(303);
  const rows = await world.stored(id);
  expect(rows.map((row) => [row['batch_row'], row['channel'], row['arrived'], row['public_name'], row['reference'], row['clause_id']])).toEqual([
    [2, 'letter', '2026-03-02', '晨星机械有限公司', '12', null], [3, 'email', '2026-03-02', null, null, 'art_2'], ...[3, 4, 5].map((n) => [n + 1, 'letter', '2026-03-02', '李**', `来信〔2026〕${n}号`, 'art_2']),
  ]);
  const slips = (await drafter.get(`${batch}/receipts`)).body;
  const codes = [...slips.matchAll(/receipt__code">([^<]+)</g)].map(([, code]) => code!);
  expect(codes).toHaveLength(5);
  expect((await world.visitor().get(`/${city.id}/receipts/${codes[1]}`)).body).toContain('第一行');

  const twice = await upload(drafter, base, data);
  expect([twice.statusCode, twice.body.includes('登记过，不能重复登记')]).toEqual([409, true]);
  // The same letters in another file are told row by row.
  const other = await upload(drafter, base, await workbook([good(3), good(6)]), '另一份.xlsx');
  expect((await drafter.get(String(other.headers.location))).body).toMatch(/已经登记过，回执号 YJ20260302-/);
  const { rows: kept } = await world.owner.query<{ rows: unknown[] }>(`SELECT rows FROM opinion_batch WHERE city_id = $1 AND consultation_id = $2 AND state = 'registered'`, [city.id, id]);
  expect(kept).toEqual([{ rows: [] }]);
});

test('formulas count by their stored result alone; hostile and giant files are refused in words', async () => {
  const { drafter } = world;
  const { id, base } = await world.consultation();
  await drafter.get(`${base}/import`);
  const plain = await workbook([good(1)]);
  const formula = await altered(plain, 'xl/worksheets/sheet1.xml', (xml) => xml.replace('</sheetData>', '<row r="3"><c r="A3" t="str"><f>WEBSERVICE("http://x.example")</f><v>来信</v></c><c r="I3"><f>1+1</f><v>2</v></c></row></sheetData>'));
  const read = await drafter.get(String((await upload(drafter, base, formula)).headers.location));
  expect(read.body).toContain('2 行');
  expect(read.body).not.toContain('WEBSERVICE');

  const big = Buffer.alloc(4 * 1024 * 1024, 1);
  const bomb = zip([{ name: 'xl/workbook.xml', data: Buffer.alloc(70 * 1024 * 1024) }]);
  const liar = zip([{ name: 'xl/workbook.xml', data: Buffer.alloc(1024 * 1024), declared: 10 }]);
  const far = await altered(plain, 'xl/worksheets/sheet1.xml', (xml) => xml.replace('</sheetData>', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>').replace(/<dimension[^>]*>/, ''));
  const cases: [Buffer, string][] = [
    [Buffer.from('不是工作簿'), '不是完好的 XLSX'], [zip([{ name: 'word/document.xml', data: Buffer.from('<a/>') }]), '不是 XLSX 工作簿'], [zip([{ name: 'xl/workbook.xml', data: Buffer.from('<a/>') }, { name: 'xl/vbaProject.bin', data: Buffer.from('x') }]), '有宏'],
    [zip([{ name: 'xl/workbook.xml', data: Buffer.from('<a'), flags: 1 }]), '有密码'], [Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), '有密码'], [bomb, '工作簿太大'], [liar, '不是完好的 XLSX'], [big, '工作簿太大'],
    [await workbook([], HEAD), '表头下面没有意见'], [await workbook([good(1)], HEAD.slice(2)), '缺少 2 个列名'], [await workbook(Array.from({ length: 2001 }, (_, n) => good(n))), '最多 2,000 行'], [Buffer.alloc(0), '请选择要上传的 XLSX 文件'],
    [await altered(plain, 'xl/worksheets/sheet1.xml', () => `<worksheet><sheetData>${'<row>'.repeat(600_000)}`), '工作簿太大'], [far, '工作簿太大'],
  ];
  for (const [data, words] of cases) {
    const { statusCode, body } = await upload(drafter, base, data);
    expect([words, statusCode, body.replace(/2000/g, '2,000').includes(words)]).toEqual([words, 422, true]);
  }
  expect(await world.stored(id)).toEqual([]);
});

test('a connection that breaks while the rows go in leaves none of them, and the next try enters all', async () => {
  const { web, city, owner } = world;
  const { id } = await world.consultation();
  const { drafter } = city.departments[0].people;
  const words = batchWords((['zh', 'en'] as const).map((lang) => wordsIn(web.app.get<ViewEngine>(VIEWS), lang)));
  const { batchId } = await web.app.get(CheckBatch).run(drafter, id, { filename: '很多.xlsx', data: await workbook(Array.from({ length: 1200 }, (_, n) => good(n))) }, words);
  // The consultation's last row is held by somebody, so that the entry waits with rows written; then its connection is cut off.
  await owner.query('BEGIN');
  await owner.query(`LOCK TABLE opinion_source IN ACCESS EXCLUSIVE MODE`);
  const broken = web.app.get(RegisterBatch).run(drafter, id, batchId).then(() => 'entered', () => 'broken');
  let killed = 0;
  for (let tries = 0; killed === 0 && tries < 1200; tries += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    const { rows } = await owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE '%opinion_source%'`);
    killed = rows.length;
  }
  await owner.query('ROLLBACK');
  expect([killed, await broken]).toEqual([1, 'broken']);
  expect(await world.stored(id)).toEqual([]);
  expect(await web.app.get(RegisterBatch).run(drafter, id, batchId)).toEqual({ registered: 1200 });
  expect((await world.stored(id)).map((row) => row['batch_row'])).toEqual(Array.from({ length: 1200 }, (_, n) => n + 2));
});

test('the pool reads beside the event loop, and ends with the program', async () => {
  const pool = new WorkbookPool();
  const sheet: Sheet['rows'] = [['a']];
  expect(await pool.read(await workbook(sheet.map((row) => [...row])), 10)).toHaveLength(2);
  await pool.close();
});

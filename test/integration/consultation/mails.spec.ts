import { randomUUID } from 'node:crypto';
import { type ChannelWorld, openChannelWorld } from './channel-world';

let world: ChannelWorld;
beforeAll(async () => { world = await openChannelWorld(); });
afterAll(() => world.close());

const eml = (body: string, more = ''): Buffer => Buffer.from([
  'From: =?UTF-8?B?5byg5LiJ?= <zhang@example.cn>', 'Subject: =?gb18030?B?vajS6czhuN8=?=', 'Message-ID: <7@example.cn>', 'Date: Mon, 2 Mar 2026 08:00:00 +0800', 'Content-Type: text/html; charset=utf-8', ...(more ? [more] : []), '', body].join('\r\n'));
const upload = (base: string, data: Buffer, who = world.drafter) => who.post(`${base}/mail`, { file: { filename: '来信.eml', type: 'message/rfc822', data } });
const valueOf = (page: string, name: string): string => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(page)?.[1] ?? '';

test('a mail file is read, checked, completed and entered once', async () => {
  const { drafter, outsider } = world;
  const { id, base } = await world.consultation();
  await drafter.get(`${base}/mail`);
  const read = await upload(base, eml('<p>比例应提高。</p><script>alert(1)</script><img src=x onerror=alert(2)>'));
  expect(read.statusCode).toBe(200);
  for (const words of ['建议提高', 'zhang@example.cn', '比例应提高。']) expect(read.body).toContain(words);
  expect(read.body).not.toMatch(/alert\(|onerror/);
  expect(await world.stored(id)).toEqual([]);
  const form = { _key: valueOf(read.body, '_key'), messageId: valueOf(read.body, 'messageId').replace(/&lt;/g, '<').replace(/&gt;/g, '>'), channel: 'email', arrivedOn: '2026-03-02', authorKind: 'resident', authorName: '张三', stance: 'suggest', text: '比例应提高。', reference: '建议提高' };
  const incomplete = await drafter.post(`${base}/register`, { ...form, stance: '' });
  // What was read is still there, its number too.
  expect([incomplete.statusCode, incomplete.body.includes('比例应提高'), valueOf(incomplete.body, 'messageId')]).toEqual([422, true, '&lt;7@example.cn&gt;']);
  expect((await drafter.post(`${base}/register`, form)).statusCode).toBe(303);
  const twice = await drafter.post(`${base}/register`, { ...form, _key: randomUUID(), text: '比例应提高！' });
  expect([twice.statusCode, twice.body.includes('这封邮件已经登记过')]).toEqual([409, true]);
  expect((await world.stored(id)).map((row) => [row['channel'], row['message_id'], row['public_name']])).toEqual([['email', '<7@example.cn>', '张*']]);
  // In another consultation the same mail may be about that one.
  const other = await world.consultation();
  expect((await drafter.post(`${other.base}/register`, { ...form, _key: randomUUID() })).statusCode).toBe(303);
  await outsider.get('/console');
  expect((await upload(base, eml('<p>x</p>'), outsider)).statusCode).toBe(404);
});

test('what is no mail, empty or too large is refused in words', async () => {
  const { drafter } = world;
  const { base } = await world.consultation();
  await drafter.get(`${base}/mail`);
  for (const [data, words] of [[Buffer.from('PK\u0003\u0004'), '不是邮件'], [Buffer.alloc(0), '请选择要上传的 .eml 文件']] as const) {
    const { statusCode, body } = await upload(base, data);
    expect([words, statusCode, body.includes(words)]).toEqual([words, 422, true]);
  }
});

import { randomUUID } from 'node:crypto';
import { CloseConsultation, publicRoot, receiptStatus, RegisterOpinion, WithdrawOpinion } from '@domains/consultation';
import { systemActor } from '@platform/kernel';
import { PublicReader } from '@platform/persistence';
import { CHANNEL_CLOSES, type ChannelWorld, openChannelWorld } from './channel-world';

let world: ChannelWorld;
beforeAll(async () => { world = await openChannelWorld(); });
afterAll(() => world.close());

const letter = (more: Record<string, string> = {}): Record<string, string> => ({
  _key: randomUUID(), channel: 'letter', arrivedOn: '2026-03-02', authorKind: 'resident', authorName: '张三丰', clauseId: 'art_2', quote: '百分之十', stance: 'suggest',
  text: '建议提高到百分之十五。电话13800138000', reference: '来信〔2026〕7号', ...more,
});

test('an officer enters a letter, prints its receipt, and its author finds it by the code', async () => {
  const { drafter, web, city } = world;
  const { id, base } = await world.consultation();
  expect((await drafter.get(base)).body).toContain('登记一条意见');
  await drafter.get(`${base}/register`);
  const wrong = await drafter.post(`${base}/register`, letter({ arrivedOn: '2026-03-20', authorName: '', quote: '百分之二十', stance: '', channel: 'website' }));
  expect(wrong.statusCode).toBe(422);
  // All at once, in the officer's words, and what was typed is still there.
  for (const words of ['请选择来源渠道', '收到日期应在', '请填写姓名或单位名称', '这几个字不在所选的条文里', '请选择您的态度', '来信〔2026〕7号']) expect(wrong.body).toContain(words);
  expect(await world.stored(id)).toEqual([]);

  const form = letter();
  const sent = await drafter.post(`${base}/register`, form);
  expect(sent.statusCode).toBe(303);
  const again = await drafter.post(`${base}/register`, form);
  expect([again.statusCode, again.headers.location]).toEqual([303, sent.headers.location]);
  expect((await drafter.post(`${base}/register`, { ...form, text: '另一段话' })).body).toContain('这份表单已经提交过另一段文字');
  const [row, ...more] = await world.stored(id);
  expect(more).toEqual([]);
  expect(row).toMatchObject({ channel: 'letter', author_name: '张三丰', public_name: '张**', clause_id: 'art_2', arrived: '2026-03-02', reference: '来信〔2026〕7号', received_at: web.clock.now(), author_account_id: null });

  const slip = await drafter.get(String(sent.headers.location));
  const code = /receipt__code">([^<]+)</.exec(slip.body)?.[1] ?? '';
  expect(slip.headers['cache-control']).toContain('no-store');
  const receipt = await world.visitor().get(`/${city.id}/receipts/${code}`);
  expect([receipt.statusCode, receipt.body.includes('建议提高到百分之十五'), receipt.body.includes('不能用查询码撤回'), receipt.body.includes('name="confirm"')]).toEqual([200, true, true, false]);
  const shown = await world.visitor().get(`/${city.id}/consultations/${id}`);
  expect(shown.body).toContain('来信');
  expect(shown.body).not.toMatch(/张三丰|13800138000|7号/);
  const overview = await drafter.get(base);
  for (const words of ['来信〔2026〕7号', '张三丰', String(row?.['receipt_no'])]) expect(overview.body).toContain(words);
  const { rows } = await world.owner.query<{ payload: string }>(`SELECT payload FROM audit_entry WHERE city_id = $1 AND payload LIKE '%opinion_registered%' AND payload LIKE $2`, [city.id, `%${id}%`]);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.payload).not.toMatch(/张|1380/);
});

test('the code of what the department entered takes nothing back, whoever asks, and not in the database either', async () => {
  const { web, city, drafter } = world;
  const { id, base } = await world.consultation();
  const slip = await drafter.post(`${base}/register`, letter());
  const code = /receipt__code">([^<]+)</.exec((await drafter.get(String(slip.headers.location))).body)?.[1] ?? '';
  await expect(web.app.get(WithdrawOpinion).byReceipt(city.id, code)).rejects.toMatchObject({ key: 'channels:error.withdrawEntered' });
  await expect(web.unitOfWork.run(systemActor(city.id), (tx) => tx.query(
    `INSERT INTO opinion_withdrawal (city_id, opinion_id, consultation_id, proof, withdrawn_at) SELECT city_id, id, consultation_id, 'receipt', $3 FROM opinion WHERE city_id = $1 AND consultation_id = $2`,
    [city.id, id, tx.at]))).rejects.toThrow(/not withdrawn by a code/);
  expect(await web.unitOfWork.run(systemActor(city.id), (tx) => receiptStatus(tx, code))).toMatchObject({ withdrawnAt: null, channel: 'letter', entered: true });
});

test('no other department, visitor or city enters anything, and a department cannot speak as the website', async () => {
  const { outsider, city, web } = world;
  const { id, base } = await world.consultation();
  for (const url of [base, `${base}/register`, `${base}/receipts/${randomUUID()}`]) expect((await outsider.get(url)).statusCode).toBe(404);
  expect((await outsider.post(`${base}/register`, letter())).statusCode).toBe(404);
  expect((await world.visitor().get(base)).statusCode).toBe(303);
  const { drafter, registrar } = city.departments[0].people;
  await expect(web.app.get(RegisterOpinion).run(registrar, id, { ...letter(), idempotencyKey: randomUUID() } as never)).rejects.toMatchObject({ problem: 'forbidden' });
  const insert = (channel: string) => web.unitOfWork.run(drafter, (tx) => tx.query(
    `INSERT INTO opinion (city_id, id, tenant_id, consultation_id, version_id, channel, author_kind, text, stance, receipt_no, receipt_code_hash, idempotency_key, received_at, moderation)
     SELECT $1, gen_random_uuid(), c.tenant_id, c.id, c.version_id, $3, 'anonymous', '话', 'support', $4, $4, $4, $5, 'shown' FROM consultation c WHERE c.city_id = $1 AND c.id = $2`, [tx.cityId, id, channel, randomUUID(), tx.at]));
  await expect(insert('website')).rejects.toMatchObject({ problem: 'not_found' });
  // Nor leave out where it came from.
  await expect(insert('letter')).rejects.toThrow(/has a source/);
  expect(await world.stored(id)).toEqual([]);
});

test('rubbish in every field is refused or kept harmlessly, and the same mail is entered once, side by side too', async () => {
  const { drafter, web, city } = world;
  const { id, base } = await world.consultation();
  await drafter.get(`${base}/register`);
  const rubbish = ['\u202e"><script>alert(1)</script>', '=1+1', '𠮷'.repeat(9_000), '00000000-0000-0000-0000-000000000000', '2026-02-30'];
  for (const field of Object.keys(letter()).filter((name) => name !== '_key')) {
    for (const value of rubbish) {
      const { statusCode, body } = await drafter.post(`${base}/register`, letter({ [field]: value }));
      expect([field, value.slice(0, 9), [303, 422].includes(statusCode), body.includes('<script>alert')]).toEqual([field, value.slice(0, 9), true, false]);
    }
  }
  expect((await drafter.get(base)).body).not.toContain('<script>alert');
  const mail = () => web.app.get(RegisterOpinion).run(city.departments[0].people.drafter, id, {
    channel: 'email', arrivedOn: '2026-03-02', authorKind: 'anonymous', stance: 'support', text: '同意', messageId: '<a@b.example>', idempotencyKey: randomUUID(),
  });
  const results = await Promise.allSettled([mail(), mail(), mail()]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ key: 'channels:error.mailTwice' });
  const key = randomUUID();
  const same = await Promise.all([1, 2, 3].map(() => web.app.get(RegisterOpinion).run(city.departments[0].people.drafter, id, {
    channel: 'letter', arrivedOn: '2026-03-02', authorKind: 'anonymous', stance: 'support', text: '按了三次', idempotencyKey: key,
  })));
  expect(new Set(same.map(({ opinionId }) => opinionId)).size).toBe(1);
});

test('what is entered before the close is under the root; after it nothing is', async () => {
  const { drafter, web, city } = world;
  const { id, base } = await world.consultation();
  await drafter.get(`${base}/register`);
  expect((await drafter.post(`${base}/register`, letter())).statusCode).toBe(303);
  const before = web.clock.now();
  try {
    web.clock.set(CHANNEL_CLOSES);
    await drafter.signIn(city.id, city.departments[0].people.drafter.login);
    await drafter.get(`${base}/register`);
    const late = await drafter.post(`${base}/register`, letter());
    expect([late.statusCode, late.body.includes('登记簿已固定')]).toEqual([409, true]);
    const { received } = await web.app.get(CloseConsultation).run(city.departments[0].people.drafter, id);
    expect(received).toBe(1);
    expect(await publicRoot(web.app.get(PublicReader), city.id, id)).toMatchObject({ size: 1 });
    expect((await drafter.get(`${base}/register`)).body).toContain('作为材料归档');
  } finally {
    web.clock.set(before);
    await drafter.signIn(city.id, city.departments[0].people.drafter.login);
  }
});

import { Document, Packer, Paragraph } from 'docx';
import type { Role } from '@platform/kernel';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, type TestCity } from '../../support/people';
import { type Desk, deskOf } from './desk';
import { TEXT } from './matter';

let test: TestApp;
let city: TestCity;
beforeAll(async () => {
  test = await startTestApp();
  city = await makeCity(test);
});
afterAll(() => test.close());

const desks = new Map<string, Promise<Desk>>();
/** Each person signs in once: the door takes thirty sign-ins a minute. */
function desk(role: Role, department: 0 | 1 = 0): Promise<Desk> {
  const key = `${department}/${role}`;
  const known = desks.get(key) ?? deskOf(test, city.departments[department].people[role]);
  desks.set(key, known);
  return known;
}

const docx = (text: string): Promise<Buffer> =>
  Packer.toBuffer(new Document({ sections: [{ children: text.split('\n').map((line) => new Paragraph(line)) }] }));

/** From the plan page to an open draft; returns the policy's page. */
async function openPolicy(title: string): Promise<string> {
  const [drafter, head] = [await desk('drafter'), await desk('department_head')];
  const proposed = await drafter.post('/console/plan', '/console/plan', { title, kind: 'make', year: '2026', reason: '现行办法到期' });
  expect([proposed.status, proposed.location]).toEqual([303, '/console/plan']);
  const { json } = await head.api('GET', '/plan-items?state=proposed');
  const item = (json['items'] as { id: string; title: string }[]).find((entry) => entry.title === title)?.id ?? '';
  await head.post('/console/plan', `/console/plan/${item}/decision`, { decision: 'approve' });
  const made = await drafter.post(`/console/plan/${item}/policy`, `/console/plan/${item}/policy`, {
    title, kind: 'policy_document', summary: '提要', affectsMarket: 'on', responsibleId: city.departments[0].people.department_head.accountId, topics: '工业、设备', audience: '',
  });
  expect(made.status).toBe(303);
  return made.location ?? '';
}

it('walks from the plan to a submitted version on the pages, with a DOCX', async () => {
  const path = await openPolicy('测试补助办法');
  const drafter = await desk('drafter');
  const overview = await drafter.get(path);
  expect(overview.status).toBe(200);
  expect(overview.body).toContain('启动起草');
  const started = await drafter.post(path, `${path}/start`, {});
  expect(started.location).toBe(`${path}/edit`);
  const preview = await drafter.post(`${path}/edit`, `${path}/import`, {}, { name: '办法.docx', data: await docx(TEXT) });
  expect(preview.status).toBe(200);
  expect(preview.body).toContain('识别出 4 条');
  expect((await drafter.get(`${path}/edit`)).body).toContain('识别出 0 条');
  const saved = await drafter.post(`${path}/edit`, `${path}/edit`, { seen: '1', text: TEXT, draftingNote: '必要性和依据', action: 'save' });
  expect([saved.status, saved.location]).toEqual([303, `${path}/edit`]);
  const editor = await drafter.get(`${path}/edit`);
  expect(editor.body).toContain('识别出 4 条，0 处未识别');
  const submitted = await drafter.post(`${path}/edit`, `${path}/edit`, { seen: '2', text: TEXT, draftingNote: '必要性和依据', action: 'submit' });
  expect(submitted.location).toBe(path);
  const after = await drafter.get(path);
  expect(after.body).toContain('第 1 稿');
  expect(after.body).not.toContain('drafting:');
  expect((await drafter.get('/console/policies?state=drafting')).body).toContain('测试补助办法');
  expect((await drafter.get('/console/policies?state=published')).body).not.toContain('测试补助办法');
});

it('keeps what was typed when somebody else saved meanwhile, and says so with 409', async () => {
  const path = await openPolicy('并发补助办法');
  const drafter = await desk('drafter');
  await drafter.post(path, `${path}/start`, {});
  await drafter.post(`${path}/edit`, `${path}/edit`, { seen: '1', text: TEXT, draftingNote: '', action: 'save' });
  const late = await drafter.post(`${path}/edit`, `${path}/edit`, { seen: '1', text: '第一条　我写的另一稿。', draftingNote: '', action: 'save' });
  expect(late.status).toBe(409);
  expect(late.body).toContain('我写的另一稿');
  expect(late.body).toContain('您在编辑期间从另一个页面保存过这一稿');
  expect(late.body).toContain('name="theirs" value="2"');
});

it('names the article in every refusal of a gate, on the page and in the API', async () => {
  const path = await openPolicy('门槛补助办法');
  const drafter = await desk('drafter');
  await drafter.post(path, `${path}/start`, {});
  const refused = await drafter.post(path, `${path}/review`, {});
  expect(refused.status).toBe(409);
  expect(refused.body).toContain('国办发〔2018〕115号');
  const id = path.split('/').at(-1) ?? '';
  const api = await drafter.api('POST', `/policies/${id}/review`);
  expect(api.status).toBe(409);
  expect(JSON.stringify(api.json)).toContain('国办发〔2018〕115号');
  const empty = await drafter.post(`${path}/edit`, `${path}/edit`, { seen: '1', text: TEXT, draftingNote: '', action: 'submit' });
  expect(empty.status).toBe(422);
  expect(empty.body).toContain('国办发〔2018〕115号');
  expect(empty.body).toContain('href="#f-draftingNote"');
});

it('shows a department nothing of another’s draft, and refuses what a role may not do', async () => {
  const path = await openPolicy('内部补助办法');
  const stranger = await desk('drafter', 1);
  for (const page of [path, `${path}/edit`, `${path}/dockets`]) expect((await stranger.get(page)).status).toBe(404);
  expect((await stranger.get('/console/policies')).body).not.toContain('内部补助办法');
  const id = path.split('/').at(-1) ?? '';
  expect((await stranger.api('POST', `/policies/${id}/start`)).status).toBe(404);
  const reviewer = await desk('legal_reviewer');
  expect((await reviewer.get(path)).status).toBe(200);
  expect((await reviewer.api('POST', `/policies/${id}/start`)).status).toBe(403);
  expect((await reviewer.get(`${path}/edit`)).status).toBe(403);
  const admin = await desk('system_admin');
  expect((await admin.get(path)).status).toBe(403);
});

it('marks an invited matter in the other department’s list, and lists in pages without a gap', async () => {
  const path = await openPolicy('联合补助办法');
  const drafter = await desk('drafter');
  const invited = await drafter.post(`${path}/dockets`, `${path}/participants`, { departmentId: city.departments[1].id, capacity: 'legal_review' });
  expect([invited.status, invited.location]).toEqual([303, `${path}/dockets`]);
  const guest = await (await desk('legal_reviewer', 1)).get('/console/policies');
  expect(guest.body).toContain('联合补助办法');
  expect(guest.body).toContain('参与甲局的办理');
  for (let n = 0; n < 21; n += 1) await openPolicy(`清单办法${n}`);
  const seen = new Set<string>();
  let after = '';
  for (let pages = 0; pages < 5; pages += 1) {
    const { json } = await drafter.api('GET', `/policies?state=&after=${encodeURIComponent(after)}`);
    (json['items'] as { id: string }[]).forEach((item) => seen.add(item.id));
    if (!json['next']) break;
    after = json['next'] as string;
  }
  const [count] = await test.unitOfWork.run(city.departments[0].people.drafter, (tx) =>
    tx.query<{ n: number }>('SELECT count(*)::int AS n FROM policy WHERE city_id = $1 AND tenant_id = $2', [city.id, city.departments[0].id]));
  expect(seen.size).toBe(count?.n);
});

it('speaks English on every page when asked', async () => {
  const path = await openPolicy('双语办法');
  const drafter = await desk('drafter');
  await drafter.post(path, `${path}/start`, {});
  for (const page of ['/console/plan', '/console/policies', path, `${path}/edit`, `${path}/dockets`]) {
    const english = await drafter.get(`${page}?lang=en`);
    expect([page, english.status]).toEqual([page, 200]);
    expect(english.body).not.toMatch(/drafting:[a-zA-Z.]+/);
  }
});

import { CreatePolicy, DecidePlanItem, ProposePlanItem, SaveDraft, StartDrafting, SubmitVersion } from '@domains/drafting';
import { Document, Packer, Paragraph } from 'docx';
import { newId, systemActor } from '@platform/kernel';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, type TestCity } from '../../support/people';
import { type Desk, deskOf } from './desk';
import { TEXT } from './matter';

let test: TestApp;
let city: TestCity;
let drafter: Desk;
let anybody: Desk['get'];
beforeAll(async () => {
  test = await startTestApp();
  city = await makeCity(test);
  drafter = await deskOf(test, city.departments[0].people.drafter);
  anybody = async (path) => {
    const answer = await test.app.inject({ method: 'GET', url: path });
    return { status: answer.statusCode, body: answer.body, location: answer.headers.location };
  };
});
afterAll(() => test.close());

/** A policy with an open draft that holds `TEXT` at row version 2. */
async function drafted(title: string, revises?: string): Promise<string> {
  const { drafter: writer, department_head: head } = city.departments[0].people;
  const get = test.app.get.bind(test.app);
  const item = await get(ProposePlanItem).run(writer, { year: 2026, kind: revises ? 'revise' : 'make', title, reason: '需要', ...(revises ? { targetPolicyId: revises } : {}) });
  await get(DecidePlanItem).run(head, item.id, { decision: 'approve' });
  const { id } = await get(CreatePolicy).run(writer, item.id, { kind: 'policy_document', title, summary: '', affectsMarket: false, responsibleId: head.accountId, topics: [], audience: [] });
  await get(StartDrafting).run(writer, id);
  await get(SaveDraft).run(writer, id, { seen: 1, text: TEXT, draftingNote: '说明' });
  return id;
}
const write = (id: string, seen: number, text: string) => test.app.get(SaveDraft).run(city.departments[0].people.drafter, id, { seen, text, draftingNote: '说明' });

it('settles two saves without JavaScript: both sides on the page, then a choice', async () => {
  const id = await drafted('冲突办法');
  const edit = `/console/policies/${id}/edit`;
  await write(id, 2, TEXT.replace('一年内', '三年内'));
  const mine = { seen: '2', text: TEXT.replace('一年内', '两年内').replace('为了鼓励', '为鼓励'), draftingNote: '说明' };
  const met = await drafter.post(edit, edit, { ...mine, action: 'save' });
  expect(met.status).toBe(409);
  expect(met.body).toContain('您改了 2 处，对方改了 1 处，其中 1 处改的是同一条');
  expect(met.body).toMatch(/<ins>.*两.*<\/ins>/);
  expect(met.body).toMatch(/<ins>.*三.*<\/ins>/);
  const unfinished = await drafter.post(edit, edit.replace('/edit', '/conflict'), { ...mine, theirs: '3', choice: 'merge' });
  expect(unfinished.status).toBe(200);
  expect(unfinished.body).toContain('〔冲突·我的文字〕');
  expect(unfinished.body).toContain('为鼓励');
  expect(unfinished.body).toContain('name="seen" value="3"');
  const marked = await drafter.post(edit, edit, { seen: '3', text: `${TEXT}\n〔冲突·我的文字〕第五条　没有选定。`, draftingNote: '说明', action: 'submit' });
  expect(marked.status).toBe(422);
  expect(marked.body).toContain('请先选定写法并删去标记');
  const settled = await drafter.post(edit, edit.replace('/edit', '/conflict'), { ...mine, theirs: '4', choice: 'mine' });
  expect([settled.status, settled.location]).toEqual([303, edit]);
  const history = await drafter.get(edit.replace('/edit', '/saves'));
  expect(history.body).toContain('冲突中放在一边的文字');
  const older = /href="([^"]*\?save=[^"]+)"/.exec(history.body.replace(/&#x3D;/g, '='))?.[1] ?? '';
  const opened = await drafter.get(older);
  expect(opened.body).toContain('保存的内容');
  expect(opened.body).toContain('还没有保存');
});

it('takes the line breaks of a browser for no change of the drafting note', async () => {
  const id = await drafted('说明换行办法');
  const edit = `/console/policies/${id}/edit`;
  const note = '一、制定的必要性\n现行办法到期。';
  const { people } = city.departments[0];
  const { rowVersion } = await test.app.get(SaveDraft).run(people.drafter, id, { seen: 2, text: TEXT, draftingNote: note });
  await test.app.get(SaveDraft).run(people.drafter, id, { seen: rowVersion, text: TEXT.replace('一年内', '三年内'), draftingNote: note });
  const lines = (text: string): string => text.replace(/\n/g, '\r\n');
  const met = await drafter.post(edit, edit, { seen: String(rowVersion), text: lines(TEXT.replace('一年内', '两年内')), draftingNote: lines(note), action: 'save' });
  expect(met.status).toBe(409);
  expect(met.body).not.toContain('起草说明您改过');
});

it('saves by itself through JSON with the token in a header, and says that another save was met', async () => {
  const id = await drafted('自动保存办法');
  const signedIn = await test.app.inject({ method: 'POST', url: '/api/v1/session', payload: { city: city.id, login: city.departments[0].people.drafter.login, password: 'a password for tests' } });
  const page = await test.app.inject({ method: 'GET', url: `/console/policies/${id}/edit`, cookies: { pl_access: signedIn.json<{ accessToken: string }>().accessToken } });
  const cookies = { pl_access: signedIn.json<{ accessToken: string }>().accessToken, ...Object.fromEntries(page.cookies.map(({ name, value }) => [name, value])) };
  const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const put = (seen: number, text: string, csrf = token) => test.app.inject({
    method: 'PUT', url: `/console/policies/${id}/draft`, cookies, headers: { 'x-csrf-token': csrf }, payload: { seen, text, draftingNote: '说明', editor: 'page-1' },
  });
  expect((await put(2, `${TEXT}\n第五条　新增。`, 'forged')).statusCode).toBe(403);
  const saved = await put(2, `${TEXT}\n第五条　新增。`);
  expect([saved.statusCode, saved.json()]).toMatchObject([200, { rowVersion: 3, articles: 5 }]);
  await write(id, 3, TEXT);
  const met = await put(3, `${TEXT}\n第五条　又一次。`);
  expect([met.statusCode, met.json()]).toEqual([409, { met: true }]);
  await test.app.get(SubmitVersion).run(city.departments[0].people.drafter, id, 4);
  const closed = await put(4, TEXT);
  expect(closed.statusCode).toBe(409);
  expect(closed.headers['content-type']).toContain('text/html');
  const preview = await test.app.inject({ method: 'POST', url: `/console/policies/${id}/preview`, cookies, headers: { 'x-csrf-token': token }, payload: { text: `${TEXT}\n（九）倒退。` } });
  expect(preview.body).toContain('识别出 4 条，1 处未识别');
  expect(preview.body).not.toContain('<html');
});

it('shows what a file holds before it replaces anything, and refuses a form without one', async () => {
  const id = await drafted('导入办法');
  const edit = `/console/policies/${id}/edit`;
  const data = await Packer.toBuffer(new Document({ sections: [{ children: `${TEXT}\n第五条　文件里的一条。`.split('\n').map((line) => new Paragraph(line)) }] }));
  const shown = await drafter.post(edit, edit.replace('/edit', '/import'), {}, { name: '办法.docx', data });
  expect(shown.status).toBe(200);
  expect(shown.body).toContain('修改 0 处，新增 1 处，删除 0 处');
  expect(shown.body).toContain('name="seen" value="2"');
  expect((await drafter.get(edit)).body).not.toContain('文件里的一条');
  const none = await drafter.post(edit, edit.replace('/edit', '/import'), {});
  expect(none.status).toBe(422);
  expect(none.body).toContain('请选择要导入的文件');
  const broken = await drafter.post(edit, edit.replace('/edit', '/import'), {}, { name: '旧.doc', data: Buffer.from('\u00d0\u00cf\u0011\u00e0', 'latin1') });
  expect(broken.status).toBe(422);
});

it('compares a revision with the policy in force that it amends, and lets nobody compare what is not of the policy', async () => {
  const first = await drafted('现行办法');
  const { drafter: writer } = city.departments[0].people;
  await test.app.get(SubmitVersion).run(writer, first, 2);
  await test.unitOfWork.run(systemActor(city.id), async (tx) => {
    await tx.query('UPDATE policy_version SET is_public = true WHERE city_id = $1 AND policy_id = $2', [tx.cityId, first]);
    await tx.query(
      `UPDATE policy SET state = 'published', document_number = '测甲〔2026〕9号', published_at = $3, public_since = $3, effective_from = '2026-01-01',
         current_version_id = (SELECT id FROM policy_version WHERE city_id = $1 AND policy_id = $2) WHERE city_id = $1 AND id = $2`, [tx.cityId, first, tx.at]);
  });
  const second = await drafted('修订办法', first);
  await write(second, 2, TEXT.replace('一年内', '三年内').replace('第二条　', '第二条　市产业局负责。\n第三条　').replace('第三条　符合', '第四条　符合').replace('第四条　本办法自', '第五条　本办法自'));
  const page = await drafter.get(`/console/policies/${second}/compare`);
  expect(page.status).toBe(200);
  expect(page.body).toContain('《现行办法》测甲〔2026〕9号');
  expect(page.body).toContain('第二条 → 第三条');
  expect(page.body).toMatch(/<del>.*一.*<\/del>/);
  expect((await drafter.get(`/console/policies/${second}/compare?show=changes`)).body).not.toContain('compare__same');
  const [foreign] = await test.unitOfWork.run(writer, async (tx) => tx.query<{ id: string }>('SELECT id FROM policy_version WHERE city_id = $1 AND policy_id = $2', [tx.cityId, second]));
  expect((await drafter.get(`/console/policies/${first}/compare?from=${foreign?.id}`)).status).toBe(404);
  expect((await drafter.get(`/console/policies/${second}/compare?from=${foreign?.id}&to=${foreign?.id}`)).status).toBe(422);
  // The public sees one version of the policy in force, and so nothing to compare, and of the revision nothing at all.
  expect((await anybody(`/${city.id}/policies/${first}/compare`)).body).toContain('目前只有一份文稿');
  expect((await anybody(`/${city.id}/policies/${second}/compare`)).status).toBe(404);
  expect((await anybody(`/${city.id}/policies/${first}/three-columns`)).body).toContain('征求意见结果公布后');
});

it('speaks English on each of these pages', async () => {
  const id = await drafted('双语编辑办法');
  for (const path of ['edit', 'saves', 'compare', 'three-columns']) {
    const english = await drafter.get(`/console/policies/${id}/${path}?lang=en`);
    expect([path, english.status]).toEqual([path, 200]);
    expect(english.body).not.toMatch(/editor:[a-zA-Z.]+/);
  }
  await drafter.get('/console?lang=zh');
});

it('draws thirty files a minute for each person, whatever address they share', async () => {
  const nothing = `/console/policies/${newId()}/compare.pdf`;
  for (let times = 0; times < 30; times += 1) expect((await drafter.get(nothing)).status).toBe(404);
  expect((await drafter.get(nothing)).status).toBe(429);
  const head = await deskOf(test, city.departments[0].people.department_head);
  expect((await head.get(nothing)).status).toBe(404);
});

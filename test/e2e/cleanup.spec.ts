import { newId } from '@platform/kernel';
import { ExportPool } from '@core/documents';
import JSZip from 'jszip';
import { CarryOutCleanups } from '@domains/ledger';
import type { TestApp } from '../support/app';
import type { TestCity } from '../support/people';
import { insertPolicy, insertVersion } from '../support/policies';
import { type FormValue, Visitor } from '../support/visitor';
import { done, field, page, PagesOfCity } from './support/pages';


/** From the opening to the three public lists and the effective list, page by page; the worker's relay and schedule act, and nobody writes a query. */
describe('a clean-up, in the browser', () => {
  let town: PagesOfCity;
  let server: TestApp;
  let city: TestCity;
  let home = '';
  let decided = '';
  const workbooks = new ExportPool();
  const work = async (): Promise<void> => { await server.app.get(CarryOutCleanups).run(city.id); await town.react(); };
  const listOf = (department: 0 | 1): string => `${home}/departments/${city.departments[department].id}`;
  /** The address of a document's page, from the list. */
  const itemOf = (html: string, title: string): string => new RegExp(`href="(${home}/items/[0-9a-f-]{36})">${title}<`).exec(html)?.[1] ?? '';

  beforeAll(async () => {
    town = await PagesOfCity.open();
    ({ server, city } = town);
    for (const [at, titles] of [['技改办法', '夜间经济办法', '旧车补贴办法', '服务规则', '评标规则'], ['用工办法']].entries()) {
      const { people, id } = city.departments[at as 0 | 1];
      for (const title of titles) {
        const policyId = await insertPolicy(server.unitOfWork, { cityId: city.id, tenantId: id, keeperId: people.drafter.accountId }, { state: 'published', title, effectiveFrom: '2024-01-01', effectiveTo: title === '技改办法' ? '2026-08-31' : null });
        await insertVersion(server.unitOfWork, { cityId: city.id, tenantId: id, keeperId: people.drafter.accountId }, policyId, ['第一条。'], people.drafter.accountId);
      }
    }
  });
  afterAll(async () => {
    await workbooks.close();
    await server.close();
  });

  it('is opened by an overseer, who sees every department, and told to the departments', async () => {
    const overseer = await town.as('overseer');
    const form = await page(overseer, '/console/cleanups/new');
    const opening = { title: '2026年规范性文件清理', trigger: 'periodic', reason: '距上次清理已满两年。', departmentIds: '', publishedFrom: '', publishedTo: '', words: '', proposeBy: '2026-03-20', checkBy: '2026-03-31', _key: field(form, '_key') };
    const refusal = await overseer.post('/console/cleanups', { ...opening, reason: ' ', proposeBy: '2026-02-01' });
    expect([refusal.statusCode, refusal.body.includes('请写明理由。'), refusal.body.includes('日期不能早于今天。'), refusal.body.includes('2026年规范性文件清理')]).toEqual([422, true, true, true]);
    home = await done(overseer.post('/console/cleanups', opening));
    expect(await done(overseer.post('/console/cleanups', opening))).toBe(home);
    expect(await page(overseer, home)).toMatch(/乙局[\s\S]*0 \/ 1[\s\S]*甲局[\s\S]*0 \/ 5/);
    expect((await (await town.as('drafter')).post('/console/cleanups', opening)).statusCode).toBe(403);
    await town.react();
    const drafter = await town.as('drafter');
    const desk = await page(drafter, '/console');
    for (const words of ['《2026年规范性文件清理》已经启动', '提出文件清理建议']) expect(desk).toContain(words);
    expect((await drafter.get(listOf(1))).statusCode).toBe(404);
  });

  it('is proposed one by one, many at once and from a workbook, and late lists stand on the city\'s desk', async () => {
    const drafter = await town.as('drafter');
    let list = await page(drafter, listOf(0));
    expect(list).toContain('有效期至 2026年8月31日，还有 182 天');
    expect(list).toContain('从未评估');
    const amend = itemOf(list, '技改办法');
    const form = await page(drafter, amend);
    const refusal = await drafter.post(amend, { rowVersion: field(form, 'rowVersion'), proposal: 'amend', reason: '标准已变。', amendWhat: '', amendBy: '', effectOn: '', replacedBy: '' });
    expect([refusal.statusCode, refusal.body.includes('请写明修改什么。'), refusal.body.includes('标准已变。')]).toEqual([422, true, true]);
    await done(drafter.post(amend, { rowVersion: field(form, 'rowVersion'), proposal: 'amend', reason: '标准已变。', amendWhat: '补助比例。', amendBy: '2026-11-30', effectOn: '', replacedBy: '' }));
    expect((await drafter.post(amend, { rowVersion: field(form, 'rowVersion'), proposal: 'keep', reason: '晚了一步' })).statusCode).toBe(409);

    const sheet = await drafter.get(`${listOf(0)}/list.xlsx`);
    expect((await JSZip.loadAsync(sheet.rawPayload)).file('xl/workbook.xml')).not.toBeNull();
    const rows = (columns: string[][]): Promise<Buffer> => workbooks.run({ workbook: [{ name: '清理建议', columns: ['序号', '文件', '建议', '理由', '停止执行日期'].map((head) => ({ head, width: 10 })), rows: columns }] });
    const numberOf = (title: string): string => new RegExp(`<span class="num">(\\d+)\\.</span> <a href="[^"]+">${title}<`).exec(list)?.[1] ?? '';
    const send = async (columns: string[][]) => drafter.post(`${listOf(0)}/import`, { file: { filename: '建议.xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', data: await rows(columns) } });
    const faulty = await send([[numberOf('夜间经济办法'), '', '废止', '被新办法代替。', ''], ['99', '', '废止', '没有这一件。', ''], [numberOf('旧车补贴办法'), '', '宣布失效', '', '']]);
    expect([faulty.statusCode, faulty.body.includes('第 3 行：清单中没有这个序号。')]).toEqual([422, true]);
    expect(await page(drafter, listOf(0))).toContain('还有 4 件未提建议');
    const again = await send([[numberOf('夜间经济办法'), '', '废止', '被新办法代替。', '2026-05-01'], [numberOf('旧车补贴办法'), '', '宣布失效', '', '']]);
    expect([again.statusCode, again.body.includes('第 3 行：请写明理由。')]).toEqual([422, true]);
    await done(send([[numberOf('夜间经济办法'), '', '废止', '被新办法代替。', '2026-05-01'], [numberOf('旧车补贴办法'), '', '宣布失效', '补贴期已过。', '']]));

    const preview = await page(drafter, `${listOf(0)}/keep?words=`);
    expect(preview).toMatch(/服务规则[\s\S]*评标规则/);
    expect(preview).not.toContain('夜间经济办法');
    await done(drafter.post(`${listOf(0)}/keep`, { words: '', seen: field(preview, 'seen'), keepReason: '仍然适用。' }));
    list = await page(drafter, `${listOf(0)}?show=keep`);
    expect(list).not.toContain('夜间经济办法');
    const head = await town.as('department_head');
    await done(head.post(`${listOf(0)}/sign`, { rowVersion: field(await page(head, listOf(0)), 'rowVersion') }));

    server.clock.set('2026-03-23T09:00:00+08:00');
    expect(await page(await town.as('overseer'), '/console?scope=city&state=overdue')).toContain('提出文件清理建议');
    expect(await page(await town.as('overseer'), home)).toContain('逾期未签署');
    const [otherDrafter, otherHead] = [await town.as('drafter', 1), await town.as('department_head', 1)];
    const other = await page(otherDrafter, `${listOf(1)}/keep?words=`);
    await done(otherDrafter.post(`${listOf(1)}/keep`, { words: '', seen: field(other, 'seen'), keepReason: '仍然适用。' }));
    await done(otherHead.post(`${listOf(1)}/sign`, { rowVersion: field(await page(otherHead, listOf(1)), 'rowVersion') }));
  });

  it('is checked, sent back with a remark, agreed, and decided by another overseer', async () => {
    const [checker, decider, drafter, head] = [await town.as('overseer'), await town.as('overseer', 1), await town.as('drafter'), await town.as('department_head')];
    const item = itemOf(await page(checker, listOf(0)), '夜间经济办法');
    await done(checker.post(`${item}/remark`, { remark: '请写明新办法的文号。' }));
    await done(checker.post(`${listOf(0)}/return`, { returnNote: '一件需补充。' }));
    expect(await page(drafter, listOf(0))).toMatch(/清单被退回[\s\S]*一件需补充。[\s\S]*请写明新办法的文号。/);
    await done(drafter.post(item, { rowVersion: field(await page(drafter, item), 'rowVersion'), proposal: 'abolish', reason: '由服务规则代替。', effectOn: '2026-05-01', replacedBy: '', amendWhat: '', amendBy: '' }));
    await done(head.post(`${listOf(0)}/sign`, { rowVersion: field(await page(head, listOf(0)), 'rowVersion') }));
    for (const department of [0, 1] as const) await done(checker.post(`${listOf(department)}/agree`, { rowVersion: field(await page(checker, listOf(department)), 'rowVersion') }));
    const late = await insertPolicy(server.unitOfWork, { cityId: city.id, tenantId: city.departments[1].id, keeperId: city.departments[1].people.drafter.accountId }, { state: 'published', title: '后来的办法' });
    expect(await page(decider, home)).toMatch(/启动后公布[\s\S]*加入/);
    expect(late).not.toBe('');

    expect(await page(checker, home)).toContain('须由另一位监督人员作出决定');
    const desk = await page(decider, home);
    expect(desk).toContain('继续有效 3 件，拟修改 1 件，废止 1 件，宣布失效 1 件。');
    const decision = { rowVersion: field(desk, 'rowVersion'), number: '测政发〔2026〕8号', text: '经清理，公布清单如下。' };
    expect((await checker.post(`${home}/decide`, decision)).statusCode).toBe(403);
    const anybody = new Visitor(server.app);
    decided = `/${city.id}/cleanups/${home.split('/').at(-1) ?? ''}`;
    expect((await anybody.get(decided)).statusCode).toBe(404);
    await done(decider.post(`${home}/decide`, decision));
    expect((await decider.post(`${home}/decide`, decision)).statusCode).toBe(409);
    await work();
    expect((await anybody.get(`/${city.id}/cleanups`)).body).toContain('测政发〔2026〕8号');
  });

  it('publishes three lists, acts on the effective list on the day, and brings the amendment into the plan', async () => {
    const anybody = new Visitor(server.app);
    expect(await page(anybody, decided)).toMatch(/经清理，公布清单如下。[\s\S]*服务规则/);
    const ends = await page(anybody, `${decided}?list=end`);
    for (const words of ['旧车补贴办法', '夜间经济办法', '宣布失效', '2026年5月1日起停止执行']) expect(ends).toContain(words);
    expect(await page(anybody, `${decided}?list=amend`)).toMatch(/技改办法[\s\S]*补助比例。/);
    const table = (await anybody.get(`${decided}/lists.csv?lang=zh`)).body;
    expect(table.split('\r\n').filter((line) => line.includes('办法') || line.includes('规则')).length).toBe(6);
    const book = await JSZip.loadAsync((await anybody.get(`${decided}/lists.xlsx`)).rawPayload);
    expect(Object.keys(book.files).filter((name) => /worksheets\/sheet\d/.test(name)).length).toBe(3);
    const json = (await anybody.get(`/api/v1${decided.replace(`/${city.id}`, `/cities/${city.id}`)}`)).json<{ counts: object; items: { outcome: string; endedOn: string | null; title: string }[] }>();
    expect(json.counts).toEqual({ keep: 3, end: 2, amend: 1 });
    expect(json.items.filter(({ endedOn }) => endedOn).map(({ title, outcome, endedOn }) => `${title} ${outcome} ${String(endedOn)}`).sort()).toEqual(['夜间经济办法 abolish 2026-05-01', '旧车补贴办法 lapse 2026-03-23'].sort());
    const inForce = async (on: string): Promise<string> => page(anybody, `/${city.id}/effective?on=${on}`);
    expect([(await inForce('2026-03-22')).includes('旧车补贴办法'), (await inForce('2026-03-23')).includes('旧车补贴办法'), (await inForce('2026-04-30')).includes('夜间经济办法'), (await inForce('2026-05-01')).includes('夜间经济办法')]).toEqual([true, false, true, false]);
    const plan = await page(await town.as('department_head'), '/console/plan');
    expect(plan).toContain('技改办法');
    const item = itemOf(await page(await town.as('overseer'), `${listOf(0)}?show=amend`), '技改办法');
    expect(await page(await town.as('drafter'), item)).toContain('修改项目已提出，等待部门负责人决定。');
    const change = await page(anybody, `/${city.id}/effective/changes?from=2026-03-22&to=2026-05-01`);
    for (const words of ['旧车补贴办法', '夜间经济办法', '有效期届满', '废止']) expect(change).toContain(words);
  });

  it('refuses rubbish in every field', async () => {
    const overseer = await town.as('overseer');
    for (const path of ['/console/cleanups/x', `/console/cleanups/${newId()}`, `${home}/departments/x`, `${home}/items/x`, `/${city.id}/cleanups/x`, `/${city.id}/cleanups/${newId()}/lists.csv`]) expect([path, (await overseer.get(path)).statusCode]).toEqual([path, 404]);
    // A clean-up that is not there is told before a file is asked for, and another department's list is not one's own.
    const drafter = await town.as('drafter');
    for (const path of [`/console/cleanups/${newId()}/departments/${city.departments[0].id}/import`, `${listOf(1)}/import`]) expect([path, (await drafter.post(path, {})).statusCode]).toEqual([path, 404]);
    expect((await drafter.post(`${listOf(1)}/keep`, { words: '', keepReason: '需要', seen: '0'.repeat(64) })).statusCode).toBe(404);
    expect((await drafter.post(`${listOf(0)}/import`, {})).statusCode).toBe(422);
    for (const query of ['?show=x', '?after=x', '?after=-1', '?after=1e99', '?words=a&words=b']) expect([query, (await overseer.get(`${listOf(0)}${query}`)).statusCode]).toEqual([query, 422]);
    expect((await overseer.get('/console/cleanups?after=x_y')).statusCode).toBe(422);
    const decisions: Record<string, FormValue>[] = [{}, { rowVersion: 'x', number: '1', text: '1' }, { rowVersion: '1', number: 'x'.repeat(61), text: '1' }];
    for (const body of decisions) expect((await overseer.post(`${home}/decide`, body)).statusCode).toBe(422);
    const openings: Record<string, FormValue>[] = [{ title: 'x'.repeat(200) }, { departmentIds: 'x' }, { kinds: ['x'] }, { proposeBy: '2026-02-30' }, { words: 'x'.repeat(51) }];
    for (const body of openings) expect((await overseer.post('/console/cleanups', body)).statusCode).toBe(422);
  });
});

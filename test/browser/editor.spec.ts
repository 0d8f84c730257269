import { SaveDraft } from '@domains/drafting';
import { describeWithChromium } from '../support/capabilities';
import { EditorDesk, picture } from './support/editor-desk';
import { faultsOf, faultsOnPhone } from './support/inspect';

jest.setTimeout(120_000);

const TEXT = '云浦市测试办法\n第一章　总则\n第一条　为了测试，制定本办法。\n第二条　申请人应当提交下列材料：\n（一）申请表；\n（二）营业执照。\n第三条　本办法自公布之日起施行。';

describeWithChromium('the editor in a browser', () => {
  let desk: EditorDesk;
  beforeAll(async () => { desk = await EditorDesk.open(); });
  afterAll(async () => { await desk?.close(); });

  const saved = (id: string) => desk.test.unitOfWork.run(desk.city.departments[0].people.drafter, async (tx) => {
    const [row] = await tx.query<{ version: number; articles: string }>(
      `SELECT v.row_version AS version, count(p.*) FILTER (WHERE p.kind = 'article') AS articles FROM policy_version v
       LEFT JOIN provision p ON p.city_id = v.city_id AND p.version_id = v.id WHERE v.city_id = $1 AND v.policy_id = $2 GROUP BY v.row_version`, [tx.cityId, id]);
    return [row?.version, Number(row?.articles)];
  });
  const edit = (id: string): string => `${desk.base}/console/policies/${id}/edit`;

  it('shows the structure while one types, saves by itself, and marks what it did not understand', async () => {
    const id = await desk.policy('实时识别办法');
    const { tab, errors, context } = await desk.drafter();
    await tab.goto(edit(id));
    await tab.locator('#f-text').fill(TEXT);
    await tab.locator('.structure__row--article').nth(2).waitFor();
    expect(await tab.locator('.structure__row--item').count()).toBe(2);
    await tab.getByText('已保存').waitFor();
    expect(await saved(id)).toEqual([2, 3]);
    await tab.locator('#f-text').fill(`${TEXT}\n（七）另行规定。`);
    await tab.locator('.structure__odd').waitFor();
    expect(await tab.locator('.structure__odd a').textContent()).toBe('第 8 行');
    await tab.locator('.structure__odd a').click();
    expect(await tab.evaluate('document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)')).toBe('（七）另行规定。');
    await expect(tab.locator('[data-spoken]').textContent()).resolves.toMatch(/识别出/);
    await picture(tab, 'editor-wide');
    expect([...(await faultsOf(tab)), ...(await faultsOnPhone(tab, true))]).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });

  it('lets two pages meet: the later one is told, sees both sides, merges, and nothing is lost', async () => {
    const id = await desk.policy('两人同改办法');
    await desk.test.app.get(SaveDraft).run(desk.city.departments[0].people.drafter, id, { seen: 1, text: TEXT, draftingNote: '说明' });
    const [one, two] = [await desk.drafter(), await desk.drafter()];
    await one.tab.goto(edit(id));
    await two.tab.goto(edit(id));
    await one.tab.locator('#f-text').fill(TEXT.replace('为了测试', '为了测试合并'));
    await one.tab.getByText('已保存').waitFor();
    await two.tab.locator('#f-text').fill(TEXT.replace('申请表；', '申请表一式两份；'));
    await two.tab.locator('[data-trouble]', { hasText: '有人改过' }).waitFor();
    await picture(two.tab, 'editor-conflict-told');
    await two.tab.locator('button[value="save"]').click();
    await two.tab.locator('h2', { hasText: '两份改动相遇' }).waitFor();
    await picture(two.tab, 'conflict-wide');
    await two.tab.setViewportSize({ width: 390, height: 844 });
    await picture(two.tab, 'conflict-phone');
    await two.tab.setViewportSize({ width: 1440, height: 900 });
    expect([...(await faultsOf(two.tab)), ...(await faultsOnPhone(two.tab, true))]).toEqual([]);
    await two.tab.locator('button[value="merge"]').click();
    await two.tab.locator('#f-text').waitFor();
    const text = await two.tab.locator('#f-text').inputValue();
    expect(text).toContain('为了测试合并');
    expect(text).toContain('申请表一式两份');
    await two.tab.goto(edit(id).replace('/edit', '/saves'));
    await picture(two.tab, 'saves-wide');
    expect([...(await faultsOf(two.tab)), ...(await faultsOnPhone(two.tab, true)), ...one.errors, ...two.errors]).toEqual([]);
    await one.context.close();
    await two.context.close();
  });

  it('shows a file before it replaces the text, with what was typed saved first', async () => {
    const id = await desk.policy('文件导入办法');
    const { context, tab, errors } = await desk.drafter();
    await tab.goto(edit(id));
    await tab.locator('#f-text').fill(TEXT);
    await tab.locator('#f-file').setInputFiles({ name: '草案.txt', mimeType: 'text/plain', buffer: Buffer.from(`${TEXT}\n第四条　文件里的一条。`) });
    await tab.getByRole('button', { name: '读取并预览' }).click();
    await tab.locator('h2', { hasText: '导入预览' }).waitFor();
    await picture(tab, 'import-wide');
    expect([...(await faultsOf(tab)), ...(await faultsOnPhone(tab, true))]).toEqual([]);
    expect(await saved(id)).toEqual([2, 3]);
    await tab.getByRole('button', { name: '用它作为正文' }).click();
    await tab.locator('.structure__row--article').nth(3).waitFor();
    expect(await saved(id)).toEqual([3, 4]);
    expect(errors).toEqual([]);
    await context.close();
  });

  it('keeps on this computer what could not be saved, and offers it after a crash', async () => {
    const id = await desk.policy('断网办法');
    const { context, tab } = await desk.drafter();
    await tab.goto(edit(id));
    await context.setOffline(true);
    await tab.locator('#f-text').fill(TEXT);
    await tab.locator('[data-trouble]', { hasText: '没有网络' }).waitFor();
    await picture(tab, 'editor-offline');
    // The browser goes down: the page is gone without a word.
    await tab.close({ runBeforeUnload: false });
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(edit(id));
    expect(await again.locator('#f-text').inputValue()).toBe('');
    await again.getByRole('button', { name: '取回这些文字' }).click();
    expect(await again.locator('#f-text').inputValue()).toBe(TEXT);
    await again.getByText('已保存').waitFor();
    expect(await saved(id)).toEqual([2, 3]);
    await context.close();
  });

  it('is worked with the keyboard alone, on a phone too', async () => {
    const id = await desk.policy('键盘办法');
    const { context, tab } = await desk.drafter({ width: 390, height: 844 });
    await tab.goto(edit(id));
    const to = async (selector: string): Promise<void> => {
      for (let n = 0; n < 80; n += 1) {
        if (await tab.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
        await tab.keyboard.press('Tab');
      }
      throw new Error(`the keyboard does not reach ${selector}`);
    };
    await to('#f-text');
    await tab.keyboard.insertText(TEXT);
    await tab.locator('.structure__row--article').first().waitFor({ state: 'attached' });
    await picture(tab, 'editor-phone-text');
    await tab.evaluate('document.activeElement.blur(); document.querySelector("#main").focus()');
    await to('[data-show="structure"]');
    await tab.keyboard.press('Enter');
    await to('[data-tree] a');
    await tab.keyboard.press('ArrowDown');
    await tab.keyboard.press('ArrowDown');
    await picture(tab, 'editor-phone-structure');
    await tab.keyboard.press('Enter');
    expect(await tab.evaluate('document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)')).toBe('第一条　为了测试，制定本办法。');
    await to('#f-draftingNote');
    await tab.keyboard.insertText('说明');
    await tab.evaluate('document.querySelector("#main").focus()');
    await to('button[value="save"]');
    await tab.keyboard.press('Enter');
    await tab.locator('.notice--success').waitFor();
    await context.close();
  });
});

import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app';
import { askedConsultation, liveQuestionnaire } from '../support/asked-consultation';
import { describeWithChromium } from '../support/capabilities';
import { wordsAnswer } from '../support/challenge';
import { makeCity } from '../support/people';
import { launchChromium } from './support/chromium';
import { faultsOf, faultsOnPhone } from './support/inspect';

jest.setTimeout(120_000);

/** Presses Tab until the element with this name and value has the focus; arrows move within a group of radio buttons. */
async function tabTo(tab: Page, selector: string): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    if (await tab.evaluate((wanted) => (globalThis as unknown as { document: { activeElement: { matches(by: string): boolean } | null } }).document.activeElement?.matches(wanted) ?? false, selector)) return;
    await tab.keyboard.press('Tab');
  }
  throw new Error(`no way by keyboard to ${selector}`);
}

describeWithChromium('answering a questionnaire that branches, in a browser', () => {
  let web: TestApp;
  let browser: Browser;
  let address: string;
  beforeAll(async () => {
    web = await startTestApp();
    web.clock.set(new Date());
    const city = await makeCity(web);
    const { id } = await askedConsultation(web, city.id, city.departments[0]);
    const { token } = await liveQuestionnaire(web, id, city.departments[0]);
    address = `${await web.listen()}/${city.id}/q/${token}`;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
  });

  const open = async (width: number, javaScriptEnabled = true): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height: 844 }, javaScriptEnabled, serviceWorkers: 'block', locale: 'zh-CN' });
    const tab = await context.newPage();
    tab.setDefaultTimeout(10_000);
    await tab.goto(address);
    return tab;
  };
  const shown = async (tab: Page): Promise<string[]> => {
    const ids: string[] = [];
    for (const one of await tab.locator('[data-question]').all()) if (await one.isVisible()) ids.push(await one.getAttribute('data-question') ?? '');
    return ids;
  };

  it('shows what is asked as soon as it is asked, on a phone, and breaks no rule of WCAG 2.2 A and AA', async () => {
    const tab = await open(390);
    expect(await shown(tab)).toEqual(['q1', 'q4', 'q5']);
    await tab.getByLabel('反对').check();
    expect(await shown(tab)).toEqual(['q1', 'q2', 'q4', 'q5']);
    await tab.getByLabel('门槛高', { exact: true }).check();
    expect(await shown(tab)).toEqual(['q1', 'q2', 'q3', 'q4', 'q5']);
    // Back: what followed goes with what it followed from, also two steps on.
    await tab.getByLabel('支持', { exact: true }).check();
    expect(await shown(tab)).toEqual(['q1', 'q4', 'q5']);
    await tab.getByLabel('反对').check();
    expect([...await faultsOf(tab), ...await faultsOnPhone(tab, true)]).toEqual([]);
    await tab.getByRole('button', { name: '提交答卷' }).click();
    await tab.waitForSelector('.error-summary');
    expect(await shown(tab)).toEqual(['q1', 'q2', 'q3', 'q4', 'q5']);
    expect([...await faultsOf(tab), ...await faultsOnPhone(tab, true)]).toEqual([]);
    await tab.locator('.error-summary a').first().click();
    await tab.getByLabel('4', { exact: true }).check();
    for (const row of ['申报', '兑现']) await tab.getByRole('group', { name: row }).getByLabel('满意', { exact: true }).check();
    await tab.getByRole('button', { name: '提交答卷' }).click();
    await tab.waitForURL(/receipts/);
    expect(await tab.locator('main').innerText()).toContain('3. 门槛高在哪里？');
    await tab.context().close();
  });

  it('is answered with the keyboard alone', async () => {
    const tab = await open(1440);
    await tabTo(tab, '[name="a_q1"]');
    // In a group of buttons the first press of an arrow chooses the next one: 反对.
    await tab.keyboard.press('Space');
    await tab.keyboard.press('ArrowDown');
    await tabTo(tab, '[name="a_q2"]');
    await tab.keyboard.press('Space');
    await tabTo(tab, '[name="a_q3"]');
    await tab.keyboard.type('材料太多');
    await tabTo(tab, '[name="a_q4"]');
    await tab.keyboard.press('Space');
    await tabTo(tab, '[name="a_q5_r1"]');
    await tab.keyboard.press('Space');
    await tabTo(tab, '[name="a_q5_r2"]');
    await tab.keyboard.press('Space');
    await tabTo(tab, 'button[type="submit"]');
    await tab.keyboard.press('Enter');
    await tab.waitForURL(/receipts/);
    expect((await tab.locator('main').innerText()).replace(/\s+/g, ' ')).toContain('1. 是否支持这一办法？ → 反对 2. 反对的原因？ → 门槛高 3. 门槛高在哪里？ → 材料太多');
    await tab.context().close();
  });

  it('without scripts the page comes back with what the answers lead to', async () => {
    const tab = await open(390, false);
    expect(await tab.locator('main').innerText()).toContain('您的浏览器没有运行脚本');
    await tab.getByLabel('反对').check();
    await tab.getByLabel('5', { exact: true }).check();
    for (const row of ['申报', '兑现']) await tab.getByRole('group', { name: row }).getByLabel('不满意').check();
    await tab.getByRole('button', { name: '提交答卷' }).click();
    // Nothing proves yet that somebody reads this: the page asks, and has kept what was ticked and what it leads to.
    await tab.waitForSelector('.error-summary');
    expect(await tab.locator('.error-summary').innerText()).toContain('请回答这道题');
    expect([await tab.getByLabel('反对').isChecked(), await tab.getByLabel('5', { exact: true }).isChecked()]).toEqual([true, true]);
    await tab.getByLabel('请回答').fill(wordsAnswer(await tab.content()));
    web.clock.set(new Date(web.clock.now().getTime() + 8000));
    await tab.getByRole('button', { name: '提交答卷' }).click();
    expect(await shown(tab)).toEqual(['q1', 'q2', 'q4', 'q5']);
    await tab.getByLabel('金额少').check();
    await tab.getByRole('button', { name: '提交答卷' }).click();
    await tab.waitForURL(/receipts/);
    await tab.context().close();
  });
});

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app';
import { describeWithChromium } from '../support/capabilities';
import { insertOpenConsultation, OPEN } from '../support/open-consultation';
import { launchChromium } from './support/chromium';
import { beyondTheEdge, faultsOf, faultsOnPhone } from './support/inspect';
import { keyboardAt } from './support/keyboard';

jest.setTimeout(120_000);

const { cityId: CITY, consultationId: ID } = OPEN;

describeWithChromium('sending an opinion in a browser', () => {
  let web: TestApp;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    web = await startTestApp();
    await (await insertOpenConsultation(web)).end();
    base = await web.listen();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
  });

  const address = (): string => `${base}/${CITY}/consultations/${ID}`;
  const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2, locale: 'zh-CN', serviceWorkers: 'block' as const };
  /** The number that the browser has worked out for the form; it appears by itself. */
  const worked = async (tab: Page): Promise<string> => {
    await tab.locator('.intake-proof__state', { hasText: '核验已完成' }).waitFor();
    return tab.locator('[name="_solution"]').inputValue();
  };
  const draftKept = (tab: Page): Promise<unknown> => tab.locator('[data-draft-state]', { hasText: '这台设备' }).waitFor();
  const shoot = async (tab: Page, name: string): Promise<void> => {
    const folder = process.env['SCREENSHOTS'];
    if (folder) await tab.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };
  /** The answer to the question in words that a page asks where no script runs. */
  const answerOf = async (tab: Page): Promise<string> => {
    const numbers = '二三四五六七八九';
    const [, a = '', b = ''] = /请回答：(.)加(.)等于几/.exec(await tab.locator('#opinion-form').innerText()) ?? [];
    return String(numbers.indexOf(a) + numbers.indexOf(b) + 4);
  };

  it('is done by the keyboard alone: written, left, found again, worked for and sent', async () => {
    const keyboard = await keyboardAt(browser, address(), { width: 1440, height: 900 });
    const { page } = keyboard;
    const faults: string[] = [];
    const look = async (what: string): Promise<void> => void faults.push(...(await faultsOf(page)).map((fault) => `${what}: ${fault}`));
    await keyboard.into('[name="text"]');
    await keyboard.type('只用键盘写的意见，先写一半');
    await draftKept(page);
    await page.reload();
    expect(await page.locator('[data-draft-notice]').isVisible()).toBe(true);
    await look('restored');
    await shoot(page, 'draft-restored-1440');
    await keyboard.into('[name="text"]');
    expect(await page.locator('[name="text"]').inputValue()).toBe('只用键盘写的意见，先写一半');
    await page.keyboard.press('End');
    await keyboard.type('，再写完。');
    expect(await worked(page)).toMatch(/^\d+$/);
    expect(await page.locator('[data-proof-question]').isVisible()).toBe(false);
    await keyboard.press('提交意见');
    expect(await keyboard.heading()).toContain('意见回执');
    expect(await page.locator('main').innerText()).toContain('只用键盘写的意见，先写一半，再写完。');
    await look('receipt');
    await page.goto(address());
    expect([await page.locator('[name="text"]').inputValue(), await page.locator('[data-draft-notice]').isVisible()]).toEqual(['', false]);
    expect(faults).toEqual([]);
    await keyboard.close();
  });

  it('is done on a phone, by touch: written, left, found again, worked for and sent', async () => {
    const context = await browser.newContext(PHONE);
    const tab = await context.newPage();
    const faults: string[] = [];
    const look = async (what: string): Promise<void> => void faults.push(...[...(await faultsOf(tab)), ...(await beyondTheEdge(tab))].map((fault) => `${what}: ${fault}`));
    await tab.goto(address());
    await tab.getByRole('textbox', { name: '您的意见' }).tap();
    await tab.keyboard.insertText('手机上写的意见');
    await draftKept(tab);
    await look('kept');
    await tab.close();
    const again = await context.newPage();
    await again.goto(address());
    expect(await again.getByRole('textbox', { name: '您的意见' }).inputValue()).toBe('手机上写的意见');
    expect(await again.locator('[data-draft-notice]').innerText()).toContain('公用电脑');
    await shoot(again, 'draft-restored-390');
    faults.push(...(await faultsOf(again)), ...(await beyondTheEdge(again)));
    await worked(again);
    await again.getByRole('button', { name: '提交意见' }).tap();
    await again.waitForURL(/receipts/);
    expect(await again.locator('h1').innerText()).toContain('意见回执');
    faults.push(...(await faultsOf(again)));
    await again.goto(address());
    expect(await again.getByRole('textbox', { name: '您的意见' }).inputValue()).toBe('');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('waits for the work where somebody is faster than the browser, and asks the question where no worker runs', async () => {
    const context = await browser.newContext({ locale: 'zh-CN', serviceWorkers: 'block' });
    const tab = await context.newPage();
    await context.route('**/intake-work.js*', async (route) => {
      await new Promise((done) => setTimeout(done, 1500));
      await route.continue();
    });
    await tab.goto(address());
    await tab.getByRole('textbox', { name: '您的意见' }).fill('写得很快的意见');
    await tab.getByRole('button', { name: '提交意见' }).click();
    expect(await tab.locator('.intake-proof__state').innerText()).toContain('完成后自动提交');
    await tab.waitForURL(/receipts/);
    await context.route('**/intake-work.js*', (route) => route.abort());
    await tab.goto(address());
    await tab.getByLabel('请回答').waitFor({ state: 'visible' });
    await shoot(tab, 'question-1280');
    await context.close();
  });

  it('loses nothing that two windows wrote, and forgets a draft when its author says so', async () => {
    const context: BrowserContext = await browser.newContext({ locale: 'zh-CN', serviceWorkers: 'block' });
    const [one, two] = [await context.newPage(), await context.newPage()];
    for (const tab of [one, two]) await tab.goto(address());
    const write = async (tab: Page, text: string): Promise<void> => {
      await tab.bringToFront();
      await tab.getByRole('textbox', { name: '您的意见' }).fill(text);
      await draftKept(tab);
    };
    await write(one, '甲窗口写的');
    await write(two, '乙窗口写的');
    expect(await two.locator('[data-draft-aside]').innerText()).toContain('甲窗口写的');
    await two.reload();
    expect(await two.getByRole('textbox', { name: '您的意见' }).inputValue()).toBe('乙窗口写的');
    expect(await two.locator('[data-draft-aside]').isVisible()).toBe(true);
    expect(await faultsOf(two)).toEqual([]);
    await shoot(two, 'draft-aside-1280');
    await two.locator('[data-draft-drop]').click();
    expect(await two.locator('[data-draft-aside]').isVisible()).toBe(false);
    await two.locator('[data-draft-notice] [data-draft-delete]').click();
    expect(await two.getByRole('textbox', { name: '您的意见' }).inputValue()).toBe('');
    expect(await two.evaluate<number>('localStorage.length')).toBe(0);
    await context.close();
  });

  it('with a telephone number in it, and taking it back, is done on a desk and on a phone, with and without scripts, and breaks no rule of WCAG 2.2 A and AA', async () => {
    for (const [width, javaScriptEnabled] of [[1440, true], [390, true], [390, false]] as const) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled, serviceWorkers: 'block', locale: 'zh-CN' });
      const tab = await context.newPage();
      const faults: string[] = [];
      const look = async (what: string): Promise<void> => {
        if (javaScriptEnabled) faults.push(...[...(await faultsOf(tab)), ...(await faultsOnPhone(tab, true))].map((fault) => `${what}: ${fault}`));
      };
      await tab.goto(`${base}/${CITY}/consultations/${ID}`);
      await tab.getByRole('textbox', { name: '您的意见' }).fill('请明确标准，可回电 13812345678。');
      if (!javaScriptEnabled) {
        await tab.getByLabel('请回答').fill(await answerOf(tab));
        await shoot(tab, 'no-script-390');
        web.clock.set(new Date(web.clock.now().getTime() + 9000));
      }
      await tab.getByRole('button', { name: '提交意见' }).click();
      await tab.waitForSelector('.personal-choice');
      expect(await tab.getByRole('textbox', { name: '您的意见' }).inputValue()).toBe('请明确标准，可回电 13812345678。');
      await look('asked');
      await tab.getByLabel('原样提交').check();
      await tab.getByRole('button', { name: '提交意见' }).click();
      await tab.waitForURL(/receipts/);
      await tab.getByText('撤回这条意见').click();
      await look('receipt');
      await tab.getByLabel('我知道撤回后不能恢复').check();
      await tab.getByRole('button', { name: '确认撤回' }).click();
      await tab.waitForSelector('text=您已于');
      await look('withdrawn');
      await tab.goto(`${base}/${CITY}/consultations/${ID}#opinions`);
      expect(await tab.locator('#opinions').innerText()).toContain('内容不再公开');
      await look('consultation');
      expect(faults).toEqual([]);
      await context.close();
    }
  });
});

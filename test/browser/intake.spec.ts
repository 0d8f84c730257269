import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Client } from 'pg';
import { type Browser, chromium } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app';
import { describeWithChromium } from '../support/capabilities';
import { faultsOf, faultsOnPhone } from './support/inspect';

jest.setTimeout(120_000);

/** As in test/support/open-consultation.sql. */
const [CITY, ID] = ['999900', '00000000-0000-7000-8000-0000000000d1'];

describeWithChromium('sending an opinion with a telephone number in it, and taking it back, in a browser', () => {
  let web: TestApp;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    web = await startTestApp();
    const client = new Client({ connectionString: web.database.ownerUrl });
    await client.connect();
    await client.query(readFileSync(path.resolve(__dirname, '../support/open-consultation.sql'), 'utf8'));
    await client.end();
    web.clock.set(new Date());
    await web.app.listen(0, '127.0.0.1');
    base = `http://127.0.0.1:${(web.app.getHttpServer().address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: process.env.TEST_CHROMIUM ?? '', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
  });

  it('is done on a desk and on a phone, with and without scripts, and breaks no rule of WCAG 2.2 A and AA', async () => {
    for (const [width, javaScriptEnabled] of [[1440, true], [390, true], [390, false]] as const) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled, serviceWorkers: 'block', locale: 'zh-CN' });
      const tab = await context.newPage();
      const faults: string[] = [];
      const look = async (what: string): Promise<void> => {
        if (javaScriptEnabled) faults.push(...[...(await faultsOf(tab)), ...(await faultsOnPhone(tab, true))].map((fault) => `${what}: ${fault}`));
      };
      await tab.goto(`${base}/${CITY}/consultations/${ID}`);
      await tab.getByRole('textbox', { name: '您的意见' }).fill('请明确标准，可回电 13812345678。');
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

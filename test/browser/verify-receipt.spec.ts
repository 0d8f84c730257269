import { CloseConsultation, PostOpinion } from '@domains/consultation';
import { anonymousActor, systemActor } from '@platform/kernel';
import type { Browser } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app';
import { describeWithChromium } from '../support/capabilities';
import { insertOpenConsultation, OPEN } from '../support/open-consultation';
import { launchChromium } from './support/chromium';
import { faultsOf, faultsOnPhone } from './support/inspect';

jest.setTimeout(120_000);

const { cityId: CITY, consultationId: ID } = OPEN;

describeWithChromium('verifying a receipt in a browser', () => {
  let web: TestApp;
  let browser: Browser;
  let base: string;
  let code: string;
  beforeAll(async () => {
    web = await startTestApp();
    await (await insertOpenConsultation(web)).end();
    for (const text of ['提高扶持标准', '支持', '写明期限']) {
      ({ code } = await web.app.get(PostOpinion).run(anonymousActor(CITY), ID, { text, stance: 'suggest', idempotencyKey: `the opinion ${text} of a test` }));
    }
    web.clock.set(new Date(web.clock.now().getTime() + 61 * 86_400_000));
    await web.app.get(CloseConsultation).run(systemActor(CITY), ID);
    base = await web.listen();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
  });

  it('works without a network, finds an altered word, and sends nothing', async () => {
    const context = await browser.newContext();
    const tab = await context.newPage();
    const complaints: string[] = [];
    // The page's icon comes when it likes, also when there is no network any more.
    const isIcon = (url: string): boolean => url.includes('/static/img/');
    tab.on('console', (line) => (line.type() === 'error' && !isIcon(line.location().url) ? complaints.push(line.text()) : undefined));
    const fetched = async (url: string): Promise<string> => (await context.request.get(`${base}/${CITY}${url}`)).text();
    const [receipt, root] = [await fetched(`/receipts/${code}/receipt.json`), await fetched(`/consultations/${ID}/root.json`)];
    await tab.goto(`${base}/${CITY}/receipts/verify`);
    const sent: string[] = [];
    tab.on('request', (request) => (isIcon(request.url()) ? undefined : sent.push(request.url())));
    await context.setOffline(true);
    const verdict = async (content: string): Promise<string> => {
      const files = [['receiptFile', content], ['rootFile', root]] as const;
      for (const [name, text] of files) await tab.setInputFiles(`[name=${name}]`, { name: `${name}.json`, mimeType: 'application/json', buffer: Buffer.from(text) });
      await tab.locator('#verdict').evaluate((place) => place.replaceChildren());
      await tab.getByRole('button', { name: '核验' }).press('Enter');
      await tab.waitForSelector('#verdict .notice');
      return tab.locator('#verdict').innerText();
    };
    expect(await verdict(receipt)).toContain('这条意见在公布的 3 条之中，是第 3 条');
    expect(await verdict(receipt.replace('写明期限', '不必写明'))).toContain('原话或署名');
    expect(await verdict('')).toContain('空的');
    expect([sent, complaints]).toEqual([[], []]);
    await context.close();
  });

  it('breaks no rule of WCAG 2.2 A and AA, nor do the root and the receipt', async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block', locale: 'zh-CN' });
    const tab = await context.newPage();
    const faults: string[] = [];
    for (const url of ['/receipts/verify', `/receipts/${code}`, `/consultations/${ID}`, '/receipts/verify?lang=en']) {
      await tab.goto(`${base}/${CITY}${url}`);
      faults.push(...[...(await faultsOf(tab)), ...(await faultsOnPhone(tab, true))].map((fault) => `${url}: ${fault}`));
    }
    expect(faults).toEqual([]);
    await context.close();
  });
});

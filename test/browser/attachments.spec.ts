import type { Browser } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app';
import { describeWithChromium } from '../support/capabilities';
import { insertOpenConsultation, OPEN } from '../support/open-consultation';
import { docx, pdf } from '../support/sent-files';
import { launchChromium } from './support/chromium';
import { faultsOf, faultsOnPhone } from './support/inspect';

jest.setTimeout(120_000);

const BASE = `/${OPEN.cityId}/consultations/${OPEN.consultationId}`;

describeWithChromium('files of an opinion in a browser', () => {
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

  it('too many and too large ones are said before anything is sent; a receipt tells one\'s own file from another', async () => {
    const tab = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    const posts: string[] = [];
    tab.on('request', (request) => (request.method() === 'POST' ? posts.push(request.url()) : undefined));
    const upload = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
    await tab.goto(base + BASE);
    await tab.fill('[name=text]', '建议提高标准');
    const said = tab.locator('.opinion-files [role=alert]');
    for (const [files, words] of [
      [Array.from({ length: 6 }, (_, at) => upload(`${at}.txt`, Buffer.from(String(at)))), '最多 5 个'],
      [[upload('大.txt', Buffer.alloc(10 * 1024 * 1024 + 1, 97))], '有附件超过 10 MB：大.txt'],
    ] as const) {
      await tab.setInputFiles('[name=files]', [...files]);
      await tab.getByRole('button', { name: '提交意见' }).click();
      expect(await said.textContent()).toContain(words);
      expect([posts, await tab.inputValue('[name=text]')]).toEqual([[], '建议提高标准']);
    }
    expect(await faultsOf(tab)).toEqual([]);
    await tab.setInputFiles('[name=files]', [upload('明细.docx', docx()), upload('图纸.pdf', pdf())]);
    expect(await said.isHidden()).toBe(true);
    await Promise.all([tab.waitForURL(/\/receipts\//), tab.getByRole('button', { name: '提交意见' }).click()]);
    const verdict = tab.locator('.file-check__verdict');
    const before = posts.length;
    await tab.setInputFiles('[name=ownFile]', upload('随便什么名字.bin', pdf()));
    await verdict.filter({ hasText: '第 2 个附件“图纸.pdf”' }).waitFor();
    await tab.setInputFiles('[name=ownFile]', upload('明细.docx', Buffer.concat([docx(), Buffer.from(' ')])));
    await verdict.filter({ hasText: '不是这里的任何一个附件' }).waitFor();
    expect(posts.length).toBe(before);
    expect(await faultsOf(tab)).toEqual([]);
    const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    for (const url of [tab.url(), base + BASE]) {
      await phone.goto(url);
      expect(await faultsOnPhone(phone, true)).toEqual([]);
    }
  });
});

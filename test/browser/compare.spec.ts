import { writeFileSync } from 'node:fs';
import { readSource } from '@core/documents';
import { Sessions } from '@platform/identity';
import type { Browser } from 'playwright-core';
import { answerAll, openForComment, postOpinions, publishAnswers, reviseAsPromised } from '../e2e/chapters/consultation';
import { planAndDraft } from '../e2e/chapters/drafting';
import { approve, publishWithInterpretation, reviewAndDeliberate, writeInterpretation } from '../e2e/chapters/publication';
import { Story } from '../e2e/support/story';
import { overHttp, Town } from '../e2e/support/town';
import { describeWithChromium } from '../support/capabilities';
import { PASSWORD } from '../support/people';
import { launchChromium } from './support/chromium';
import { picture } from './support/editor-desk';
import { faultsOf, faultsOnPhone } from './support/inspect';

jest.setTimeout(180_000);

describeWithChromium('the comparisons in a browser', () => {
  let story: Story;
  let browser: Browser;
  beforeAll(async () => {
    story = new Story(await Town.open('2026-03-02T09:00:00+08:00', overHttp));
    for (const tell of [planAndDraft, openForComment, postOpinions, answerAll, publishAnswers, reviseAsPromised, reviewAndDeliberate, approve, writeInterpretation, publishWithInterpretation]) await tell(story);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await story?.town.close();
  });

  it('break no rule of WCAG 2.2 A and AA, on a desk and on a phone, for the staff and for everybody', async () => {
    const { test, city } = story.town;
    const base = await test.listen();
    const { accessToken } = await test.app.get(Sessions).signIn(city.id, city.departments[0].people.drafter.login, PASSWORD);
    const faults: string[] = [];
    for (const [who, path] of [['staff', story.policy], ['public', story.publicPolicy]] as const) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block', locale: 'zh-CN' });
      if (who === 'staff') await context.addCookies([{ name: 'pl_access', value: accessToken, url: base }]);
      const tab = await context.newPage();
      for (const name of ['compare', 'compare?show=changes', 'three-columns', 'three-columns?show=all', 'compare?lang=en']) {
        await tab.goto(`${base}${path}/${name}`);
        await picture(tab, `${name.replace(/\W/g, '-')}-${who}`);
        faults.push(...[...(await faultsOf(tab)), ...(await faultsOnPhone(tab, true))].map((fault) => `${who} ${name}: ${fault}`));
        await tab.setViewportSize({ width: 390, height: 844 });
        await picture(tab, `${name.replace(/\W/g, '-')}-${who}-phone`);
        await tab.setViewportSize({ width: 1440, height: 900 });
      }
      // The same to save, with the words that changed.
      for (const name of ['compare.pdf', 'compare.docx', 'three-columns.pdf', 'three-columns.docx']) {
        const answer = await context.request.get(`${base}${path}/${name}`);
        const data = await answer.body();
        expect([name, answer.status(), data.subarray(0, 2).toString('latin1')]).toEqual([name, 200, name.endsWith('.pdf') ? '%P' : 'PK']);
        if (name.endsWith('.docx')) expect((await readSource(name, data)).source).toMatch(/第四条[^]*百分之十五给予补助/);
        if (process.env.SCREENSHOTS) writeFileSync(`${process.env.SCREENSHOTS}/${who}-${name}`, data);
      }
      await context.close();
    }
    expect(faults).toEqual([]);
  });

  it('leads from one change to the next by the keyboard', async () => {
    const { test } = story.town;
    const tab = await browser.newPage();
    await tab.goto(`${await test.listen()}${story.publicPolicy}/compare`);
    await tab.getByRole('link', { name: '跳到第一处改动' }).press('Enter');
    expect(new URL(tab.url()).hash).toBe('#change-1');
    await tab.locator('#change-1 [data-jump="next"]').press('Enter');
    expect(new URL(tab.url()).hash).toBe('#change-2');
    await tab.close();
  });
});

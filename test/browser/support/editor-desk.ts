import { CreatePolicy, DecidePlanItem, ProposePlanItem, StartDrafting } from '@domains/drafting';
import { Sessions } from '@platform/identity';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, PASSWORD, type TestCity } from '../../support/people';
import { launchChromium } from './chromium';

/** The web listening, a city, and Chromium; people sit down at it in contexts of their own. */
export class EditorDesk {
  private constructor(readonly test: TestApp, readonly city: TestCity, readonly browser: Browser, readonly base: string) {}

  static async open(): Promise<EditorDesk> {
    const test = await startTestApp();
    const city = await makeCity(test);
    const browser = await launchChromium();
    return new EditorDesk(test, city, browser, await test.listen());
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.test.close();
  }

  /** A policy with an open, empty draft. */
  async policy(title: string): Promise<string> {
    const { drafter, department_head: head } = this.city.departments[0].people;
    const get = this.test.app.get.bind(this.test.app);
    const item = await get(ProposePlanItem).run(drafter, { year: 2026, kind: 'make', title, reason: '需要' });
    await get(DecidePlanItem).run(head, item.id, { decision: 'approve' });
    const { id } = await get(CreatePolicy).run(drafter, item.id, { kind: 'policy_document', title, summary: '', affectsMarket: false, responsibleId: head.accountId, topics: [], audience: [] });
    await get(StartDrafting).run(drafter, id);
    return id;
  }

  /** The drafter at a browser of his own. */
  async drafter(size = { width: 1440, height: 900 }): Promise<{ context: BrowserContext; tab: Page; errors: string[] }> {
    const { login } = this.city.departments[0].people.drafter;
    const { accessToken } = await this.test.app.get(Sessions).signIn(this.city.id, login, PASSWORD);
    const context = await this.browser.newContext({ viewport: size, serviceWorkers: 'block', locale: 'zh-CN' });
    await context.addCookies([{ name: 'pl_access', value: accessToken, url: this.base }]);
    const tab = await context.newPage();
    tab.setDefaultTimeout(15_000);
    const errors: string[] = [];
    tab.on('pageerror', (error) => errors.push(error.message));
    return { context, tab, errors };
  }
}

/** A picture of the page for people, where `SCREENSHOTS` names a folder. */
export async function picture(tab: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await tab.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

import type { Browser as Chromium, BrowserContext, Page, Response } from 'playwright-core';
import { formFor, linkFor, type Seat, type Visit } from '../../e2e/support/browser';
import { type ByLabel, chosenOf, type Control, type Filling, type HtmlForm, textOf, type Upload } from '../../e2e/support/html-form';

/** Looks at a page that has just been loaded; called once for each kind of page. */
export type Inspect = (page: Page, visit: Visit, who: string) => Promise<void>;

const WIDE = { width: 1440, height: 900 };

/** A person at a real Chromium, who clicks, types and chooses. */
export class ChromiumSeat implements Seat {
  private opened: Promise<{ context: BrowserContext; tab: Page }> | null = null;
  private shown: Visit | null = null;
  /** axe writes styles of its own, which the policy of our pages blocks. */
  private inspecting = false;

  constructor(
    private readonly chromium: Chromium,
    private readonly base: string,
    readonly who: string,
    private readonly inspect: Inspect,
    private readonly inspected: Set<string>,
    private readonly complain: (text: string) => void,
  ) {}

  get page(): Visit {
    if (!this.shown) throw new Error(`${this.who} has no page open`);
    return this.shown;
  }

  async open(path: string): Promise<Visit> {
    const { tab } = await this.tab();
    return this.read(await tab.goto(this.base + path, { waitUntil: 'load' }));
  }

  async click(words: string): Promise<Visit> {
    const href = linkFor(this, words);
    const { tab } = await this.tab();
    const raw = href.replace(/[\\"]/g, '\\$&');
    const link = tab.locator(`a[href="${raw}"], a[href="${raw.replace(/^[^?]*/, '')}"]`).filter({ visible: true }).first();
    if ((await link.count()) === 0) throw new Error(`${this.who}: ${this.page.path} hides its link “${words}”`);
    return this.leave(() => link.click());
  }

  async submit(action: string | RegExp, filling: Filling = {}): Promise<Visit> {
    const { tab } = await this.tab();
    const { form, nth } = formFor(this, action, filling);
    // A form that is folded away is unfolded by its summary.
    for (const folded of await tab.locator(`details:not([open]):has(form[method="post"][action="${form.action}"]) > summary`).all()) await folded.click();
    const place = `form[method="post"][action="${form.action}"] >> nth=${nth}`;
    let button = 'button[type="submit"]';
    for (const control of form.controls) {
      const given = filling[control.name];
      if (given === undefined || control.kind === 'hidden') continue;
      if (control.kind === 'button') {
        if (control.value === given) button = `button[name="${control.name}"][value="${control.value}"]`;
      } else await this.fillIn(tab, place, form, control, given);
    }
    return this.leave(() => tab.locator(place).locator(button).first().click());
  }

  async force(path: string, fields: Record<string, string>): Promise<Visit> {
    const { context, tab } = await this.tab();
    const token = await tab.locator('input[name="_csrf"]').first().getAttribute('value');
    const answer = await context.request.post(this.base + path, { form: { ...fields, _csrf: token ?? '' }, maxRedirects: 0 });
    const html = await answer.text();
    this.shown = { path, status: answer.status(), html, text: textOf(html) };
    return this.shown;
  }

  async close(): Promise<void> {
    await (await this.opened)?.context.close();
  }

  private async fillIn(tab: Page, place: string, form: HtmlForm, control: Control, given: Filling[string]): Promise<void> {
    const fields = tab.locator(place).locator(`[name="${control.name}"]:not([type="hidden"])`);
    if (control.kind === 'file') {
      const { filename, data } = given as Upload;
      await fields.setInputFiles({ name: filename, mimeType: 'application/octet-stream', buffer: data });
    } else if (control.kind === 'select') await fields.selectOption(chosenOf(form, control, given));
    else if (control.choices.length > 0) {
      for (const value of chosenOf(form, control, given)) await tab.locator(place).locator(`[name="${control.name}"][value="${value}"]`).check();
    } else {
      const texts = (Array.isArray(given) ? given : [given]) as (string | ByLabel)[];
      const at = form.controls.filter((other) => other.name === control.name && other.kind === 'text').indexOf(control);
      const text = texts[at];
      if (typeof text === 'string') await fields.nth(at).fill(text);
    }
  }

  /** Does what leads to another page, and reads that one. */
  private async leave(act: () => Promise<void>): Promise<Visit> {
    const { tab } = await this.tab();
    const [answer] = await Promise.all([tab.waitForNavigation({ waitUntil: 'load' }), act()]);
    return this.read(answer);
  }

  private async read(answer: Response | null): Promise<Visit> {
    const { tab } = await this.tab();
    const html = await tab.content();
    const path = tab.url().replace(this.base, '');
    const isPage = answer?.headers()['content-type']?.includes('html') ?? true;
    this.shown = { path, status: answer?.status() ?? 200, html, text: textOf(html) };
    const kind = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replace(/receipts\/[^?]+/, 'receipts/:code').replace(/\?.*/, '') + ` ${this.shown.status}`;
    if (isPage && !this.inspected.has(kind)) {
      this.inspected.add(kind);
      this.inspecting = true;
      await this.inspect(tab, this.shown, this.who);
      this.inspecting = false;
    }
    return this.shown;
  }

  private tab(): Promise<{ context: BrowserContext; tab: Page }> {
    this.opened ??= (async () => {
      const context = await this.chromium.newContext({ viewport: WIDE, serviceWorkers: 'block', locale: 'zh-CN', reducedMotion: 'reduce' });
      const tab = await context.newPage();
      tab.setDefaultTimeout(10_000);
      tab.on('console', (message) => {
        const { url } = message.location();
        // A refusal that a chapter asks for is no fault of the page; a picture shown by itself has no icon.
        if (message.type() === 'error' && !this.inspecting && url !== tab.url() && !url.endsWith('/favicon.ico')) this.complain(`${tab.url()}: ${message.text()} ${url}`);
      });
      tab.on('pageerror', (error) => this.complain(`${tab.url()}: ${error.message}`));
      return { context, tab };
    })();
    return this.opened;
  }
}

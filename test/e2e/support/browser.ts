import supertest from 'supertest';
import type { TestApp } from '../../support/app';
import { solvedFields } from '../../support/challenge';
import { fill, type Filling, fits, formsOf, type HtmlForm, textOf } from './html-form';

export interface Visit {
  /** Path and query of the page that is shown. */
  path: string;
  status: number;
  html: string;
  /** The words of the page. */
  text: string;
}

/** A person in front of a browser: what the chapters use, over plain HTTP or in a real one. */
export interface Seat {
  readonly who: string;
  /** The page that is open. */
  readonly page: Visit;
  open(path: string): Promise<Visit>;
  /** Goes on by a link of the open page whose words contain these. */
  click(words: string): Promise<Visit>;
  /** Fills a form of the open page and sends it. `action` is the end of the form's address, or a pattern of it. */
  submit(action: string | RegExp, filling?: Filling): Promise<Visit>;
  /** Sends what no form of ours offers, with a good token: what somebody tries who types addresses. */
  force(path: string, fields: Record<string, string>): Promise<Visit>;
}

export interface Seen {
  who: string;
  method: string;
  path: string;
}

/** Called around every request, so that a test can count what it does. */
export type Watch = (seen: Seen, request: () => Promise<void>) => Promise<void>;

const unwatched: Watch = (_seen, request) => request();

/** One person at a browser without JavaScript: a cookie jar, pages, links and forms. */
export class Browser implements Seat {
  private readonly agent: ReturnType<typeof supertest.agent>;
  private shown: Visit | null = null;

  constructor(test: TestApp, readonly who: string, private readonly watch: Watch = unwatched) {
    this.agent = supertest.agent(test.app.getHttpServer());
  }

  get page(): Visit {
    if (!this.shown) throw new Error(`${this.who} has no page open`);
    return this.shown;
  }

  async open(path: string): Promise<Visit> {
    return this.follow('GET', path, () => this.agent.get(path));
  }

  async click(words: string): Promise<Visit> {
    return this.open(linkFor(this, words));
  }

  async submit(action: string | RegExp, filling: Filling = {}): Promise<Visit> {
    const { form } = formFor(this, action, filling);
    const { fields, uploads } = fill(form, filling);
    // What the browser's worker would have done meanwhile.
    const { _solution } = solvedFields(this.page.html);
    for (const field of fields) if (field[0] === '_solution' && _solution) field[1] = _solution;
    return this.follow('POST', form.action, () => {
      const request = this.agent.post(form.action);
      if (!form.multipart) return request.type('form').send(new URLSearchParams(fields).toString());
      for (const [name, value] of fields) request.field(name, value);
      for (const [name, upload] of uploads) if (upload.filename) request.attach(name, upload.data, upload.filename);
      return request;
    });
  }

  async force(path: string, fields: Record<string, string>): Promise<Visit> {
    const sent = { ...fields, _csrf: this.token() };
    return this.follow('POST', path, () => this.agent.post(path).type('form').send(sent));
  }

  /** The same person at the API, with the session of the browser. Answers status and the body as text. */
  async api(method: 'post' | 'put', path: string, body: object): Promise<{ status: number; body: string }> {
    const answer = await this.agent[method](`/api/v1${path}`).set('x-csrf-token', this.token()).send(body);
    return { status: answer.status, body: answer.text };
  }

  private token(): string {
    return formsOf(this.page.html).flatMap((form) => form.controls).find((control) => control.name === '_csrf')?.value ?? '';
  }

  private async follow(method: string, path: string, send: () => supertest.Test): Promise<Visit> {
    let answer: supertest.Response | undefined;
    await this.watch({ who: this.who, method, path }, async () => {
      answer = await send().redirects(0);
    });
    const response = answer!;
    const to = response.headers['location'] as string | undefined;
    if (response.status === 303 && to) return this.open(to);
    const html = response.text ?? '';
    this.shown = { path, status: response.status, html, text: textOf(html) };
    return this.shown;
  }
}

/** Where the link with these words leads. @throws Error where the open page has none. */
export function linkFor({ who, page }: Seat, words: string): string {
  const link = [...page.html.matchAll(/<a\b[^>]*\bhref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)].find(([, , inner = '']) => textOf(inner).includes(words));
  if (!link) throw new Error(`${who}: ${page.path} has no link “${words}”`);
  return new URL(textOf(link[1] ?? ''), `http://x${page.path}`).href.replace('http://x', '');
}

/** The form that a person means, and which one it is of those with its address. @throws Error with what the page says, where there is none. */
export function formFor({ who, page }: Seat, action: string | RegExp, filling: Filling): { form: HtmlForm; nth: number } {
  const forms = formsOf(page.html).filter((form) => form.method === 'post');
  const candidates = forms.filter((form) => (typeof action === 'string' ? form.action.endsWith(action) : action.test(form.action)));
  const form = candidates.find((candidate) => fits(candidate, filling));
  if (form) return { form, nth: forms.filter((other) => other.action === form.action).indexOf(form) };
  const what = candidates.length === 0 ? 'no such form' : `forms without all of ${Object.keys(filling).join(', ')}`;
  throw new Error(`${who}: ${page.path} (${page.status}) has ${what} for ${String(action)}; the page says: ${page.text.slice(0, 1500)}`);
}

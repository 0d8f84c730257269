import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Role } from '@platform/kernel';
import { EventProcessor, LocalDispatcher, OutboxRelay } from '@platform/messaging';
import { startTestApp, type TestApp } from '../../support/app';
import { makeCity, type TestCity } from '../../support/people';
import { recordStatements } from '../../support/statements';
import { Visitor } from '../../support/visitor';

const NAMESPACES = readdirSync(path.resolve(__dirname, '../../../apps/web/locales/zh')).map((file) => file.replace('.json', ''));
/** A key of the catalogue that found no words. */
const BARE_KEY = new RegExp(`(?<![\\w-])(${NAMESPACES.join('|')}):[a-z]\\w*(\\.\\w+)*`);

/** The page in Chinese, with the entities of addresses undone; it was asked for in English before. In neither language is it refused, lacks a word or costs more statements than `most`. */
export async function page(visitor: Visitor, address: string, most = Infinity): Promise<string> {
  const shown = async (lang: string): Promise<string> => {
    const log = recordStatements();
    const answer = await visitor.get(`${address}${address.includes('?') ? '&' : '?'}lang=${lang}`).finally(() => log.stop());
    expect([address, answer.statusCode]).toEqual([address, 200]);
    const cost = log.count - log.ofSessions;
    expect([address, cost <= most ? 'few' : cost]).toEqual([address, 'few']);
    expect(answer.body.replace(/<(script|style)[\s\S]*?<\/\1>/g, '')).not.toMatch(BARE_KEY);
    return answer.body.replace(/&#x3D;/g, '=').replace(/&amp;/g, '&');
  };
  await shown('en');
  return shown('zh');
}

/** Where a posted form led; a refusal fails with what the page said of it. */
export async function done(work: ReturnType<Visitor['post']>): Promise<string> {
  const answer = await work;
  const why = answer.statusCode === 303 ? '' : answer.body.replace(/[\s\S]*error-summary/, '').slice(0, 900);
  expect([answer.statusCode, why]).toEqual([303, '']);
  return String(answer.headers.location);
}

/** The value of the first field with that name. */
export const field = (html: string, name: string): string => new RegExp(`name="${name}"[^>]*? value="([^"]*)"`).exec(html)?.[1] ?? '';

/** A city on its pages: who is signed in stays so, and what the worker's relay would carry is carried when a test says so. */
export class PagesOfCity {
  private readonly visitors = new Map<string, Promise<Visitor>>();

  private constructor(readonly server: TestApp, readonly city: TestCity, private readonly relay: OutboxRelay) {}

  static async open(options: Parameters<typeof startTestApp>[0] = {}): Promise<PagesOfCity> {
    const server = await startTestApp(options);
    const city = await makeCity(server);
    const relay = new OutboxRelay(server.unitOfWork, new LocalDispatcher(server.app.get(EventProcessor)), {
      cities: async () => [city.id], clock: server.clock, batch: 100, onError: (error) => { throw error; },
    });
    return new PagesOfCity(server, city, relay);
  }

  /** Signed in, and on a page with a form, whose token the next post carries. */
  login(name: string): Promise<Visitor> {
    const known = this.visitors.get(name) ?? this.arrive(name);
    this.visitors.set(name, known);
    return known;
  }

  private async arrive(name: string): Promise<Visitor> {
    const visitor = await new Visitor(this.server.app).signIn(this.city.id, name);
    await visitor.get(`/${this.city.id}`);
    return visitor;
  }

  as(role: Role, department: 0 | 1 = 0): Promise<Visitor> {
    return this.login(this.city.departments[department].people[role as 'drafter'].login);
  }

  async react(): Promise<void> {
    while ((await this.relay.sweep()) > 0);
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

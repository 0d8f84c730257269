import { newId } from '@platform/kernel';
import type { Role } from '@platform/kernel';
import type { Guarded } from '../register/entry';
import type { Route } from '../enumerate-routes';
import { formFields, proofHeaders, proofFields } from '../../support/challenge';
import type { Side, World } from './world';

export interface Answer {
  status: number;
  body: string;
  location: string;
}

export interface Asked {
  url: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What stands in for a slot: an id by the specimen's name. */
export type Fill = (specimen: string, slot: number) => string;

export const ofSide = (side: Side): Fill => (name) => {
  const id = side.ids[name];
  if (!id) throw new Error(`${side.key} has no ${name}`);
  return id;
};
const missing = new Map<string, string>();
/** An id that no row has; the same one each time, so that two answers can be compared. */
export const ofNobody: Fill = (name) => {
  const id = missing.get(name) ?? (name.startsWith('receipt') ? 'AAAA-BBBB-CCCC-DDDD' : name === 'shown.leaf' ? '0'.repeat(64) : name.endsWith('.token') ? '0'.repeat(10) : name.startsWith('clause') ? `clause-nowhere` : newId());
  missing.set(name, id);
  return id;
};

const PLACE = /\{([\w.]+)\}/g;

/** The names of all slots of a request, those of the path first. */
export function slotsOf({ path, body, query }: Pick<Guarded, 'path' | 'body' | 'query'>): string[] {
  const inText = (text: string): string[] => [...text.matchAll(PLACE)].map((match) => match[1] ?? '');
  return [...path, ...inText(query ?? ''), ...inText(JSON.stringify(body ?? {}))];
}

/** The request with every slot filled; the slot's number tells the path's slots from the others. */
export function ask(route: Route, entry: Pick<Guarded, 'path' | 'body' | 'query'> & { headers?: Record<string, string> }, cityId: string, fill: Fill): Asked {
  let slot = 0;
  const next = (name: string): string => {
    const at = slot++;
    return name.startsWith('=') ? name.slice(1) : fill(name, at);
  };
  const names = [...entry.path];
  const path = route.path.replace(/:(\w+)/g, (_match, name: string) => (name === 'city' ? cityId : encodeURIComponent(next(names.shift() ?? ''))));
  const query = entry.query?.replace(PLACE, (_match, name: string) => next(name));
  const body = entry.body && (JSON.parse(JSON.stringify(entry.body).replace(PLACE, (_match, name: string) => next(name))) as unknown);
  return { url: query ? `${path}?${query}` : path, ...(body ? { body } : {}), ...(entry.headers ? { headers: entry.headers } : {}) };
}

/** Sends it as somebody (a bearer token, which pages take too) or as nobody, who brings a CSRF token as a browser would. */
export async function send(world: World, route: Route, { url, body, headers = {} }: Asked, as: { cityId: string; login: string } | null): Promise<Answer> {
  const isApi = route.path.startsWith('/api/');
  const who = as ? { authorization: await world.bearer(as.cityId, as.login) } : {};
  const door = !as && !isApi && route.method !== 'GET' ? await visitor(world) : null;
  const proof = await proofOf(world, route, url, body, headers);
  const form = door || !isApi;
  const payload = route.method === 'GET' ? undefined : form ? formOf({ ...(body as object | undefined), ...proof.fields, ...(door ? { _csrf: door.token } : {}) }) : body ?? {};
  const answer = await world.test.app.inject({
    method: route.method, url, ...(payload === undefined ? {} : { payload: payload as string | object }),
    headers: { ...who, ...(door ? { cookie: door.cookie } : {}), ...(payload !== undefined && form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}), ...headers, ...proof.headers },
  });
  return { status: answer.statusCode, body: plain(answer.body), location: plain(String(answer.headers['location'] ?? '')) };
}

/** What IntakeGuard asks of who posts and is not signed in; a form that has no API takes it, and its key, from its page. */
async function proofOf(world: World, route: Route, url: string, body: unknown, headers: Record<string, string>): Promise<{ fields: object; headers: Record<string, string> }> {
  const [, page = ''] = /^(\/\d{6}\/(?:q\/[^/]+|consultations\/[^/]+\/hearings\/[^/]+))(?:\/sign-ups)?$/.exec(url) ?? [];
  if (route.method === 'POST' && page) return { fields: formFields((await world.test.app.inject({ url: page })).body), headers: {} };
  const [, cityId = '', id = ''] = /\/(\d{6})\/consultations\/([^/]+)\/opinions$/.exec(url) ?? [];
  if (route.method !== 'POST' || !id) return { fields: {}, headers: {} };
  const key = headers['idempotency-key'];
  if (key) return { fields: {}, headers: await proofHeaders(world.test, cityId, id, key) };
  return { fields: await proofFields(world.test, cityId, id, String((body as { _key?: string })._key)), headers: {} };
}

function formOf(body: object): string {
  const pairs = Object.entries(body).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]));
  return new URLSearchParams(pairs).toString();
}

let open: Promise<{ token: string; cookie: string }> | null = null;
function visitor(world: World): Promise<{ token: string; cookie: string }> {
  open ??= world.test.app.inject({ method: 'GET', url: '/login' }).then((page) => ({
    token: /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '', cookie: page.cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
  }));
  return open;
}

/** Without what differs from one request to the next: ids and hashes (the asked one's too), tokens, receipt codes, links of questionnaires. */
function plain(text: string): string {
  return text
    .replace(/name="_csrf" value="[^"]*"/g, 'CSRF')
    .replace(/[0-9a-f]{64}/g, 'HASH')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replace(/clause-[\w-]+/g, 'CLAUSE')
    .replace(/(\/|%2F)q\1[0-9a-z]{10}/g, 'LINK')
    .replace(/(\/|%2F)9999\d\d\1survey\1[\w-]+/g, 'LINK')
    .replace(/[A-Z0-9]{4}(-[A-Z0-9]{4}){3,}/g, 'CODE')
    .replace(/9999\d\d/g, 'CITY');
}

/** The person of a side in a role. */
export const personOf = (side: Side, role: Role | 'enterprise.other' | 'expert.other'): { cityId: string; login: string } => ({ cityId: side.cityId, login: side.logins[role] ?? '' });

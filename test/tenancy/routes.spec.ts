import { enumerateRoutes, type Route } from './enumerate-routes';
import { REGISTER } from './register';
import type { Entry, Guarded, Open, Shown } from './register/entry';
import { fingerprint } from './support/fingerprint';
import { type Answer, ask, ofNobody, ofSide, personOf, send, slotsOf } from './support/requests';
import { secretOf } from './support/specimens';
import { openWorld, type Side, type SideName, type World } from './support/world';

// Hundreds of routes, each asked several times.
jest.setTimeout(180_000);

let world: World;
let routes: Route[];
let before: Record<string, string>;

beforeAll(async () => {
  world = await openWorld();
  routes = enumerateRoutes(world.test.app);
  // Signing in is written down; everybody does it first.
  for (const side of Object.values(world.sides)) for (const login of Object.values(side.logins)) await world.bearer(side.cityId, login);
  before = await fingerprint(world.owner);
}, 300_000);
afterAll(() => world.close());

const of = <E extends Entry>(is: (entry: Entry) => entry is E): { route: Route; entry: E }[] =>
  routes.flatMap((route) => {
    const entry = REGISTER[route.name];
    return entry && is(entry) ? [{ route, entry }] : [];
  });
const isGuarded = (entry: Entry): entry is Guarded => 'path' in entry;
const isShown = (entry: Entry): entry is Shown => 'shown' in entry;
const isOpen = (entry: Entry): entry is Open => 'open' in entry;

/** Names the secrets in an answer that belong to another side than the reader's. */
const leaks = ({ body }: Answer, reader: Side | null): string[] =>
  Object.values(world.sides).filter((side) => side !== reader && body.includes(secretOf(side.key))).map(({ key }) => key);
const brief = ({ status, location, body }: Answer): string => `${status} ${location} ${/problem:([\w:.]+)/.exec(body)?.[1] ?? ''}`.trim();
const same = (a: Answer, b: Answer): boolean => a.status === b.status && a.location === b.location && a.body === b.body;

describe('the register of routes', () => {
  test('names every route that Nest knows, and no other', () => {
    expect(routes.map(({ name }) => name).filter((name) => !REGISTER[name])).toEqual([]);
    const known = new Set(routes.map(({ name }) => name));
    expect(Object.keys(REGISTER).filter((name) => !known.has(name))).toEqual([]);
  });

  test('says for every id in a path what it is, and leaves none out', () => {
    for (const { route, entry } of of(isGuarded)) {
      expect([route.name, entry.path.length]).toEqual([route.name, [...route.path.matchAll(/:(\w+)/g)].filter(([, name]) => name !== 'city').length]);
      expect([route.name, entry.ok < 400 || Boolean(entry.why)]).toEqual([route.name, true]);
    }
    for (const { route, entry } of of(isOpen)) expect([route.name, /:(?!city)/.test(route.path), entry.open.length > 0]).toEqual([route.name, false, true]);
    for (const { route } of of(isShown)) expect([route.name, route.isPublic]).toEqual([route.name, true]);
  });
});

describe('another tenant', () => {
  test('finds nothing behind the ids of a department, and is told the same as for an id that does not exist', async () => {
    const faults: string[] = [];
    const { own } = world.sides;
    for (const { route, entry } of of(isGuarded)) {
      if (entry.path.filter((name) => !name.startsWith('=')).length === 0) continue;
      const attackers: [SideName | 'rival', Side, ReturnType<typeof personOf>][] = (['neighbour', 'stranger'] as const).map((name) => [name, world.sides[name], personOf(world.sides[name], entry.as)]);
      if (entry.rival) attackers.push(['rival', own, personOf(own, entry.rival)]);
      for (const [name, side, person] of attackers) {
        if (entry.except && name !== 'stranger') continue;
        for (const cityId of new Set([own.cityId, ...(route.path.includes(':city') ? [side.cityId] : [])])) {
          const inPath = (slot: number): boolean => slot < entry.path.length;
          const victim = await send(world, route, ask(route, entry, cityId, (kind, slot) => (inPath(slot) ? ofSide(own) : ofSide(side))(kind, slot)), person);
          const nobody = await send(world, route, ask(route, entry, cityId, (kind, slot) => (inPath(slot) ? ofNobody : ofSide(side))(kind, slot)), person);
          if (victim.status !== 404 || !same(victim, nobody)) faults.push(`${route.name} by the ${name}: ${brief(victim)}; for no id: ${brief(nobody)}`);
          const leaked = leaks(victim, name === 'rival' ? null : side);
          if (leaked.length > 0) faults.push(`${route.name} shows the ${name} a secret of ${leaked.join()}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });

  test('cannot be reached through one foreign id among one\'s own', async () => {
    const faults: string[] = [];
    const { own, neighbour, stranger } = world.sides;
    for (const { route, entry } of of(isGuarded)) {
      const slots = slotsOf(entry);
      for (const [slot, kind] of slots.entries()) {
        if (kind.startsWith('=')) continue;
        for (const foreign of ['department', 'expert'].includes(kind) ? [stranger] : [neighbour, stranger]) {
          if (entry.except && foreign === neighbour && slot < entry.path.length) continue;
          const person = personOf(own, entry.as);
          const theirs = await send(world, route, ask(route, entry, own.cityId, (name, at) => (at === slot ? ofSide(foreign) : ofSide(own))(name, at)), person);
          const nobodys = await send(world, route, ask(route, entry, own.cityId, (name, at) => (at === slot ? ofNobody : ofSide(own))(name, at)), person);
          const refused = slot < entry.path.length ? theirs.status === 404 : theirs.status >= 400 && theirs.status < 500;
          if (!refused || !same(theirs, nobodys)) faults.push(`${route.name} with ${kind} (${slot}) of ${foreign.key}: ${brief(theirs)}; for no id: ${brief(nobodys)}`);
          if (leaks(theirs, own).length > 0) faults.push(`${route.name} shows a secret of ${foreign.key}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });

  test('has no page or list that shows what another department keeps to itself', async () => {
    const faults: string[] = [];
    for (const { route, entry } of of(isOpen)) {
      if (route.method !== 'GET') continue;
      for (const side of Object.values(world.sides)) {
        const answer = await send(world, route, ask(route, { path: [] }, side.cityId, ofNobody), entry.as ? personOf(side, entry.as) : null);
        if (answer.status >= 400) faults.push(`${route.name}: ${brief(answer)}`);
        if (leaks(answer, entry.as ? side : null).length > 0) faults.push(`${route.name} shows ${side.key} a secret of ${leaks(answer, side).join()}`);
      }
    }
    expect(faults).toEqual([]);
  });
});

describe('nobody signed in', () => {
  test('is sent to the sign-in page, or told to sign in', async () => {
    const faults: string[] = [];
    const { own } = world.sides;
    for (const { route, entry } of routes.filter(({ isPublic }) => !isPublic).map((one) => ({ route: one, entry: REGISTER[one.name] }))) {
      const asked = entry && isGuarded(entry) ? ask(route, entry, own.cityId, ofSide(own)) : ask(route, { path: [] }, own.cityId, ofNobody);
      const answer = await send(world, route, asked, null);
      const refused = route.path.startsWith('/api/') ? answer.status === 401 : answer.status === 303 && answer.location.startsWith('/login');
      if (!refused) faults.push(`${route.name}: ${brief(answer)}`);
    }
    expect(faults).toEqual([]);
  });

  test('finds what is published, in its own city only, and nothing that is not', async () => {
    const faults: string[] = [];
    const { own, neighbour, stranger } = world.sides;
    for (const { route, entry } of of(isShown)) {
      const want = { ...entry, path: entry.shown };
      for (const as of [null, personOf(neighbour, 'drafter')]) {
        const nobodys = (cityId: string): Promise<Answer> => send(world, route, ask(route, want, cityId, ofNobody), as);
        const elsewhere = await send(world, route, ask(route, want, stranger.cityId, ofSide(own)), as);
        const refused = elsewhere.status === (entry.none ?? 404);
        if (!refused || !same(elsewhere, await nobodys(stranger.cityId))) faults.push(`${route.name} in another city: ${brief(elsewhere)}; for no id: ${brief(await nobodys(stranger.cityId))}`);
        for (const hidden of entry.hidden) {
          const kept = await send(world, route, ask(route, { ...entry, path: [hidden] }, own.cityId, ofSide(own)), as);
          if (kept.status !== (entry.none ?? 404) || !same(kept, await nobodys(own.cityId))) faults.push(`${route.name} with ${hidden}: ${brief(kept)}; for no id: ${brief(await nobodys(own.cityId))}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });
});

describe('afterwards', () => {
  test('no row of any table has been written or changed by all this', async () => {
    expect(await fingerprint(world.owner)).toEqual(before);
  });

  test('the rightful person is answered on each of these routes, so that the refusals were for the tenant', async () => {
    const faults: string[] = [];
    const { own } = world.sides;
    for (const name of Object.keys(REGISTER)) {
      const [route, entry] = [routes.find((one) => one.name === name), REGISTER[name]];
      if (!route || !entry || isOpen(entry)) continue;
      const want = isShown(entry) ? { ...entry, path: entry.shown } : entry;
      const answer = await send(world, route, ask(route, want, own.cityId, ofSide(own)), isGuarded(entry) ? personOf(own, entry.as) : null);
      if (answer.status !== entry.ok) faults.push(`${name}: ${brief(answer)} instead of ${entry.ok}`);
    }
    expect(faults).toEqual([]);
  });
});

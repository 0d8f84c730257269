import { anonymousActor, type Role, ROLES } from '@platform/kernel';
import { PostOpinion, SignUp, WithdrawOpinion } from '@domains/consultation';
import { Sessions } from '@platform/identity';
import { PublicReader } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Client } from 'pg';
import { playDemonstration } from '../../../apps/cli/src/seed/seed';
import { startTestApp, type TestApp } from '../../support/app';
import { PASSWORD } from '../../support/people';
import { samplePng } from '../../support/sample-png';
import type { Home, Specimens } from './insert';
import { makeSpecimens } from './specimens';

/** Whose things they are, another department of the same city, and the same department of the other city. */
export type SideName = 'own' | 'neighbour' | 'stranger';
export const SIDES: Readonly<Record<SideName, { cityId: string; department: string }>> = {
  own: { cityId: '999901', department: 'industry' },
  neighbour: { cityId: '999901', department: 'labour' },
  stranger: { cityId: '999902', department: 'industry' },
};

export interface Side extends Home {
  ids: Specimens;
  /** Who acts in each role; an enterprise and an expert have their second one as `enterprise.other`. */
  logins: Readonly<Record<string, string>>;
}

export interface World {
  test: TestApp;
  /** As the owner of the tables, whom no row-level security binds. */
  owner: Client;
  sides: Record<SideName, Side>;
  /** A signed-in person's `authorization` header. */
  bearer(cityId: string, login: string): Promise<string>;
  close(): Promise<void>;
}

const STAFF = ROLES.filter((role) => !['enterprise', 'resident', 'expert'].includes(role));
/** Enterprises and experts of the city, by how far down the list each department finds its own. */
const FIRST: Readonly<Record<SideName, number>> = { own: 0, neighbour: 2, stranger: 0 };

/** The demonstration with both its cities, and in three departments one thing of every kind that it lacks. */
export async function openWorld(): Promise<World> {
  const test = await startTestApp();
  const owner = new Client({ connectionString: test.database.ownerUrl });
  try {
    return await furnish(test, owner);
  } catch (error) {
    await owner.end();
    await test.close();
    throw error;
  }
}

async function furnish(test: TestApp, owner: Client): Promise<World> {
  await playDemonstration(test.app, test.clock, { password: PASSWORD, say: () => undefined });
  await owner.connect();
  const sides = {} as Record<SideName, Side>;
  for (const name of Object.keys(SIDES) as SideName[]) sides[name] = await openSide(owner, name, test.clock.now(), await test.app.get(FileStore).put(samplePng(4, 4)));
  for (const side of Object.values(sides)) {
    const { code } = await test.app.get(PostOpinion).run(anonymousActor(side.cityId), side.ids['consultation'] ?? '', { text: '一条意见', stance: 'support', idempotencyKey: `the-receipt-of-${side.key}` });
    side.ids['receipt'] = code;
    const taken = await test.app.get(PostOpinion).run(anonymousActor(side.cityId), side.ids['consultation'] ?? '', { text: '写错了', stance: 'support', idempotencyKey: `the-withdrawn-of-${side.key}` });
    await test.app.get(WithdrawOpinion).byReceipt(side.cityId, taken.code);
    side.ids['receipt.withdrawn'] = taken.code;
    const signedUp = await test.app.get(SignUp).run(anonymousActor(side.cityId), side.ids['event'] ?? '', { kind: 'resident', name: '李四', contact: '电话', standpoint: 'oppose', reason: '理由', idempotencyKey: `the-sign-up-of-${side.key}` });
    side.ids['receipt.signUp'] = signedUp.code;
  }
  Object.assign(sides.own.ids, await shown(test));
  const tokens = new Map<string, Promise<string>>();
  return {
    test, owner, sides,
    bearer: (cityId, login) => {
      const known = tokens.get(`${cityId}/${login}`) ?? test.app.get(Sessions).signIn(cityId, login, PASSWORD).then(({ accessToken }) => `Bearer ${accessToken}`);
      tokens.set(`${cityId}/${login}`, known);
      return known;
    },
    close: async () => {
      await owner.end();
      await test.close();
    },
  };
}

async function openSide(owner: Client, name: SideName, at: Date, picture: Home['picture']): Promise<Side> {
  const { cityId, department } = SIDES[name];
  const rows = async <R extends object>(sql: string, ...more: unknown[]): Promise<R[]> => (await owner.query<R>(sql, [cityId, ...more])).rows;
  const staff = {} as Record<Role, string>;
  const logins: Record<string, string> = {};
  let tenantId = '';
  for (const row of await rows<{ id: string; tenantId: string; role: Role }>(
    `SELECT a.id, m.tenant_id AS "tenantId", m.role FROM account a JOIN membership m ON m.city_id = a.city_id AND m.account_id = a.id
     WHERE a.city_id = $1 AND a.login = ANY ($2)`, STAFF.map((role) => `${department}.${role}`))) {
    staff[row.role] = row.id;
    logins[row.role] = `${department}.${row.role}`;
    tenantId = row.tenantId;
  }
  const first = FIRST[name];
  const enterprises = (await rows<{ accountId: string; enterpriseId: string; login: string }>(
    `SELECT id AS "accountId", enterprise_id AS "enterpriseId", login FROM account WHERE city_id = $1 AND kind = 'enterprise' ORDER BY login`)).slice(first, first + 2);
  const experts = (await rows<{ accountId: string; expertId: string; login: string }>(
    `SELECT a.id AS "accountId", e.id AS "expertId", a.login FROM expert_profile e JOIN account a ON a.city_id = e.city_id AND a.id = e.account_id
     WHERE e.city_id = $1 ORDER BY a.login`)).slice(first, first + 2);
  for (const [kind, people] of [['enterprise', enterprises], ['expert', experts]] as const) {
    logins[kind] = people[0]?.login ?? '';
    logins[`${kind}.other`] = people[1]?.login ?? '';
  }
  const home: Home = { key: name, cityId, tenantId, staff, enterprises, experts, at, picture };
  return { ...home, logins, ids: await makeSpecimens(owner, home) };
}

/** What the demonstration has published in the first city, for the pages that everybody may read. */
async function shown({ app }: TestApp): Promise<Specimens> {
  const one = async (sql: string): Promise<string> => (await app.get(PublicReader).query<{ id: string }>(sql, [SIDES.own.cityId]))[0]?.id ?? '';
  // A consultation with its result, and opinions under its root.
  const counted = `FROM consultation c JOIN consultation_root r ON r.city_id = c.city_id AND r.consultation_id = c.id
    WHERE c.city_id = $1 AND c.state = 'result_published' AND r.size > 0 ORDER BY c.id LIMIT 1`;
  return {
    'shown.policy': await one(`SELECT policy_id AS id FROM interpretation_material WHERE city_id = $1 LIMIT 1`),
    'shown.picture': await one(`SELECT id FROM interpretation_material WHERE city_id = $1 AND kind = 'picture' LIMIT 1`),
    'shown.consultation': await one(`SELECT c.id ${counted}`),
    'shown.leaf': await one(`SELECT encode(substr(r.leaves, 1, 32), 'hex') AS id ${counted}`),
    'shown.campaign': await one(`SELECT id FROM evaluation_report WHERE city_id = $1 AND campaign_id IS NOT NULL LIMIT 1`),
    'shown.report': await one(`SELECT id FROM evaluation_report WHERE city_id = $1 LIMIT 1`),
    'shown.notice': await one(`SELECT id FROM abolition_case WHERE city_id = $1 AND decision = 'abolish' LIMIT 1`),
    'shown.book': await one(`SELECT id FROM book WHERE city_id = $1 AND published_at IS NOT NULL LIMIT 1`),
    'shown.cleanup': await one(`SELECT id FROM cleanup WHERE city_id = $1 AND state = 'decided' LIMIT 1`),
    'shown.call': await one(`SELECT call_id AS id FROM expert_draw WHERE city_id = $1 AND seed IS NOT NULL LIMIT 1`),
  };
}

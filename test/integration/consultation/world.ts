import { ConsultationModule, OpenConsultation } from '@domains/consultation';
import { LifeCycle, latestSubmittedVersion, policies, PolicyModule, type PolicyKind, ProvisionRow, VersionRow } from '@core/policy';
import { Accounts, IdentityModule } from '@platform/identity';
import { type Actor, type Clock, newId, type Role, sha256Hex, systemActor } from '@platform/kernel';
import { MessagingModule } from '@platform/messaging';
import { PersistenceModule, PublicReader, type TenantTx, UnitOfWork } from '@platform/persistence';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import { openTestDatabase, type TestDatabase } from '../../support/database';

export const CITY = '990100';
export const OTHER_CITY = '990200';

/** A clock that a test moves, or makes tremble, by replacing `read`. */
export class TestClock implements Clock {
  constructor(public read: () => Date) {}

  now(): Date {
    return this.read();
  }

  stop(at: string | Date): void {
    this.read = () => new Date(at);
  }
}

export interface World {
  app: INestApplicationContext;
  database: TestDatabase;
  clock: TestClock;
  work: UnitOfWork;
  reader: PublicReader;
  get<T>(type: Type<T>): T;
  /** People by login, such as `drafter`. */
  people: Record<'drafter' | 'second' | 'head' | 'outsider' | 'enterprise' | 'resident' | 'foreigner', Actor>;
  close(): Promise<void>;
}

const CLAUSES = ['本办法适用于本市企业。', '对购置先进设备的企业，按投资额的百分之十给予补助。', '本办法自印发之日起施行。'];

/** Two cities; in the first two departments with their people, an enterprise and a resident. The clock stands at noon on 1 September 2026. */
export async function openWorld(): Promise<World> {
  const database = await openTestDatabase();
  const clock = new TestClock(() => new Date('2026-09-01T12:00:00+08:00'));
  const app = await Test.createTestingModule({
    imports: [
      PersistenceModule.forRoot({ appUrl: database.appUrl, publicUrl: database.publicUrl, clock }),
      IdentityModule.forRoot({ jwtSecret: 'only for this test, not a secret' }), MessagingModule, PolicyModule, ConsultationModule,
    ],
  }).compile();
  await app.init();
  app.enableShutdownHooks();
  await makeCities(database);
  const work = app.get(UnitOfWork);
  const people = await makePeople(app.get(Accounts), work);
  return {
    app, database, clock, work, people, reader: app.get(PublicReader), get: (type) => app.get(type),
    async close() {
      await app.close();
      await database.close();
    },
  };
}

/** Cities are made by the operator and not by the application, which may only add them. */
async function makeCities(database: TestDatabase): Promise<void> {
  const client = new Client({ connectionString: database.appUrl });
  await client.connect();
  for (const id of [CITY, OTHER_CITY]) await client.query(`INSERT INTO city (id, name, name_en, rule_pack) VALUES ($1, '虚构市', 'Fiction City', 'test')`, [id]);
  await client.end();
}

async function makePeople(accounts: Accounts, work: UnitOfWork): Promise<World['people']> {
  const inCity = (cityId: string, departments: Record<string, [string, Role[]][]>, others: ['enterprise' | 'resident', string][]): Promise<Record<string, Actor>> =>
    work.run(systemActor(cityId), async (tx) => {
      const people: Record<string, Actor> = {};
      for (const [code, staff] of Object.entries(departments)) {
        const tenantId = newId();
        await tx.query(`INSERT INTO department (city_id, id, name, name_en, short_name, document_code) VALUES ($1, $2, $3, $3, $3, $3)`, [cityId, tenantId, code]);
        for (const [login, roles] of staff) {
          const accountId = await accounts.create(tx, { login, kind: 'staff', displayName: login, password: login, memberships: [{ tenantId, roles }] });
          people[login] = { cityId, tenantId, accountId, name: login, roles, scope: 'own' };
        }
      }
      for (const [kind, displayName] of others) {
        const enterpriseId = kind === 'enterprise' ? newId() : undefined;
        if (enterpriseId) await tx.query(`INSERT INTO enterprise (city_id, id, credit_code, name) VALUES ($1, $2, '91350100M000100Y43', $3)`, [cityId, enterpriseId, displayName]);
        const accountId = await accounts.create(tx, { login: kind, kind, displayName, password: kind, ...(enterpriseId ? { enterpriseId } : {}) });
        people[kind] = { cityId, tenantId: null, accountId, name: displayName, roles: [kind], scope: 'own' };
      }
      return people;
    });
  const here = await inCity(CITY, {
    甲: [['drafter', ['drafter']], ['second', ['drafter', 'department_head']], ['head', ['department_head']]], 乙: [['outsider', ['drafter', 'department_head']]],
  }, [['enterprise', '晨星机械有限公司'], ['resident', '张三丰']]);
  const there = await inCity(OTHER_CITY, { 丙: [['foreigner', ['drafter', 'department_head']]] }, []);
  return { ...here, ...there } as World['people'];
}

export interface PolicyOptions {
  kind?: PolicyKind;
  affectsMarket?: boolean;
}

/** A policy in drafting, its first version of three articles submitted. */
export async function draftedPolicy({ work, people: { drafter } }: World, options: PolicyOptions = {}): Promise<string> {
  return work.run(drafter, async (tx) => {
    const id = newId();
    await policies.insert(tx, {
      id, tenantId: drafter.tenantId ?? '', kind: options.kind ?? 'normative_document', title: '技术改造扶持办法', summary: '', state: 'drafting',
      affectsMarket: options.affectsMarket ?? true, responsibleId: drafter.accountId ?? '', topics: [], audience: [], documentNumber: null, effectiveFrom: null,
      effectiveTo: null, endedOn: null, currentVersionId: null, publishedAt: null, publicSince: null, createdAt: tx.at, rowVersion: 1,
    });
    await submitVersion(tx, id, CLAUSES);
    return id;
  });
}

/** Submits a version made of these articles; `art_1`, `art_2` … are their ids and identities. */
export async function submitVersion(tx: TenantTx, policyId: string, articles: readonly string[]): Promise<string> {
  const id = newId();
  const latest = await latestSubmittedVersion(tx, policyId);
  const accountId = tx.actor.accountId ?? '';
  await tx.repository(VersionRow).insert({
    cityId: tx.cityId, id, tenantId: tx.actor.tenantId ?? '', policyId, no: (latest?.no ?? 0) + 1, state: 'draft', draftingNote: '说明', createdBy: accountId, createdAt: tx.at,
  });
  await tx.repository(ProvisionRow).insert(articles.map((text, index) => ({
    cityId: tx.cityId, versionId: id, clauseId: `art_${index + 1}`, tenantId: tx.actor.tenantId ?? '', seq: index, parentId: null, identity: `art_${index + 1}`,
    kind: 'article', number: index + 1, label: `第${index + 1}条`, lead: '', text,
  })));
  await tx.repository(VersionRow).update({ cityId: tx.cityId, id }, { state: 'submitted', submittedAt: tx.at, submittedBy: accountId, textHash: sha256Hex(articles.join('\n')) });
  return id;
}

/** As `submitVersion`, after the policy went back to drafting. */
export function revised(world: World, policyId: string, second: string): Promise<string> {
  return world.work.run(world.people.drafter, async (tx) => {
    await world.get(LifeCycle).advance(tx, policyId, 'revise');
    return submitVersion(tx, policyId, [CLAUSES[0]!, second, CLAUSES[2]!]);
  });
}

/** An open consultation of a fresh policy, from 1 September to the end of 1 October 2026. */
export async function openConsultation(world: World, options: PolicyOptions = {}): Promise<{ policyId: string; id: string }> {
  const policyId = await draftedPolicy(world, options);
  const { id } = await world.get(OpenConsultation).run(world.people.drafter, policyId, { purpose: '拟支持企业更新设备。补助比例为百分之十。欢迎提出意见。', lastDay: '2026-10-01' });
  return { policyId, id };
}

/** The closing instant of `openConsultation`. */
export const CLOSES_AT = new Date('2026-10-02T00:00:00+08:00');

import { ConsultationModule, OpenConsultation } from '@domains/consultation';
import { LifeCycle, latestSubmittedVersion, policies, PolicyModule, type PolicyKind, ProvisionRow, VersionRow } from '@core/policy';
import { IdentityModule } from '@platform/identity';
import { type Actor, type Clock, newId, type Role, sha256Hex } from '@platform/kernel';
import { MalwareModule } from '@platform/malware';
import { MessagingModule } from '@platform/messaging';
import { PersistenceModule, PublicReader, type TenantTx, UnitOfWork } from '@platform/persistence';
import { StorageModule } from '@platform/storage';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { TestApp } from '../../support/app';
import { openTestDatabase, type TestDatabase } from '../../support/database';
import { type TestFiles, testFiles } from '../../support/files';
import { makeCity } from '../../support/people';

export const CITY = '999801';
export const OTHER_CITY = '999802';

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
  files: TestFiles;
  clock: TestClock;
  work: UnitOfWork;
  reader: PublicReader;
  get<T>(type: Type<T>): T;
  /** `second` and `outsider` are drafter and head at once; `outsider` belongs to another department, `foreigner` to another city. */
  people: Record<'drafter' | 'second' | 'head' | 'outsider' | 'enterprise' | 'resident' | 'foreigner', Actor>;
  close(): Promise<void>;
}

const CLAUSES = ['本办法适用于本市企业。', '对购置先进设备的企业，按投资额的百分之十给予补助。', '本办法自印发之日起施行。'];

/** Only this room, without the gates of the others. The clock stands at noon on 1 September 2026. */
export async function openWorld(options: { clamdUrl?: string } = {}): Promise<World> {
  const database = await openTestDatabase();
  const files = testFiles();
  const clock = new TestClock(() => new Date('2026-09-01T12:00:00+08:00'));
  const app = await Test.createTestingModule({
    imports: [
      PersistenceModule.forRoot({ appUrl: database.appUrl, publicUrl: database.publicUrl, clock }),
      StorageModule.forRoot({ storageUrl: files.storageUrl }), MalwareModule.forRoot({ clamdUrl: options.clamdUrl ?? null }),
      IdentityModule.forRoot({ jwtSecret: 'only for this test, not a secret' }), MessagingModule, PolicyModule, ConsultationModule,
    ],
  }).compile();
  await app.init();
  app.enableShutdownHooks();
  const work = app.get(UnitOfWork);
  const people = await makePeople({ app: app as unknown as TestApp['app'], unitOfWork: work });
  return {
    app, database, files, clock, work, people, reader: app.get(PublicReader), get: (type) => app.get(type),
    async close() {
      await app.close();
      await database.close();
      files.remove();
    },
  };
}

async function makePeople(test: Pick<TestApp, 'app' | 'unitOfWork'>): Promise<World['people']> {
  const here = await makeCity(test as TestApp, CITY);
  const there = await makeCity(test as TestApp, OTHER_CITY);
  const [mine, other] = here.departments;
  const both: Role[] = ['drafter', 'department_head'];
  return {
    drafter: mine.people.drafter, head: mine.people.department_head, second: { ...mine.people.registrar, roles: both }, outsider: { ...other.people.drafter, roles: both },
    enterprise: { ...here.enterprises[0], name: '晨星机械有限公司' }, resident: { ...here.resident, name: '张三丰' },
    foreigner: { ...there.departments[0].people.drafter, roles: both },
  };
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

import { IdentityModule } from '@platform/identity';
import { type Actor, fixedClock, newId, type Role, systemActor } from '@platform/kernel';
import { MessagingModule } from '@platform/messaging';
import { PersistenceModule, UnitOfWork } from '@platform/persistence';
import { StorageModule } from '@platform/storage';
import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { openTestDatabase } from './database';
import { type TestFiles, testFiles } from './files';

export interface Office {
  app: INestApplicationContext;
  unitOfWork: UnitOfWork;
  files: TestFiles;
  clock: ReturnType<typeof fixedClock>;
  cityId: string;
  /** As the owner of the tables, whom no row-level security binds. */
  ownerUrl: string;
  /** As the application's role, and as everybody's, for a program of its own. */
  appUrl: string;
  publicUrl: string;
  /** Two departments: the one that drafts, and another of the same city. */
  drafting: string;
  other: string;
  get<T>(type: Type<T>): T;
  /** A new person with these roles in a department; the drafting one unless told. */
  person(name: string, roles: Role[], tenantId?: string): Promise<Actor>;
  /** Runs SQL as the machinery of the city. */
  sql<R = Record<string, unknown>>(text: string, parameters?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

/** These modules alone on a database of their own, with one city and two departments; the clock stands at Monday, 2 March 2026, 09:00. */
export async function openOffice(...modules: (Type | DynamicModule)[]): Promise<Office> {
  const database = await openTestDatabase();
  const files = testFiles();
  const clock = fixedClock('2026-03-02T01:00:00Z');
  const testing = await Test.createTestingModule({
    imports: [
      PersistenceModule.forRoot({ appUrl: database.appUrl, publicUrl: database.publicUrl, clock }),
      StorageModule.forRoot({ storageUrl: files.storageUrl }),
      IdentityModule.forRoot({ jwtSecret: 'only-for-tests-only-for-tests-00' }),
      MessagingModule, ...modules,
    ],
  }).compile();
  const app = await testing.init();
  app.enableShutdownHooks();
  const unitOfWork = app.get(UnitOfWork);
  const cityId = '990100';
  const [drafting, other] = [newId(), newId()];
  const sql = <R>(text: string, parameters: unknown[] = []): Promise<R[]> => unitOfWork.run(systemActor(cityId), (tx) => tx.query<R>(text, parameters));
  await sql(`INSERT INTO city (id, name, name_en, rule_pack) VALUES ($1, '云浦市', 'Yunpu', 'CN')`, [cityId]);
  for (const [id, name, code] of [[drafting, '云浦市产业局', '云产规'], [other, '云浦市审查局', '云审规']]) {
    await sql(`INSERT INTO department (city_id, id, name, name_en, short_name, document_code) VALUES ($1, $2, $3, $3, $3, $4)`, [cityId, id, name, code]);
  }
  return {
    app, unitOfWork, files, clock, cityId, ownerUrl: database.ownerUrl, appUrl: database.appUrl, publicUrl: database.publicUrl, drafting, other, sql,
    get: (type) => app.get(type),
    async person(name, roles, tenantId = drafting) {
      const id = newId();
      await sql(`INSERT INTO account (city_id, id, login, kind, display_name) VALUES ($1, $2, $3, 'staff', $4)`, [cityId, id, id, name]);
      for (const role of roles) await sql(`INSERT INTO membership (city_id, tenant_id, account_id, role) VALUES ($1, $2, $3, $4)`, [cityId, tenantId, id, role]);
      return { cityId, tenantId, accountId: id, name, roles, scope: 'own' };
    },
    async close() {
      await app.close();
      await database.close();
      files.remove();
    },
  };
}

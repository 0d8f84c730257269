import { EvaluationModule } from '@domains/evaluation';
import { InterpretationModule } from '@domains/interpretation';
import { LedgerModule } from '@domains/ledger';
import { IdentityModule } from '@platform/identity';
import { type Actor, fixedClock, newId, type Role, systemActor } from '@platform/kernel';
import { MessagingModule } from '@platform/messaging';
import { PersistenceModule, UnitOfWork } from '@platform/persistence';
import { PolicyModule } from '@core/policy';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { openTestDatabase, type TestDatabase } from './database';
import { insertPolicy, insertVersion, type NewPolicy } from './policies';

export interface SmallCity {
  app: INestApplicationContext;
  clock: ReturnType<typeof fixedClock>;
  cityId: string;
  tenantId: string;
  otherTenantId: string;
  system: Actor;
  /** A new person of the department with these roles. */
  person(roles: Role[], tenantId?: string): Promise<Actor>;
  /** A policy in a state, with no version. */
  policy(values?: Partial<NewPolicy>): Promise<string>;
  /** A submitted version whose articles have these texts; identities are `a1`, `a2` … Answers its text hash. */
  version(policyId: string, articles: string[], by: Actor): Promise<string>;
  /** One statement as the machinery of the city. */
  sql<R>(sql: string, parameters?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

/** A database with one city of two departments, and the rooms of a policy's later life; time stands still until it is moved. */
export async function openSmallCity(now = '2026-03-02T10:00:00+08:00'): Promise<SmallCity> {
  const database: TestDatabase = await openTestDatabase();
  const clock = fixedClock(now);
  const app = await Test.createTestingModule({
    imports: [
      PersistenceModule.forRoot({ appUrl: database.appUrl, publicUrl: database.publicUrl, clock }), IdentityModule.forRoot({ jwtSecret: 'for tests alone' }),
      MessagingModule, PolicyModule, InterpretationModule, EvaluationModule, LedgerModule,
    ],
  }).compile();
  await app.init();
  const cityId = '990100';
  const [tenantId, otherTenantId] = [newId(), newId()];
  const system = systemActor(cityId);
  const unitOfWork = app.get(UnitOfWork);
  const sql = <R>(text: string, parameters: unknown[] = []): Promise<R[]> => unitOfWork.run(system, (tx) => tx.query<R>(text, parameters));
  await sql(`INSERT INTO city (id, name, name_en, rule_pack) VALUES ($1, '滨海市', 'Binhai', 'test')`, [cityId]);
  for (const [id, code] of [[tenantId, '滨工信规'], [otherTenantId, '滨科规']]) {
    await sql(`INSERT INTO department (city_id, id, name, name_en, short_name, document_code) VALUES ($1, $2, $3, 'Department', $3, $3)`, [cityId, id, code]);
  }

  const person = async (roles: Role[], ofTenant = tenantId): Promise<Actor> => {
    const accountId = newId();
    const name = roles.join(' ');
    await sql(`INSERT INTO account (city_id, id, login, kind, display_name) VALUES ($1, $2, $3, 'staff', $4)`, [cityId, accountId, accountId, name]);
    for (const role of roles) await sql(`INSERT INTO membership (city_id, tenant_id, account_id, role) VALUES ($1, $2, $3, $4)`, [cityId, ofTenant, accountId, role]);
    return { cityId, tenantId: ofTenant, accountId, name, roles, scope: roles.includes('overseer') ? 'city' : 'own' };
  };
  const home = { cityId, tenantId, keeperId: (await person(['drafter'])).accountId as string };

  return {
    app, clock, cityId, tenantId, otherTenantId, system, person, sql,
    policy: (values) => insertPolicy(unitOfWork, home, values),
    version: (policyId, articles, by) => insertVersion(unitOfWork, home, policyId, articles, by.accountId as string),
    async close() {
      await app.close();
      await database.close();
    },
  };
}

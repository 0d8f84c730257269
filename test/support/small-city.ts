import { EvaluationModule } from '@domains/evaluation';
import { InterpretationModule } from '@domains/interpretation';
import { LedgerModule } from '@domains/ledger';
import { IdentityModule } from '@platform/identity';
import { type Actor, chinaDate, fixedClock, newId, type Role, sha256Hex, systemActor } from '@platform/kernel';
import { MessagingModule } from '@platform/messaging';
import { PersistenceModule, UnitOfWork } from '@platform/persistence';
import { PolicyModule, type PolicyState } from '@core/policy';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { openTestDatabase, type TestDatabase } from './database';

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

interface NewPolicy {
  title: string;
  state: PolicyState;
  effectiveFrom: string;
  effectiveTo: string | null;
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
  const keeper = await person(['drafter']);

  return {
    app, clock, cityId, tenantId, otherTenantId, system, person, sql,
    async policy({ title = '滨海市技术改造扶持办法', state = 'drafting', effectiveFrom = chinaDate(clock.now()), effectiveTo = null } = {}) {
      const id = newId();
      const published = state === 'published';
      await sql(
        `INSERT INTO policy (city_id, id, tenant_id, kind, title, state, responsible_id, created_at, document_number, published_at, public_since, effective_from, effective_to)
         VALUES ($1, $2, $3, 'normative_document', $4, $5, $6, $7, $8, $9, $9, $10, $11)`,
        [cityId, id, tenantId, title, state, keeper.accountId, clock.now(), published ? '滨工信规〔2026〕1号' : null, published ? clock.now() : null,
          published ? effectiveFrom : null, published ? effectiveTo : null]);
      return id;
    },
    async version(policyId, articles, by) {
      const id = newId();
      const textHash = sha256Hex(articles.join('\n'));
      await unitOfWork.run(system, async (tx) => {
        await tx.query(
          `INSERT INTO policy_version (city_id, id, tenant_id, policy_id, no, state, created_by, created_at)
           VALUES ($1, $2, $3, $4, (SELECT coalesce(max(no), 0) + 1 FROM policy_version WHERE city_id = $1 AND policy_id = $4), 'draft', $5, $6)`,
          [cityId, id, tenantId, policyId, by.accountId, tx.at]);
        for (const [index, text] of articles.entries()) {
          await tx.query(
            `INSERT INTO provision (city_id, version_id, clause_id, tenant_id, seq, identity, kind, label, lead, text) VALUES ($1, $2, $3, $4, $5, $6, 'article', $7, '', $8)`,
            [cityId, id, `art_${index + 1}`, tenantId, index, `a${index + 1}`, `第${index + 1}条`, text]);
        }
        await tx.query(`UPDATE policy_version SET state = 'submitted', submitted_at = $3, submitted_by = $4, text_hash = $5 WHERE city_id = $1 AND id = $2`,
          [cityId, id, tx.at, by.accountId, textHash]);
      });
      return textHash;
    },
    async close() {
      await app.close();
      await database.close();
    },
  };
}

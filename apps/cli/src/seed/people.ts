import { Accounts } from '@platform/identity';
import { newId, type Role, type Scope, systemActor } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type CityContent, ENTERPRISE_REGISTER } from './content';
import type { Stage } from './stage';

const scopeOf = (role: Role): Scope => (role === 'overseer' || role === 'audit_admin' ? 'city' : 'own');

/** Makes the city with its departments, people, enterprises, residents and experts, and casts them for the stage. */
export async function peopleOf(stage: Stage, city: CityContent, password: string): Promise<void> {
  await stage.unitOfWork.run(systemActor(city.code), async (tx) => {
    await tx.query('INSERT INTO city (id, name, name_en, rule_pack, created_at) VALUES ($1, $2, $3, $4, $5)', [city.code, city.name, city.nameEn, 'demo-2026', tx.at]);
    for (const department of city.departments) {
      const tenantId = newId();
      await tx.query(
        'INSERT INTO department (city_id, id, name, name_en, short_name, document_code, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [city.code, tenantId, department.name, department.nameEn, department.shortName, department.documentCode, tx.at]);
      for (const { role, name, login } of department.staff) {
        const accountId = await stage.use(Accounts).create(tx, { login, kind: 'staff', displayName: name, password, memberships: [{ tenantId, roles: [role] }] });
        stage.cast(`${department.key}/${role}`, { cityId: city.code, tenantId, accountId, name, roles: [role], scope: scopeOf(role) });
      }
    }
    for (const [index, enterprise] of city.enterprises.entries()) {
      const enterpriseId = newId();
      await tx.query('INSERT INTO enterprise (city_id, id, credit_code, name, facts) VALUES ($1, $2, $3, $4, $5)',
        [city.code, enterpriseId, enterprise.creditCode, enterprise.name, JSON.stringify(enterprise.facts)]);
      await outsider(stage, tx, { key: `enterprise/${index}`, kind: 'enterprise', name: enterprise.name, login: enterprise.login, enterpriseId }, password);
    }
    for (const { creditCode, name, facts } of ENTERPRISE_REGISTER[city.code] ?? []) {
      await tx.query('INSERT INTO enterprise (city_id, id, credit_code, name, facts) VALUES ($1, $2, $3, $4, $5)', [city.code, newId(), creditCode, name, JSON.stringify(facts)]);
    }
    for (const [index, resident] of city.residents.entries()) {
      await outsider(stage, tx, { key: `resident/${index}`, kind: 'resident', name: resident.name, login: resident.login }, password);
    }
    for (const [index, expert] of city.experts.entries()) {
      const accountId = await outsider(stage, tx, { key: `expert/${index}`, kind: 'expert', name: expert.name, login: expert.login }, password);
      await tx.query('INSERT INTO expert_profile (city_id, id, account_id, code, field, employer_name, employer_code) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [city.code, newId(), accountId, expert.code, expert.field, expert.employerName, expert.employerCode]);
    }
  });
}

interface Outsider {
  key: string;
  kind: 'enterprise' | 'resident' | 'expert';
  name: string;
  login: string;
  enterpriseId?: string;
}

async function outsider(stage: Stage, tx: TenantTx, { key, kind, name, login, enterpriseId }: Outsider, password: string): Promise<string> {
  const accountId = await stage.use(Accounts).create(tx, { login, kind, displayName: name, password, ...(enterpriseId ? { enterpriseId } : {}) });
  stage.cast(key, { cityId: tx.cityId, tenantId: null, accountId, name, roles: [kind], scope: 'own' });
  return accountId;
}

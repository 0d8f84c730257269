import { Accounts } from '@platform/identity';
import { type Actor, newId, type Role, ROLES, type Scope, systemActor } from '@platform/kernel';
import type { TestApp } from './app';

export const PASSWORD = 'a password for tests';

export interface Department {
  id: string;
  name: string;
  code: string;
  /** The person in each role; every role is somebody else. */
  people: Record<Role, Actor & { login: string; accountId: string; tenantId: string }>;
}

export interface TestCity {
  id: string;
  departments: [Department, Department];
  enterprises: [Outsider, Outsider];
  resident: Outsider;
  experts: Outsider[];
}

export type Outsider = Actor & { login: string; accountId: string; enterpriseId: string | null };

const STAFF: readonly Role[] = ROLES.filter((role) => !['enterprise', 'resident', 'expert'].includes(role));
const scopeOf = (role: Role): Scope => (role === 'overseer' || role === 'audit_admin' ? 'city' : 'own');
/** Valid unified social credit codes (GB 32100-2015) of no real enterprise. */
const CREDIT_CODES = ['91999901MA0000001J', '91999901MA00000026'];

/** A city with two departments, a person in every role, two enterprises, a resident and six experts. */
export async function makeCity({ app, unitOfWork }: TestApp, id = '999801'): Promise<TestCity> {
  const accounts = app.get(Accounts);
  return unitOfWork.run(systemActor(id), async (tx) => {
    await tx.query(`INSERT INTO city (id, name, name_en, rule_pack) VALUES ($1, $2, $3, 'CN')`, [id, `测试市${id}`, `Test City ${id}`]);
    const department = async (name: string, code: string): Promise<Department> => {
      const tenantId = newId();
      await tx.query(
        `INSERT INTO department (city_id, id, name, name_en, short_name, document_code) VALUES ($1, $2, $3, $3, $3, $4)`, [id, tenantId, name, code]);
      const people = {} as Department['people'];
      for (const role of STAFF) {
        const login = `${code}-${role}`;
        const accountId = await accounts.create(tx, { login, kind: 'staff', displayName: `${name}${role}`, password: PASSWORD, memberships: [{ tenantId, roles: [role] }] });
        people[role] = { cityId: id, tenantId, accountId, name: `${name}${role}`, roles: [role], scope: scopeOf(role), login };
      }
      return { id: tenantId, name, code, people };
    };
    const outsider = async (kind: 'enterprise' | 'resident' | 'expert', login: string, creditCode?: string): Promise<Outsider> => {
      const enterpriseId = creditCode ? newId() : null;
      if (creditCode) {
        await tx.query('INSERT INTO enterprise (city_id, id, credit_code, name) VALUES ($1, $2, $3, $4)', [id, enterpriseId, creditCode, `${login}公司`]);
      }
      const accountId = await accounts.create(tx, { login, kind, displayName: login, password: PASSWORD, ...(enterpriseId ? { enterpriseId } : {}) });
      return { cityId: id, tenantId: null, accountId, name: login, roles: [kind], scope: 'own', login, enterpriseId };
    };
    const experts: Outsider[] = [];
    for (let n = 1; n <= 6; n += 1) experts.push(await outsider('expert', `expert-${n}`));
    return {
      id,
      departments: [await department('甲局', '测甲'), await department('乙局', '测乙')],
      enterprises: [await outsider('enterprise', 'enterprise-1', CREDIT_CODES[0]), await outsider('enterprise', 'enterprise-2', CREDIT_CODES[1])],
      resident: await outsider('resident', 'resident-1'),
      experts,
    };
  });
}

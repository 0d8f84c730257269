import { type Role, systemActor } from '@platform/kernel';
import type { UnitOfWork } from '@platform/persistence';

/** The one password of all demonstration accounts; the seed uses it, and nothing else does. */
export const DEMO_PASSWORD = 'policyloop-demo';

interface Row {
  login: string;
  name: string;
  department: string | null;
  kind: Role;
  roles: Role[] | null;
}

/** Who one can be in a demonstration, by department. */
export async function demoAccounts(unitOfWork: UnitOfWork, cityId: string) {
  const rows = await unitOfWork.run(systemActor(cityId), (tx) => tx.query<Row>(
    `SELECT a.login, a.display_name AS name, a.kind, d.name AS department, array_agg(m.role ORDER BY m.role) FILTER (WHERE m.role IS NOT NULL) AS roles
     FROM account a
     LEFT JOIN membership m ON m.city_id = a.city_id AND m.account_id = a.id AND m.revoked_at IS NULL
     LEFT JOIN department d ON d.city_id = m.city_id AND d.id = m.tenant_id
     WHERE a.city_id = $1 GROUP BY a.login, a.display_name, a.kind, d.name ORDER BY d.name NULLS LAST, a.login LIMIT 200`, [cityId]));
  const groups = new Map<string, { name: string; roles: Role[]; login: string; href: string }[]>();
  for (const row of rows) {
    const group = groups.get(row.department ?? '') ?? [];
    group.push({ name: row.name, roles: row.roles ?? [row.kind], login: row.login, href: `/login?city=${cityId}&login=${encodeURIComponent(row.login)}` });
    groups.set(row.department ?? '', group);
  }
  return { demoPassword: DEMO_PASSWORD, demoAccounts: [...groups].map(([department, people]) => ({ department, people })) };
}

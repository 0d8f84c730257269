import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Facts } from '../domain/eligibility';

export interface Enterprise {
  id: string;
  name: string;
  creditCode: string;
  facts: Facts;
}

const COLUMNS = 'e.id, e.name, e.credit_code AS "creditCode", e.facts';

/** The enterprise for which the person acts; refused with `forbidden` for anybody else. */
export async function ownEnterprise(tx: TenantTx): Promise<Enterprise> {
  const [row] = await tx.query<Enterprise>(
    `SELECT ${COLUMNS} FROM account a JOIN enterprise e ON e.city_id = a.city_id AND e.id = a.enterprise_id WHERE a.city_id = $1 AND a.id = $2`,
    [tx.cityId, tx.actor.accountId]);
  if (!row) throw DomainError.forbidden('funding:error.enterpriseOnly');
  return row;
}

/** Enterprises by id, for the staff of a department. */
export async function enterprisesById(tx: TenantTx, ids: readonly string[]): Promise<Map<string, Enterprise>> {
  const rows = await tx.query<Enterprise>(`SELECT ${COLUMNS} FROM enterprise e WHERE e.city_id = $1 AND e.id = ANY($2::uuid[])`, [tx.cityId, ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

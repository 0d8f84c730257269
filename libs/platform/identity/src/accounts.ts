import { DomainError, isId, newId, type Role } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import type { TenantTx } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { hashPassword } from './passwords';

export interface NewAccount {
  login: string;
  kind: 'staff' | 'enterprise' | 'resident' | 'expert';
  displayName: string;
  password: string;
  enterpriseId?: string;
  memberships?: { tenantId: string; roles: Role[] }[];
}

/** Making accounts; needs the system scope, as a credential is written. */
@Injectable()
export class Accounts {
  async create(tx: TenantTx, account: NewAccount): Promise<string> {
    const id = newId();
    await tx.query(
      `INSERT INTO account (city_id, id, login, kind, display_name, enterprise_id) VALUES ($1, $2, $3, $4, $5, $6)`,
      [tx.cityId, id, account.login, account.kind, account.displayName, account.enterpriseId ?? null]);
    await tx.query(`INSERT INTO credential (city_id, account_id, password_hash) VALUES ($1, $2, $3)`,
      [tx.cityId, id, await hashPassword(account.password)]);
    for (const { tenantId, roles } of account.memberships ?? []) {
      for (const role of roles) {
        await tx.query(`INSERT INTO membership (city_id, tenant_id, account_id, role) VALUES ($1, $2, $3, $4)`, [tx.cityId, tenantId, id, role]);
      }
    }
    recordAudit(tx, { action: 'identity.account_created', subjectType: 'account', subjectId: id, details: { kind: account.kind } });
    return id;
  }

  /** The people of the actor's department with their roles. */
  ofDepartment(tx: TenantTx): Promise<{ id: string; name: string; login: string; roles: Role[]; disabledAt: Date | null }[]> {
    return tx.query(
      `SELECT a.id, a.display_name AS name, a.login, array_agg(m.role ORDER BY m.role) AS roles, a.disabled_at AS "disabledAt"
       FROM account a JOIN membership m ON m.city_id = a.city_id AND m.account_id = a.id AND m.revoked_at IS NULL
       WHERE a.city_id = $1 AND m.tenant_id = $2 GROUP BY a.id, a.display_name, a.login, a.disabled_at ORDER BY a.login LIMIT 500`,
      [tx.cityId, tx.actor.tenantId]);
  }

  /** Closes an account of the actor's own department; nobody closes his own. Sessions end with it. */
  async disable(tx: TenantTx, accountId: string): Promise<void> {
    if (!isId(accountId)) throw DomainError.notFound();
    if (accountId === tx.actor.accountId) throw DomainError.forbidden('common:error.ownAccount');
    const [member] = await tx.query(
      'SELECT 1 FROM membership WHERE city_id = $1 AND tenant_id = $2 AND account_id = $3 AND revoked_at IS NULL LIMIT 1',
      [tx.cityId, tx.actor.tenantId, accountId]);
    if (!member) throw DomainError.notFound();
    await tx.query('UPDATE account SET disabled_at = $3 WHERE city_id = $1 AND id = $2 AND disabled_at IS NULL', [tx.cityId, accountId, tx.at]);
    recordAudit(tx, { action: 'identity.account_disabled', subjectType: 'account', subjectId: accountId });
  }
}

import { newId, type Role } from '@platform/kernel';
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
}

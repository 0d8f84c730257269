import { policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, isId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { emit } from '@platform/messaging';
import { Injectable } from '@nestjs/common';
import { type Capacity, SIGNERS } from '../domain/dockets';
import { assertCan } from '../drafting.access';
import { DOCKET_OPENED } from '../drafting.events';
import { unsignedDockets } from '../persistence/repositories';

/** Lets another department of the city take part in one policy: it sees the matter, and its reviewers may sign what it was asked for. */
@Injectable()
export class InviteDepartment {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Inviting the same department for the same thing twice changes nothing. */
  run(actor: Actor, policyId: string, input: { departmentId: string; capacity: Capacity }): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.invite(tx, policyId, input));
  }

  private async invite(tx: TenantTx, policyId: string, { departmentId, capacity }: { departmentId: string; capacity: Capacity }): Promise<void> {
    const policy = await policies.lockForShare(tx, policyId);
    assertCan(tx.actor, 'drafting.write', policy);
    const [department] = isId(departmentId) ? await tx.query('SELECT 1 FROM department WHERE city_id = $1 AND id = $2', [tx.cityId, departmentId]) : [];
    if (!department || departmentId === policy.tenantId) {
      throw DomainError.invalid('drafting:error.otherDepartment', [{ field: 'departmentId', key: 'drafting:error.otherDepartment' }]);
    }
    await tx.query(
      `INSERT INTO participation (city_id, policy_id, tenant_id, owner_tenant_id, capacity, since) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (city_id, policy_id, tenant_id, capacity) DO NOTHING`,
      [tx.cityId, policyId, departmentId, policy.tenantId, capacity, tx.at]);
    // Reviews that already wait must reach the people who may now sign them; whoever has the message is not sent it again.
    for (const docket of await unsignedDockets(tx, policyId)) {
      if (SIGNERS[docket.kind].capacity !== capacity) continue;
      await emit(tx, { type: DOCKET_OPENED, tenantId: policy.tenantId, payload: { policyId, docketId: docket.id } });
    }
    recordAudit(tx, { action: 'drafting.department_invited', subjectType: 'policy', subjectId: policyId, details: { departmentId, capacity } });
  }
}

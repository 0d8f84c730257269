import { LifeCycle, policies, type PolicyRow } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { circulationArticle } from '../domain/articles';
import { mayClose } from '../domain/circulation';
import { assertCan } from '../drafting.access';
import type { CirculationRow } from '../persistence/circulation.entity';
import { repliesCount } from '../persistence/circulation-standing';
import { circulations } from '../persistence/repositories';

/** Ends the open circulation of a policy: once every reply is in, or by a person when its day is past. Who has not replied is then 逾期未复, and has not consented. */
@Injectable()
export class CloseCirculation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, policyId: string): Promise<void> {
    return this.unitOfWork.run(actor, (tx) => this.close(tx, policyId));
  }

  private async close(tx: TenantTx, policyId: string): Promise<void> {
    const policy = await policies.lockForShare(tx, policyId);
    assertCan(tx.actor, 'drafting.write', policy);
    const refuse = (key: string, params = {}): DomainError => new DomainError('conflict', key, { params, article: circulationArticle(policy.kind) });
    const open = await circulations.findOne(tx, { policyId, state: 'open' });
    const circulation = open && (await circulations.lockForUpdate(tx, open.id));
    if (circulation?.state !== 'open') throw refuse('circulation:error.noneOpen');
    if (!mayClose({ replyOn: circulation.replyOn, ...(await repliesCount(tx, circulation.id)) }, chinaDate(tx.at))) throw refuse('circulation:error.tooEarly', { day: circulation.replyOn });
    await closeNow(tx, this.lifeCycle, policy, circulation);
  }
}

/** Closes a circulation that the transaction holds. */
export async function closeNow(tx: TenantTx, lifeCycle: LifeCycle, policy: PolicyRow, circulation: CirculationRow): Promise<void> {
  const counts = await repliesCount(tx, circulation.id);
  await circulations.updateVersioned(tx, circulation.id, circulation.rowVersion, { state: 'closed', closedBy: tx.actor.accountId, closedAt: tx.at });
  await lifeCycle.record(tx, policy, 'circulation_closed', { details: { circulationId: circulation.id, ...counts } });
  recordAudit(tx, { action: 'drafting.circulation_closed', subjectType: 'circulation', subjectId: circulation.id, tenantId: policy.tenantId, details: counts });
}

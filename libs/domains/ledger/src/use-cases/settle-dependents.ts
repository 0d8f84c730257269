import { type Dependent, DependentsRegistry } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, type Role } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { insertSettlement, settlementsOf } from '../persistence/settlements';
import { caseAtHand } from './case-at-hand';

export interface SettlementInput {
  /** `<kind>/<id>/<number of the settlement that was seen, 0 for none>`. */
  items: readonly string[];
  way: string;
  reason: string;
}

const MOST = 200;
/** Whoever drafts for the policy's department may settle everything that hangs on it; others what is their own matter. */
const maySettle = (roles: readonly Role[], dependent: Dependent): boolean => roles.includes('drafter') || roles.includes(dependent.role);

/** Says what becomes of one or more things that hang on the policy, all or none. A settlement may be replaced by another one until the case is decided. */
@Injectable()
export class SettleDependents {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: DependentsRegistry,
  ) {}

  run(actor: Actor, caseId: string, { items, way, reason }: SettlementInput): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { policy, matter } = await caseAtHand(tx, tx.actor, caseId, 'ledger.settle_dependent');
      const wanted = [...new Set(items)].map(parsed);
      if (wanted.length === 0 || wanted.length > MOST) throw DomainError.invalid('abolition:error.itemsNeeded', [{ field: 'items', key: 'abolition:error.itemsNeeded' }]);
      if (!reason.trim()) throw DomainError.invalid('ledger:error.reasonNeeded', [{ field: 'settleReason', key: 'ledger:error.reasonNeeded' }]);
      const dependents = (await this.registry.list(tx, policy.id)).items;
      const settled = await settlementsOf(tx, matter.id);
      for (const { kind, id, seen } of wanted) {
        const dependent = dependents.find((one) => one.kind === kind && one.id === id);
        if (!dependent) throw DomainError.conflict('abolition:error.itemGone');
        if (!maySettle(tx.actor.roles, dependent)) throw DomainError.forbidden('abolition:error.notYours');
        if (!dependent.ways.includes(way)) throw DomainError.invalid('abolition:error.wayNeeded', [{ field: 'way', key: 'abolition:error.wayNeeded' }]);
        const last = settled.find((one) => one.kind === kind && one.itemId === id)?.no ?? 0;
        if (last !== seen) throw DomainError.conflict('common:error.changedMeanwhile');
        const { title, people, fundsFen } = dependent;
        await insertSettlement(tx, matter, { kind, itemId: id, no: last + 1, title, way, reason: reason.trim(), people, fundsFen });
      }
      recordAudit(tx, { action: 'ledger.dependents_settled', subjectType: 'abolition_case', subjectId: matter.id, details: { items: wanted.map(({ kind, id }) => `${kind}/${id}`), way } });
    });
  }
}

function parsed(item: string): { kind: string; id: string; seen: number } {
  const [kind = '', id = '', seen = ''] = item.split('/');
  if (!/^\d{1,6}$/.test(seen)) throw DomainError.invalid('abolition:error.itemsNeeded', [{ field: 'items', key: 'abolition:error.itemsNeeded' }]);
  return { kind, id, seen: Number(seen) };
}

import { policies } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, type FieldError, isId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { cleanupProposalFaults, ENDS, type ProposalContent } from '../domain/cleanup';
import { rowFault } from '../domain/cleanup-rows';
import { can } from '../ledger.access';
import type { CleanupItemRow } from '../persistence/cleanup.entity';
import { cleanupItems } from '../persistence/repositories';
import { type KeepFilter, keepable } from '../queries/cleanup-keep';
import { CleanupEnds } from './cleanup-ends';
import { holdSheet } from './hold-sheet';

/** Rows that a refusal names. */
const NAMED = 50;

/** What a department proposes for its own documents, as long as its list is open: one by one, or to keep many at once. */
@Injectable()
export class ProposeCleanup {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ends: CleanupEnds,
  ) {}

  /**
   * Proposes for one document; a new proposal takes the place of the one before and answers the city's remark. `seen` is the item's `rowVersion` as the person saw it.
   *
   * @throws DomainError not_found for another department's, conflict for a list that is signed or a document that has ended, invalid with the fields of `cleanupProposalFaults`
   */
  run(actor: Actor, cleanupId: string, itemId: string, seen: number, content: ProposalContent): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      await holdOpen(tx, cleanupId);
      await this.put(tx, cleanupId, itemId, seen, content);
      recordAudit(tx, { action: 'ledger.cleanup_proposed', subjectType: 'cleanup_item', subjectId: itemId, details: { proposal: content.proposal } });
    });
  }

  /** Several at once, from the rows of a workbook, all or nothing; what is there already is replaced. A refusal names each wrong row. */
  many(actor: Actor, cleanupId: string, proposals: readonly { row: number; itemId: string; content: ProposalContent }[]): Promise<number> {
    return this.unitOfWork.run(actor, async (tx) => {
      await holdOpen(tx, cleanupId);
      const faults: FieldError[] = [];
      for (const { row, itemId, content } of proposals) {
        try {
          const item = await cleanupItems.require(tx, itemId);
          await this.put(tx, cleanupId, itemId, item.rowVersion, content);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          faults.push(rowFault(row, error.key));
        }
      }
      if (faults[0]) throw DomainError.invalid('cleanup:error.rows', faults.slice(0, NAMED));
      recordAudit(tx, { action: 'ledger.cleanup_proposed', subjectType: 'cleanup', subjectId: cleanupId, details: { documents: proposals.length } });
      return proposals.length;
    });
  }

  /** Keeps every document of the own list that has no proposal yet and that the filter names. `seen` is what the person was shown (`keepable`); anything else is refused. Answers how many. */
  keep(actor: Actor, cleanupId: string, filter: KeepFilter, reason: string, seen: string): Promise<number> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { tenantId, accountId } = await holdOpen(tx, cleanupId);
      if (!reason.trim()) throw DomainError.invalid('cleanup:error.reasonNeeded', [{ field: 'keepReason', key: 'cleanup:error.reasonNeeded' }]);
      const { ids, digest } = await keepable(tx, cleanupId, tenantId, filter);
      if (digest !== seen) throw DomainError.conflict('common:error.changedMeanwhile');
      if (ids.length === 0) throw DomainError.conflict('cleanup:error.nothingToKeep');
      await tx.query(
        `UPDATE cleanup_item SET proposal = 'keep', reason = $4, proposed_by = $5, proposed_at = $6, row_version = row_version + 1 WHERE city_id = $1 AND cleanup_id = $2 AND id = ANY ($3::uuid[])`,
        [tx.cityId, cleanupId, ids, reason.trim(), accountId, tx.at]);
      recordAudit(tx, { action: 'ledger.cleanup_kept', subjectType: 'cleanup', subjectId: cleanupId, details: { documents: ids.length } });
      return ids.length;
    });
  }

  private async put(tx: TenantTx, cleanupId: string, itemId: string, seen: number, content: ProposalContent): Promise<void> {
    const item = await cleanupItems.require(tx, itemId);
    if (item.cleanupId !== cleanupId || item.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
    const policy = await policies.require(tx, item.policyId);
    if (policy.state !== 'published') throw DomainError.conflict('cleanup:error.gone');
    const ground = { today: chinaDate(tx.at), effectiveFrom: item.effectiveFrom, effectiveTo: policy.effectiveTo };
    const faults = [...cleanupProposalFaults(content, ground), ...(await successorFault(tx, item, content))];
    if (faults[0]) throw DomainError.invalid(faults[0].key, faults);
    const [amends, ends] = [content.proposal === 'amend', ENDS.includes(content.proposal)];
    await cleanupItems.updateVersioned(tx, item.id, seen, {
      proposal: content.proposal, reason: content.reason.trim(), amendWhat: amends ? content.amendWhat.trim() : '', amendBy: amends ? content.amendBy : null,
      effectOn: ends ? content.effectOn : null, replacedBy: ends ? content.replacedBy : null, obstacles: content.proposal === 'abolish' || content.proposal === 'lapse' ? await this.ends.obstacles(tx, policy, content.proposal) : [],
      proposedBy: tx.actor.accountId, proposedAt: tx.at, remark: '',
    });
  }
}

/** Locks the own list of the person's department, which must be open. */
async function holdOpen(tx: TenantTx, cleanupId: string): Promise<{ tenantId: string; accountId: string }> {
  const { tenantId, accountId } = tx.actor;
  if (!tenantId || !accountId) throw DomainError.forbidden();
  const { sheet } = await holdSheet(tx, cleanupId, tenantId);
  if (!can(tx.actor, 'ledger.propose_cleanup', sheet)) throw DomainError.forbidden();
  if (sheet.state !== 'open') throw DomainError.conflict('cleanup:error.signed');
  return { tenantId, accountId };
}

/** What takes its place is another document that is out, of whichever department. */
async function successorFault(tx: TenantTx, item: CleanupItemRow, { proposal, replacedBy }: ProposalContent) {
  if (!ENDS.includes(proposal) || replacedBy === null) return [];
  const fault = [{ field: 'replacedBy', key: 'cleanup:error.noSuccessor' }];
  if (!isId(replacedBy) || replacedBy === item.policyId) return fault;
  const [found] = await tx.query(`SELECT 1 FROM policy WHERE city_id = $1 AND id = $2 AND state = 'published' AND public_since IS NOT NULL`, [tx.cityId, replacedBy]);
  return found ? [] : fault;
}

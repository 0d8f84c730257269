import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { SHEET_LIFE } from '../domain/cleanup';
import { assertOversees, can } from '../ledger.access';
import { CLEANUP_ASKED } from '../ledger.events';
import { cleanupItems, cleanups, cleanupSheets } from '../persistence/repositories';
import { holdSheet } from './hold-sheet';

/** Titles that a refusal names. */
const NAMED = 5;

/** A department's list as a whole: its head signs it, a department that countersigned a document answers, the city remarks and agrees with it or sends it back. */
@Injectable()
export class SignCleanup {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** By the head, who entered none of it, once every document that goes on has its proposal. `seen` is the list's `rowVersion`: what is signed is what was read. */
  sign(actor: Actor, cleanupId: string, seen: number): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { tenantId, accountId } = tx.actor;
      if (!tenantId || !accountId) throw DomainError.forbidden();
      const { sheet } = await holdSheet(tx, cleanupId, tenantId);
      if (!can(tx.actor, 'ledger.sign_cleanup', sheet)) throw DomainError.forbidden();
      const { to } = SHEET_LIFE.require('sign', sheet.state);
      const [found] = await tx.query<{ missing: number; remarks: number; own: boolean }>(
        `SELECT count(*) FILTER (WHERE i.proposal IS NULL)::int AS missing, count(*) FILTER (WHERE i.remark <> '')::int AS remarks, coalesce(bool_or(i.proposed_by = $4), false) AS own
         FROM cleanup_item i JOIN policy p ON p.city_id = i.city_id AND p.id = i.policy_id
         WHERE i.city_id = $1 AND i.cleanup_id = $2 AND i.tenant_id = $3 AND p.state = 'published'`, [tx.cityId, cleanupId, tenantId, accountId]);
      if (found?.own) throw DomainError.forbidden('cleanup:error.ownProposal');
      if (found?.missing) throw DomainError.conflict('cleanup:error.missing', { count: found.missing });
      if (found?.remarks) throw DomainError.conflict('cleanup:error.remarksOpen', { count: found.remarks });
      await cleanupSheets.updateVersioned(tx, sheet.id, seen, { state: to, signedBy: accountId, signedAt: tx.at });
      recordAudit(tx, { action: 'ledger.cleanup_signed', subjectType: 'cleanup_sheet', subjectId: sheet.id, details: { cleanupId } });
    });
  }

  /** By a department that countersigned the document, once for each proposal; an objection has its reason. It does not bind the city. */
  answer(actor: Actor, cleanupId: string, itemId: string, { answer, reason }: { answer: 'agree' | 'object'; reason: string }): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { tenantId, accountId } = tx.actor;
      if (!tenantId || !accountId || !can(tx.actor, 'ledger.answer_cleanup', { tenantId })) throw DomainError.forbidden();
      const cleanup = await cleanups.lockForShare(tx, cleanupId);
      const item = await cleanupItems.require(tx, itemId);
      if (item.cleanupId !== cleanup.id) throw DomainError.notFound();
      const [joint] = await tx.query(`SELECT 1 FROM participation WHERE city_id = $1 AND policy_id = $2 AND tenant_id = $3 AND capacity = 'countersign'`, [tx.cityId, item.policyId, tenantId]);
      if (!joint) throw DomainError.notFound();
      if (cleanup.state !== 'running') throw DomainError.conflict('cleanup:error.over');
      if (!item.proposedAt) throw DomainError.conflict('cleanup:error.notProposed');
      if (answer === 'object' && !reason.trim()) throw DomainError.invalid('cleanup:error.reasonNeeded', [{ field: 'answerReason', key: 'cleanup:error.reasonNeeded' }]);
      const made = await tx.query(
        `INSERT INTO cleanup_consent (city_id, id, tenant_id, item_id, proposed_at, answer, reason, answered_by, answered_at)
         SELECT $1, $2, $3, id, proposed_at, $5, $6, $7, $8 FROM cleanup_item WHERE city_id = $1 AND id = $4 ON CONFLICT (city_id, item_id, tenant_id, proposed_at) DO NOTHING RETURNING id`,
        [tx.cityId, newId(), tenantId, item.id, answer, reason.trim(), accountId, tx.at]);
      if (made.length === 0) throw DomainError.conflict('cleanup:error.answered');
      recordAudit(tx, { action: 'ledger.cleanup_answered', subjectType: 'cleanup_item', subjectId: item.id, details: { answer } });
    });
  }

  /** What the city objects to in one proposal of a signed list; an empty one takes it back. The department hears of it when the list is sent back. */
  remark(actor: Actor, cleanupId: string, itemId: string, remark: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      assertOversees(tx.actor);
      const { tenantId, cleanupId: of } = await cleanupItems.require(tx, itemId);
      if (of !== cleanupId) throw DomainError.notFound();
      const { sheet } = await holdSheet(tx, cleanupId, tenantId);
      if (sheet.state !== 'signed') throw DomainError.conflict('cleanup:error.notSigned');
      const item = await cleanupItems.lockForUpdate(tx, itemId);
      await cleanupItems.update(tx, item.id, { remark: remark.trim(), rowVersion: item.rowVersion + 1 });
      recordAudit(tx, { action: 'ledger.cleanup_remarked', subjectType: 'cleanup_item', subjectId: item.id, tenantId, details: { taken: !remark.trim() } });
    });
  }

  /** The joint check is over for this list. Not while there is a remark, and not before the departments that countersigned have answered, unless their day is past. */
  agree(actor: Actor, cleanupId: string, tenantId: string, seen: number): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const checkedBy = assertOversees(tx.actor);
      const { cleanup, sheet } = await holdSheet(tx, cleanupId, tenantId);
      const { to } = SHEET_LIFE.require('agree', sheet.state);
      if (sheet.signedBy === checkedBy) throw DomainError.forbidden('cleanup:error.ownSignature');
      const [remarked] = await tx.query<{ count: number }>(`SELECT count(*)::int AS count FROM cleanup_item WHERE city_id = $1 AND cleanup_id = $2 AND tenant_id = $3 AND remark <> ''`, [tx.cityId, cleanupId, tenantId]);
      if (remarked?.count) throw DomainError.conflict('cleanup:error.remarksOpen', { count: remarked.count });
      if (chinaDate(tx.at) <= cleanup.checkBy) {
        const silent = await unanswered(tx, cleanupId, tenantId);
        if (silent.length > 0) throw DomainError.conflict('cleanup:error.unanswered', { titles: silent.slice(0, NAMED).map((title) => `《${title}》`).join('、'), count: silent.length });
      }
      await cleanupSheets.updateVersioned(tx, sheet.id, seen, { state: to, checkedBy, checkedAt: tx.at });
      recordAudit(tx, { action: 'ledger.cleanup_agreed', subjectType: 'cleanup_sheet', subjectId: sheet.id, tenantId, details: { cleanupId } });
    });
  }

  sendBack(actor: Actor, cleanupId: string, tenantId: string, note: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      assertOversees(tx.actor);
      const { sheet } = await holdSheet(tx, cleanupId, tenantId);
      const { to } = SHEET_LIFE.require('send_back', sheet.state);
      if (!note.trim()) throw DomainError.invalid('cleanup:error.reasonNeeded', [{ field: 'returnNote', key: 'cleanup:error.reasonNeeded' }]);
      await cleanupSheets.update(tx, sheet.id, { state: to, signedBy: null, signedAt: null, returnNote: note.trim(), rowVersion: sheet.rowVersion + 1 });
      await emit(tx, { type: CLEANUP_ASKED, payload: { cleanupId, tenantId } });
      recordAudit(tx, { action: 'ledger.cleanup_sent_back', subjectType: 'cleanup_sheet', subjectId: sheet.id, tenantId, details: { cleanupId } });
    });
  }
}

/** Titles of joint documents that are not simply kept and to whose proposal a countersigning department has said nothing. */
async function unanswered(tx: TenantTx, cleanupId: string, tenantId: string): Promise<string[]> {
  const rows = await tx.query<{ title: string }>(
    `SELECT DISTINCT i.no, i.title FROM cleanup_item i JOIN policy p ON p.city_id = i.city_id AND p.id = i.policy_id AND p.state = 'published'
     JOIN participation j ON j.city_id = i.city_id AND j.policy_id = i.policy_id AND j.capacity = 'countersign'
     WHERE i.city_id = $1 AND i.cleanup_id = $2 AND i.tenant_id = $3 AND i.proposal <> 'keep'
       AND NOT EXISTS (SELECT 1 FROM cleanup_consent c WHERE c.city_id = $1 AND c.item_id = i.id AND c.tenant_id = j.tenant_id AND c.proposed_at = i.proposed_at) ORDER BY i.no`, [tx.cityId, cleanupId, tenantId]);
  return rows.map(({ title }) => title);
}

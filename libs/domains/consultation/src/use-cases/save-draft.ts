import { type Actor, DomainError, isId, newId, sha256Hex } from '@platform/kernel';
import { databaseErrorCode, type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import type { Stance } from '../domain/figures';

export interface DraftInput {
  text: string;
  stance: Stance | null;
  clauseId: string | null;
  quote: string | null;
  /** The key that the opinion will be put in with: what is in already is saved no more. */
  key: string;
  /** Id and version of the draft that the form was filled with; null where there was none. */
  base: { id: string; rowVersion: number } | null;
}

export interface SavedDraft {
  id: string;
  rowVersion: number;
  savedAt: Date;
  /** Another window had saved other words meanwhile; they are put aside, and not lost. */
  overtook: boolean;
}

interface Current {
  id: string;
  row_version: number;
  text: string;
  stance: string | null;
  clause_id: string | null;
  quote: string | null;
}

/** So many overtaken drafts are kept, the newest. */
const MOST_ASIDE = 10;
const TRIES = 10;

/**
 * Keeps what a person who is signed in has written and not sent. Of two windows the newest save is the draft and the other one is put aside. No audit entry:
 * the audit log has readers, and what somebody did not say is nobody's business (ADR 0027).
 */
@Injectable()
export class SaveDraft {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Null where the opinion is in already. Refuses `not_found` for an unknown consultation, `conflict` where it is not open. */
  async run(actor: Actor, consultationId: string, draft: DraftInput): Promise<SavedDraft | null> {
    assertAuthor(actor, consultationId);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.unitOfWork.run(actor, (tx) => this.save(tx, consultationId, draft));
      } catch (error) {
        // Another window has made a current draft in the same moment: the next try finds its row. One of those that race comes through each time.
        if (attempt >= TRIES || databaseErrorCode(error) !== '23505') throw error;
      }
    }
  }

  /** Takes a draft away, the current one or one put aside; `not_found` for somebody else's. */
  delete(actor: Actor, consultationId: string, draftId: string): Promise<void> {
    assertAuthor(actor, consultationId);
    if (!isId(draftId)) throw DomainError.notFound();
    return this.unitOfWork.run(actor, async (tx) => {
      const [gone] = await tx.query('DELETE FROM opinion_draft WHERE city_id = $1 AND consultation_id = $2 AND id = $3 AND account_id = $4 RETURNING id', [tx.cityId, consultationId, draftId, tx.actor.accountId]);
      if (!gone) throw DomainError.notFound();
    });
  }

  private async save(tx: TenantTx, consultationId: string, { text, stance, clauseId, quote, key, base }: DraftInput): Promise<SavedDraft | null> {
    const [at] = await tx.query<{ state: string; closes_at: Date; sent: boolean }>(
      `SELECT c.state, c.closes_at, EXISTS (SELECT 1 FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = $2 AND o.idempotency_key = $3) AS sent
       FROM consultation c WHERE c.city_id = $1 AND c.id = $2`, [tx.cityId, consultationId, sha256Hex(key)]);
    if (!at) throw DomainError.notFound();
    if (at.sent) return null;
    if (at.state !== 'open' || tx.at >= at.closes_at) throw DomainError.conflict('consultation:error.notOpen');
    const who = [tx.cityId, consultationId, tx.actor.accountId];
    const [current] = await tx.query<Current>(
      `SELECT id, row_version, text, stance, clause_id, quote FROM opinion_draft WHERE city_id = $1 AND consultation_id = $2 AND account_id = $3 AND aside_at IS NULL FOR UPDATE`, who);
    const same = current?.text === text && current.stance === stance && current.clause_id === clauseId && current.quote === quote;
    if (current && (same || (base?.id === current.id && base.rowVersion === current.row_version))) {
      await tx.query(
        `UPDATE opinion_draft SET text = $3, stance = $4, clause_id = $5, quote = $6, saved_at = $7, row_version = row_version + 1 WHERE city_id = $1 AND id = $2`,
        [tx.cityId, current.id, text, stance, clauseId, quote, tx.at]);
      return { id: current.id, rowVersion: current.row_version + 1, savedAt: tx.at, overtook: false };
    }
    if (current) await putAside(tx, current.id, who);
    const id = newId();
    await tx.query(
      `INSERT INTO opinion_draft (city_id, id, consultation_id, account_id, text, stance, clause_id, quote, saved_at) VALUES ($1, $4, $2, $3, $5, $6, $7, $8, $9)`,
      [...who, id, text, stance, clauseId, quote, tx.at]);
    return { id, rowVersion: 1, savedAt: tx.at, overtook: Boolean(current) };
  }
}

/** The draft that goes with the opinion that is put in now; those put aside stay for their author to delete. */
export async function dropDraft(tx: TenantTx, consultationId: string): Promise<void> {
  if (tx.actor.accountId === null) return;
  await tx.query('DELETE FROM opinion_draft WHERE city_id = $1 AND consultation_id = $2 AND account_id = $3 AND aside_at IS NULL', [tx.cityId, consultationId, tx.actor.accountId]);
}

async function putAside(tx: TenantTx, id: string, who: unknown[]): Promise<void> {
  await tx.query('UPDATE opinion_draft SET aside_at = $3 WHERE city_id = $1 AND id = $2', [tx.cityId, id, tx.at]);
  await tx.query(
    `DELETE FROM opinion_draft WHERE city_id = $1 AND account_id = $3 AND id IN (
       SELECT id FROM opinion_draft WHERE city_id = $1 AND consultation_id = $2 AND account_id = $3 AND aside_at IS NOT NULL ORDER BY aside_at DESC, id DESC OFFSET ${MOST_ASIDE})`, who);
}

function assertAuthor(actor: Actor, consultationId: string): void {
  if (!isId(consultationId)) throw DomainError.notFound();
  if (actor.accountId === null || actor.tenantId !== null) throw DomainError.forbidden();
}

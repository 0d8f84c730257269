import { type Actor, DomainError, isId, newId, sha256Hex, systemActor } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { OPINION_POSTED, type OpinionPosted } from '../consultation.events';
import { type AuthorKind, type Stance } from '../domain/figures';
import { maskedName, MAX_OPINION, optionalText, requiredText } from '../domain/opinion-text';
import { heedPersonal, type PersonalChoice } from '../domain/personal-data';
import { type FileOfOpinion, attachFiles, ReceiveFiles, sameFiles, type SentFile } from './receive-files';
import { type Receipt, receiptCodeHash, receiptFor } from '../domain/receipt';
import { dropDraft } from './save-draft';

export interface PostOpinionInput {
  text: string;
  stance: Stance;
  /** A clause of the version that is asked about; the whole unless given. */
  clauseId?: string;
  /** Words of that clause. */
  quote?: string;
  /** What the sender wants done about personal data in the text; needed where there are some, so that nobody sends them without knowing. */
  personalData?: PersonalChoice | undefined;
  /** The name that somebody who is not signed in gives, for the department. */
  name?: string;
  /** Files that go with it, in their order. */
  files?: readonly SentFile[] | undefined;
  /** Of the sender's choosing, 16 to 200 characters, new for each opinion: the same key again gives the same receipt. */
  idempotencyKey: string;
}

export interface PostedOpinion extends Receipt {
  opinionId: string;
  receivedAt: Date;
}

export interface Window {
  tenant_id: string;
  version_id: string;
  receipt_salt: string;
  state: string;
  opens_at: Date;
  closes_at: Date;
  clause: string | null;
}

interface Content {
  text: string;
  stance: Stance;
  clauseId: string | null;
  quote: string | null;
  files: readonly FileOfOpinion[];
}

export const pgError = (error: unknown): { code?: string; constraint?: string } => (error as { driverError?: { code?: string; constraint?: string } }).driverError ?? {};

/**
 * Takes an opinion of an enterprise, a resident or somebody who is not signed in. Six round trips: begin, lock, opinion, outbox, audit, commit.
 * The consultation is locked `FOR SHARE`, so that posts run side by side and a close waits for those under way; a trigger asks the window again.
 */
@Injectable()
export class PostOpinion {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly receiveFiles: ReceiveFiles,
  ) {}

  /**
   * Answers the receipt; its code is shown this once. Refuses `conflict` outside the window and for a key that came with other words before,
   * `not_found` for an unknown consultation, `invalid` for a text that cannot be kept, a clause that the draft does not have,
   * personal data of which the sender has not said what to do, or a file that is not taken.
   */
  async run(actor: Actor, consultationId: string, input: PostOpinionInput): Promise<PostedOpinion> {
    if (!isId(consultationId)) throw DomainError.notFound();
    if (actor.tenantId !== null) throw DomainError.forbidden('consultation:error.staffPost');
    const key = requiredText(input.idempotencyKey, 'idempotencyKey', 200);
    if (key.length < 16) throw DomainError.invalid('consultation:error.key', [{ field: 'idempotencyKey', key: 'consultation:error.key' }]);
    const content: Content = {
      text: requiredText(heedPersonal(requiredText(input.text, 'text', MAX_OPINION), input.personalData), 'text', MAX_OPINION),
      stance: input.stance,
      clauseId: input.clauseId || null,
      quote: input.clauseId ? optionalText(input.quote, 'quote', 500) : null,
      files: input.files?.length ? await this.receive(actor, consultationId, input.files) : [],
    };
    try {
      return await this.unitOfWork.run(actor, (tx) => this.post(tx, consultationId, content, key, optionalText(input.name, 'name', 100)));
    } catch (error) {
      const { code, constraint } = pgError(error);
      const late = code === 'PLC01' || (error instanceof DomainError && error.key === NOT_OPEN);
      if (!late && !(code === '23505' && constraint?.includes('idempotency'))) throw error;
      // Who was in time and asks again after the close, as the answer was lost on the way, is told the receipt and not that it came too late.
      const receipt = await this.again(actor.cityId, consultationId, content, key);
      if (!receipt) throw late ? closed() : DomainError.conflict('consultation:error.keyReused');
      return receipt;
    }
  }

  /** Before the transaction, which must not wait for a store; and only into an open window, so that nobody fills the store for nothing. */
  private async receive(actor: Actor, consultationId: string, files: readonly SentFile[]): Promise<FileOfOpinion[]> {
    await this.unitOfWork.run(actor, async (tx) => {
      const [window] = await tx.query<Window>('SELECT c.state, c.opens_at, c.closes_at FROM consultation c WHERE c.city_id = $1 AND c.id = $2', [tx.cityId, consultationId]);
      if (!window) throw DomainError.notFound();
      assertCommentable(window, tx.at);
    });
    return this.receiveFiles.run(files);
  }

  private async post(tx: TenantTx, consultationId: string, content: Content, key: string, name: string | null): Promise<PostedOpinion> {
    const [window] = await tx.query<Window>(
      `SELECT c.tenant_id, c.version_id, c.receipt_salt, c.state, c.opens_at, c.closes_at,
         (SELECT p.text FROM provision p WHERE p.city_id = $1 AND p.version_id = c.version_id AND p.clause_id = $3) AS clause
       FROM consultation c WHERE c.city_id = $1 AND c.id = $2 FOR SHARE OF c`, [tx.cityId, consultationId, content.clauseId]);
    if (!window) throw DomainError.notFound();
    assertCommentable(window, tx.at);
    assertClause(content, window.clause);
    const opinionId = newId();
    const receipt = receiptFor(window.receipt_salt, key, tx.at);
    const author = authorOf(tx.actor, name);
    await tx.query(
      `INSERT INTO opinion (city_id, id, tenant_id, consultation_id, version_id, clause_id, quote, channel, author_account_id, author_kind, author_name,
         public_name, text, stance, receipt_no, receipt_code_hash, idempotency_key, received_at, moderation, attachment_count)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'website', $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'shown', $18)`,
      [tx.cityId, opinionId, window.tenant_id, consultationId, window.version_id, content.clauseId, content.quote, tx.actor.accountId, author.kind,
        author.name, author.publicName, content.text, content.stance, receipt.receiptNo, receiptCodeHash(receipt.code), sha256Hex(key), tx.at, content.files.length]);
    await attachFiles(tx, { opinionId, consultationId, tenantId: window.tenant_id }, content.files);
    await dropDraft(tx, consultationId);
    const payload: OpinionPosted = { opinionId, consultationId };
    await emit(tx, { type: OPINION_POSTED, tenantId: window.tenant_id, payload });
    recordAudit(tx, { action: 'consultation.opinion_posted', subjectType: 'opinion', subjectId: opinionId, tenantId: window.tenant_id, details: { consultationId } });
    return { opinionId, receivedAt: tx.at, ...receipt };
  }

  /** The receipt of the opinion that came with this key before; null if none did. Whoever knows the key is its sender, so it is looked up as the machinery. */
  private again(cityId: string, consultationId: string, content: Content, key: string): Promise<PostedOpinion | null> {
    return this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const [row] = await tx.query<{ id: string; text: string; stance: Stance; quote: string | null; clause_id: string | null; received_at: Date; receipt_salt: string }>(
        `SELECT o.id, o.text, o.stance, o.quote, o.clause_id, o.received_at, c.receipt_salt FROM opinion o
         JOIN consultation c ON c.city_id = o.city_id AND c.id = o.consultation_id
         WHERE o.city_id = $1 AND o.consultation_id = $2 AND o.idempotency_key = $3`, [cityId, consultationId, sha256Hex(key)]);
      if (!row) return null;
      const same = row.text === content.text && row.stance === content.stance && row.clause_id === content.clauseId && row.quote === content.quote;
      if (!same || !await sameFiles(tx, row.id, content.files)) throw DomainError.conflict('consultation:error.keyReused');
      return { opinionId: row.id, receivedAt: row.received_at, ...receiptFor(row.receipt_salt, key, row.received_at) };
    });
  }
}

const NOT_OPEN = 'consultation:error.notOpen';
const closed = (): DomainError => DomainError.conflict(NOT_OPEN);

export function assertCommentable(window: Omit<Window, 'clause'>, at: Date): void {
  if (window.state !== 'open' || at < window.opens_at || at >= window.closes_at) throw closed();
}

function assertClause({ clauseId, quote }: Content, clause: string | null): void {
  if (clauseId !== null && clause === null) throw DomainError.invalid('consultation:error.noClause', [{ field: 'clauseId', key: 'consultation:error.noClause' }]);
  if (quote !== null && !clause?.includes(quote)) throw DomainError.invalid('consultation:error.noQuote', [{ field: 'quote', key: 'consultation:error.noQuote' }]);
}

/** An enterprise speaks under its name; a resident's is masked; a name that nobody has checked is for the department alone. */
export function authorOf(actor: Actor, name: string | null): { kind: AuthorKind; name: string | null; publicName: string | null } {
  if (actor.accountId === null) return { kind: 'anonymous', name, publicName: null };
  if (actor.roles.includes('enterprise')) return { kind: 'enterprise', name: actor.name, publicName: actor.name };
  return { kind: 'resident', name: actor.name, publicName: maskedName(actor.name) };
}

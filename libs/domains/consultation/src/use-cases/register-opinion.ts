import { type Actor, DomainError, isId, sha256Hex } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { OPINION_POSTED } from '../consultation.events';
import { type Entry, type EntryInput, requireEntry } from '../domain/entries';
import { optionalText } from '../domain/opinion-text';
import { opinions, opinionSources } from '../persistence/repositories';
import { type Entered, enterOpinions, entryContext, openForEntry, type Source } from './enter-opinions';

export interface RegisterOpinionInput extends EntryInput {
  /** The Message-ID of a mail; the same one is entered once in a consultation. */
  messageId?: string | undefined;
  /** Of the form, new for each opinion: the same key again gives the same opinion. */
  idempotencyKey: string;
}

const violated = (error: unknown): string => {
  const { code, constraint } = (error as { driverError?: { code?: string; constraint?: string } }).driverError ?? {};
  return code === '23505' ? constraint ?? '' : code ?? '';
};

/** Enters an opinion that came to the department by another way than the website. */
@Injectable()
export class RegisterOpinion {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * @throws DomainError conflict `channels:error.closed` outside the window, `channels:error.mailTwice` for a mail that is entered already,
   *   `consultation:error.keyReused` for a key that came with other words; invalid with every field that is wrong; not_found for another department's consultation
   */
  async run(actor: Actor, consultationId: string, input: RegisterOpinionInput): Promise<Entered> {
    if (!isId(consultationId)) throw DomainError.notFound();
    try {
      return await this.unitOfWork.run(actor, (tx) => this.register(tx, consultationId, input));
    } catch (error) {
      const what = violated(error);
      if (what === 'PLC01') throw DomainError.conflict('channels:error.closed');
      if (what.includes('message')) throw DomainError.conflict('channels:error.mailTwice');
      if (what.includes('idempotency')) return this.unitOfWork.run(actor, (tx) => this.register(tx, consultationId, input));
      throw error;
    }
  }

  private async register(tx: TenantTx, consultationId: string, { messageId: given, idempotencyKey, ...input }: RegisterOpinionInput): Promise<Entered> {
    const consultation = await openForEntry(tx, consultationId);
    const entry = requireEntry(input, await entryContext(tx, consultation));
    const messageId = entry.channel === 'email' ? optionalText(given, 'messageId', 1000) : null;
    const again = await this.again(tx, consultationId, entry, idempotencyKey);
    if (again) return again;
    if (messageId !== null && await opinionSources.findOne(tx, { consultationId, messageId })) throw DomainError.conflict('channels:error.mailTwice');
    const source: Source = { messageId };
    const [entered] = await enterOpinions(tx, consultation, [{ entry, source, key: idempotencyKey }]);
    if (!entered) throw new Error('nothing was entered');
    await emit(tx, { type: OPINION_POSTED, tenantId: consultation.tenantId, payload: { opinionId: entered.opinionId, consultationId } });
    recordAudit(tx, {
      action: 'consultation.opinion_registered', subjectType: 'opinion', subjectId: entered.opinionId, tenantId: consultation.tenantId,
      details: { consultationId, channel: entry.channel, arrivedOn: entry.arrivedOn },
    });
    return entered;
  }

  /** What this form made before, where its button was pressed twice. */
  private async again(tx: TenantTx, consultationId: string, entry: Entry, key: string): Promise<Entered | null> {
    const earlier = await opinions.findOne(tx, { consultationId, idempotencyKey: sha256Hex(key) });
    if (!earlier) return null;
    const same = (['channel', 'text', 'stance', 'clauseId', 'quote', 'authorKind', 'authorName'] as const).every((part) => earlier[part] === entry[part]);
    if (!same) throw DomainError.conflict('consultation:error.keyReused');
    return { opinionId: earlier.id, receiptNo: earlier.receiptNo };
  }
}

import { provisionsOf } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { circulationArticle } from '../domain/articles';
import { type OpinionInput, replyFaults, type ReplyStance } from '../domain/circulation';
import { placeOf } from '../domain/text';
import { GRANTS } from '../drafting.access';
import type { ReplyRow } from '../persistence/circulation.entity';
import { replies, replyOpinions } from '../persistence/repositories';
import { askedAtHand, assertOnItsWay, type CirculationAtHand } from './circulation-at-hand';

export interface ReplyInput {
  stance: ReplyStance;
  statement?: string | undefined;
  opinions: readonly OpinionInput[];
  /** `rowVersion` of the reply as the person saw it; 0 where there was none. */
  seen: number;
}

const QUOTE = 60;

/** Drafts the reply of an asked department. Whoever saves it had a hand in it, and does not sign it. */
@Injectable()
export class SaveReply {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, circulationId: string, input: ReplyInput): Promise<{ id: string; rowVersion: number }> {
    return this.unitOfWork.run(actor, (tx) => this.save(tx, circulationId, input));
  }

  private async save(tx: TenantTx, circulationId: string, { stance, statement = '', opinions, seen }: ReplyInput): Promise<{ id: string; rowVersion: number }> {
    const hand = await askedAtHand(tx, circulationId);
    const { policy } = hand;
    if (!tx.actor.roles.some((role) => (GRANTS['drafting.reply'] as readonly string[]).includes(role))) throw DomainError.forbidden();
    assertOnItsWay(policy);
    const faults = replyFaults(stance, opinions);
    if (faults[0]) throw new DomainError('invalid', faults[0].key, { fields: faults, article: circulationArticle(policy.kind) });
    const [tenantId, me] = [tx.actor.tenantId ?? '', tx.actor.accountId ?? ''];
    const known = await replies.findOne(tx, { circulationId, tenantId });
    const before = known && (await replies.lockForUpdate(tx, known.id));
    if (before?.signedAt) throw new DomainError('conflict', 'circulation:error.signed', { article: circulationArticle(policy.kind) });
    if ((before?.rowVersion ?? 0) !== seen) throw DomainError.conflict('common:error.changedMeanwhile');
    const content = { stance, statement: statement.trim(), draftedBy: me, draftedAt: tx.at, drafters: [...new Set([...(before?.drafters ?? []), me])] };
    const id = before?.id ?? newId();
    if (before) await replies.updateVersioned(tx, id, seen, content);
    else await this.insertFirst(tx, hand, id, content);
    await this.writeOpinions(tx, hand, id, opinions);
    recordAudit(tx, { action: 'drafting.reply_saved', subjectType: 'circulation_reply', subjectId: id, tenantId, details: { circulationId, stance, opinions: opinions.length } });
    return { id, rowVersion: seen + 1 };
  }

  /** The first of two who begin at once; the other is told. */
  private async insertFirst(tx: TenantTx, { circulation }: CirculationAtHand, id: string, reply: Pick<ReplyRow, 'stance' | 'statement' | 'draftedBy' | 'draftedAt' | 'drafters'>): Promise<void> {
    const made = await tx.query(
      `INSERT INTO circulation_reply (city_id, id, tenant_id, owner_tenant_id, circulation_id, stance, statement, drafted_by, drafted_at, drafters)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (city_id, circulation_id, tenant_id) DO NOTHING RETURNING id`,
      [tx.cityId, id, tx.actor.tenantId, circulation.tenantId, circulation.id, reply.stance, reply.statement, reply.draftedBy, reply.draftedAt, reply.drafters]);
    if (made.length === 0) throw DomainError.conflict('common:error.changedMeanwhile');
  }

  private async writeOpinions(tx: TenantTx, { circulation }: CirculationAtHand, replyId: string, opinions: readonly OpinionInput[]): Promise<void> {
    const provisions = await provisionsOf(tx, circulation.versionId);
    const clauses = new Map(provisions.map((clause) => [clause.identity, clause]));
    if (opinions.some(({ identity }) => identity !== '' && !clauses.has(identity))) {
      throw DomainError.invalid('circulation:error.noSuchClause', [{ field: 'opinionText', key: 'circulation:error.noSuchClause' }]);
    }
    await tx.query('DELETE FROM circulation_opinion WHERE city_id = $1 AND reply_id = $2', [tx.cityId, replyId]);
    await replyOpinions.insertMany(tx, opinions.map(({ identity, text }, index) => {
      const clause = clauses.get(identity);
      return {
        id: newId(), tenantId: tx.actor.tenantId ?? '', ownerTenantId: circulation.tenantId, circulationId: circulation.id, replyId, seq: index + 1,
        clauseIdentity: clause ? identity : null, clauseLabel: clause ? placeOf(provisions, clause) : '', quote: [...(clause?.text ?? '')].slice(0, QUOTE).join(''), text: text.trim(),
      };
    }));
  }
}

import { type Actor, DomainError, isId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { consultations } from '../persistence/repositories';
import { requireCurrentCluster } from '../queries/current-cluster';
import type { AnswerInput } from './answer-content';
import { giveAnswer } from './give-answer';

export interface ClusterAnswerInput extends AnswerInput {
  /** Members that do not get it: their opinions are the author's own after all. */
  leaveOut?: readonly string[];
  /** How many members had no answer when the person looked: those who get it and those left out. */
  seen: number;
}

/**
 * Gives one answer to the members of a cluster that have none: to each opinion a row of its own, which a second person approves like any other. All or nothing.
 * Members that are answered already keep what they have.
 */
@Injectable()
export class AnswerCluster {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Members never change, answers are never deleted and what was taken back stays so: the members without an answer only become fewer: the same number as the person saw means the same opinions.
   *
   * @throws DomainError conflict `clusters:error.replaced` for a cluster of an earlier run, `clusters:error.answeredMeanwhile` where fewer are left than were seen;
   *   invalid `clusters:error.nobody` where all are left out; as `AnswerOpinion` for the answer itself
   */
  run(actor: Actor, clusterId: string, input: ClusterAnswerInput): Promise<{ answered: number }> {
    return this.unitOfWork.run(actor, (tx) => this.answer(tx, clusterId, input));
  }

  private async answer(tx: TenantTx, clusterId: string, { leaveOut = [], seen, ...input }: ClusterAnswerInput): Promise<{ answered: number }> {
    const { consultationId } = await requireCurrentCluster(tx, clusterId);
    const consultation = await consultations.lockForShare(tx, consultationId);
    assertCan(tx.actor, 'consultation.answer', consultation);
    if (consultation.state === 'result_published') throw DomainError.conflict('consultation:error.resultIsOut');
    const left = new Set(leaveOut);
    await requireMembers(tx, clusterId, [...left]);
    const waiting = await lockWaiting(tx, clusterId);
    if (waiting.length !== seen) throw DomainError.conflict('clusters:error.answeredMeanwhile', { count: waiting.length });
    const receiving = waiting.filter((id) => !left.has(id));
    if (receiving.length === 0) throw DomainError.invalid('clusters:error.nobody', [{ field: 'leaveOut', key: 'clusters:error.nobody' }]);
    const { disposition, adoptedIdentity } = await giveAnswer(tx, consultation, receiving, input);
    recordAudit(tx, {
      action: 'consultation.cluster_answered', subjectType: 'opinion_cluster', subjectId: clusterId,
      details: { disposition, adoptedIdentity, opinions: receiving, leftOut: waiting.length - receiving.length },
    });
    return { answered: receiving.length };
  }
}

async function requireMembers(tx: TenantTx, clusterId: string, opinionIds: readonly string[]): Promise<void> {
  if (opinionIds.length === 0) return;
  const known = opinionIds.every(isId)
    ? await tx.query('SELECT 1 FROM opinion_cluster_member WHERE city_id = $1 AND cluster_id = $2 AND opinion_id = ANY($3::uuid[])', [tx.cityId, clusterId, opinionIds])
    : [];
  if (known.length !== opinionIds.length) throw DomainError.notFound();
}

/** The members without an answer that their authors did not take back, locked: who answers one of them, or the cluster, at the same time comes after. */
async function lockWaiting(tx: TenantTx, clusterId: string): Promise<string[]> {
  await tx.query(
    `SELECT 1 FROM opinion_cluster_member m JOIN opinion o ON o.city_id = m.city_id AND o.id = m.opinion_id
     WHERE m.city_id = $1 AND m.cluster_id = $2 ORDER BY o.id FOR UPDATE OF o`, [tx.cityId, clusterId]);
  // A statement of its own, as the one above may have waited and still sees what was before.
  const waiting = await tx.query<{ id: string }>(
    `SELECT m.opinion_id AS id FROM opinion_cluster_member m JOIN opinion o ON o.city_id = m.city_id AND o.id = m.opinion_id LEFT JOIN opinion_answer a ON a.city_id = m.city_id AND a.opinion_id = m.opinion_id
     WHERE m.city_id = $1 AND m.cluster_id = $2 AND a.id IS NULL AND o.moderation <> 'withdrawn' ORDER BY m.opinion_id`, [tx.cityId, clusterId]);
  return waiting.map(({ id }) => id);
}

import { type Actor, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { consultations } from '../persistence/repositories';
import { clusterAnswers } from '../queries/cluster-answers';
import { requireCurrentCluster } from '../queries/current-cluster';
import { ApproveAnswers } from './approve-answers';

/** A second person approves one answer wherever the members of a cluster got it, having read it once. All or none. */
@Injectable()
export class ApproveClusterAnswers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly approveAnswers: ApproveAnswers,
  ) {}

  /**
   * @param read `key` of the answer that was read and how many of its wording were waiting
   * @throws DomainError conflict where it was rewritten or the number is another by now; as `ApproveAnswers`
   */
  run(actor: Actor, clusterId: string, read: { key: string; seen: number }): Promise<{ approved: number }> {
    return this.unitOfWork.run(actor, (tx) => this.approve(tx, clusterId, read));
  }

  private async approve(tx: TenantTx, clusterId: string, { key, seen }: { key: string; seen: number }): Promise<{ approved: number }> {
    const { consultationId } = await requireCurrentCluster(tx, clusterId);
    const consultation = await consultations.lockForShare(tx, consultationId);
    assertCan(tx.actor, 'consultation.approve', consultation);
    // Nobody rewrites what is being approved.
    await tx.query(
      `SELECT 1 FROM opinion_cluster_member m JOIN opinion_answer a ON a.city_id = m.city_id AND a.opinion_id = m.opinion_id
       WHERE m.city_id = $1 AND m.cluster_id = $2 AND a.approved_at IS NULL ORDER BY a.id FOR UPDATE OF a`, [tx.cityId, clusterId]);
    const answer = (await clusterAnswers(tx, clusterId)).find((one) => one.key === key);
    if (!answer || answer.pendingIds.length !== seen) throw DomainError.conflict('common:error.changedMeanwhile');
    return this.approveAnswers.within(tx, consultationId, answer.pendingIds);
  }
}

import { LifeCycle, policies } from '@core/policy';
import { type Actor, canonicalJson, DomainError, sha256Hex } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { assertCan } from '../consultation.access';
import { RESULT_PUBLISHED, type ResultPublished } from '../consultation.events';
import { type Counted, type ResultFigures, resultFigures } from '../domain/figures';
import { requiredText } from '../domain/opinion-text';
import { CONSULTATION } from '../domain/transitions';
import { consultations } from '../persistence/repositories';
import { publishQuestionnaireResults } from './publish-questionnaire-results';

const MAX_RESULT = 5000;

/** Publishes what became of a consultation: every answer at once, the figures, and what the department makes of it. */
@Injectable()
export class PublishResult {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  /** Refuses while one opinion, shown or hidden, has no approved answer; a withdrawn one wants none (优化营商环境条例§62: the adoption is told). */
  run(actor: Actor, consultationId: string, input: { text: string }): Promise<ResultFigures> {
    return this.unitOfWork.run(actor, (tx) => this.publish(tx, consultationId, input));
  }

  private async publish(tx: TenantTx, consultationId: string, input: { text: string }): Promise<ResultFigures> {
    const { policyId } = await consultations.require(tx, consultationId);
    const policy = await policies.lockForUpdate(tx, policyId);
    const consultation = await consultations.lockForUpdate(tx, consultationId);
    assertCan(tx.actor, 'consultation.publish_result', consultation);
    CONSULTATION.require('publish_result', consultation.state);
    const resultText = requiredText(input.text, 'text', MAX_RESULT);
    const groups = await tx.query<Counted & { count: number; approved: boolean }>(
      `SELECT o.moderation, a.disposition, o.stance, o.author_kind AS "authorKind", a.approved_at IS NOT NULL AS approved, count(*)::integer AS count
       FROM opinion o LEFT JOIN opinion_answer a ON a.city_id = o.city_id AND a.opinion_id = o.id
       WHERE o.city_id = $1 AND o.consultation_id = $2 GROUP BY 1, 2, 3, 4, 5`, [tx.cityId, consultation.id]);
    const waiting = groups.filter((group) => !group.approved && group.moderation !== 'withdrawn').reduce((sum, group) => sum + group.count, 0);
    if (waiting > 0) {
      const article = consultation.basis.rules[0]?.source.zh;
      throw new DomainError('conflict', 'consultation:error.notAllAnswered', { params: { count: waiting }, ...(article ? { article } : {}) });
    }
    const figures = resultFigures(groups);
    await tx.query('UPDATE opinion_answer SET published_at = $3 WHERE city_id = $1 AND consultation_id = $2', [tx.cityId, consultation.id, tx.at]);
    await consultations.update(tx, consultation.id, {
      state: 'result_published', resultText, resultFigures: figures, resultPublishedAt: tx.at, rowVersion: consultation.rowVersion + 1,
    });
    await publishQuestionnaireResults(tx, consultation.id);
    await this.lifeCycle.record(tx, policy, 'consultation_result_published', {
      details: { consultationId: consultation.id, ...figures, textHash: sha256Hex(canonicalJson(resultText)) },
    });
    const payload: ResultPublished = { consultationId: consultation.id, policyId: policy.id };
    await emit(tx, { type: RESULT_PUBLISHED, tenantId: consultation.tenantId, payload });
    recordAudit(tx, { action: 'consultation.result_published', subjectType: 'consultation', subjectId: consultation.id, details: { received: figures.received } });
    return figures;
  }
}

import { newId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { ConsultationRow } from '../persistence/consultation.entity';
import { type AnswerContent, answerContent, type AnswerInput } from './answer-content';

/** One answer as a row for each of these opinions, which the transaction has locked and none of which has one. */
export async function giveAnswer(tx: TenantTx, consultation: ConsultationRow, receiving: readonly string[], input: AnswerInput): Promise<AnswerContent> {
  const content = await answerContent(tx, consultation.policyId, input);
  const { disposition, reason, adoptedIdentity, answeredBy, answeredAt } = content;
  await tx.query(
    `INSERT INTO opinion_answer (city_id, tenant_id, consultation_id, id, opinion_id, disposition, reason, adopted_identity, answered_by, answered_at)
     SELECT $1, $2, $3, a.id, a.opinion_id, $6, $7, $8, $9, $10 FROM unnest($4::uuid[], $5::uuid[]) AS a (id, opinion_id)`,
    [tx.cityId, consultation.tenantId, consultation.id, receiving.map(() => newId()), receiving, disposition, reason, adoptedIdentity, answeredBy, answeredAt]);
  return content;
}

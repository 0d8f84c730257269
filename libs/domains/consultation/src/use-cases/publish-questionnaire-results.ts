import { QUESTIONNAIRE_COLUMNS, type QuestionnaireRow } from '@core/questionnaire';
import type { TenantTx } from '@platform/persistence';
import { questionnaireResults } from '../queries/questionnaires';

/** Fixes what the questionnaires of a consultation say, for everybody, in the transaction that publishes its result. */
export async function publishQuestionnaireResults(tx: TenantTx, consultationId: string): Promise<void> {
  const rows = await tx.query<QuestionnaireRow>(
    `SELECT ${QUESTIONNAIRE_COLUMNS} FROM consultation_questionnaire l JOIN questionnaire q ON q.city_id = l.city_id AND q.id = l.questionnaire_id
     WHERE l.city_id = $1 AND l.consultation_id = $2 AND l.is_public`, [tx.cityId, consultationId]);
  for (const row of rows) {
    const results = await questionnaireResults(tx, consultationId, row);
    await tx.query('UPDATE consultation_questionnaire SET results = $3 WHERE city_id = $1 AND questionnaire_id = $2', [tx.cityId, row.id, JSON.stringify(results)]);
  }
}

import type { TenantTx } from '@platform/persistence';
import type { DrawnStratum } from '../domain/survey/draw';
import type { AnsweredStratum } from '../domain/survey/estimate';
import { newId } from '@platform/kernel';

/** Rows of invitations in one statement. */
const BATCH = 500;

/** Writes down a draw: each stratum with its frame, and an invitation for each unit that was drawn. */
export async function recordDraw(tx: TenantTx, survey: { id: string; tenantId: string }, strata: readonly DrawnStratum[]): Promise<void> {
  for (const { no, values, frame, sample } of strata) {
    await tx.query(
      `INSERT INTO evaluation_survey_stratum (city_id, survey_id, no, tenant_id, profile, frame, frame_size, sample_size) VALUES ($1, $2, $3, $4, $5, $6::uuid[], $7, $8)`,
      [tx.cityId, survey.id, no, survey.tenantId, JSON.stringify(values), frame, frame.length, sample.length]);
    for (let at = 0; at < sample.length; at += BATCH) {
      const part = sample.slice(at, at + BATCH);
      const places = part.map((_id, row) => `($1, $${5 + 2 * row}, $2, $3, $4, $${6 + 2 * row})`);
      await tx.query(
        `INSERT INTO evaluation_survey_invitation (city_id, id, tenant_id, survey_id, stratum_no, enterprise_id) VALUES ${places.join(', ')}`,
        [tx.cityId, survey.tenantId, survey.id, no, ...part.flatMap((enterpriseId) => [newId(), enterpriseId])]);
    }
  }
}

export interface StratumRow extends AnsweredStratum {
  values: (string | null)[];
  inclusion: number;
}

/** The strata of a survey that was drawn, with how many of each have answered. */
export const strataOf = (tx: TenantTx, surveyId: string): Promise<StratumRow[]> =>
  tx.query<StratumRow>(
    `SELECT s.no, s.profile AS "values", s.frame_size AS frame, s.sample_size AS drawn, s.inclusion,
       (SELECT count(*)::int FROM evaluation_survey_invitation i WHERE i.city_id = $1 AND i.survey_id = $2 AND i.stratum_no = s.no AND i.answered) AS answered
     FROM evaluation_survey_stratum s WHERE s.city_id = $1 AND s.survey_id = $2 ORDER BY s.no`, [tx.cityId, surveyId]);

/** Accounts of the enterprises that were drawn and have not answered: who can be told within the product. */
export const waitingAccounts = (tx: TenantTx, surveyId: string): Promise<{ accountId: string }[]> =>
  tx.query<{ accountId: string }>(
    `SELECT a.id AS "accountId" FROM evaluation_survey_invitation i JOIN account a ON a.city_id = i.city_id AND a.enterprise_id = i.enterprise_id AND a.disabled_at IS NULL
     WHERE i.city_id = $1 AND i.survey_id = $2 AND NOT i.answered ORDER BY a.id`, [tx.cityId, surveyId]);

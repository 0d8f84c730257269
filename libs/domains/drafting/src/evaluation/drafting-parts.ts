import type { InvolvementSource } from '@core/policy';

/** Whoever had a hand in the text; and whoever argued for it as an expert, or assessed its risks, before the decision. */
export const draftingParts: InvolvementSource = {
  key: 'drafting',
  async partOf(tx, policyIds, accountId) {
    const [row] = await tx.query<{ drafted: boolean; assessed: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM policy_drafter WHERE city_id = $1 AND policy_id = ANY ($2::uuid[]) AND account_id = $3) AS drafted,
         EXISTS (SELECT 1 FROM docket_expert WHERE city_id = $1 AND policy_id = ANY ($2::uuid[]) AND account_id = $3 AND signed_at IS NOT NULL)
         OR EXISTS (SELECT 1 FROM docket WHERE city_id = $1 AND policy_id = ANY ($2::uuid[]) AND reviewer_id = $3 AND signed_at IS NOT NULL
           AND kind IN ('expert_argument', 'risk_assessment')) AS assessed`, [tx.cityId, policyIds, accountId]);
    return row?.drafted ? 'drafted' : row?.assessed ? 'assessed' : null;
  },
};

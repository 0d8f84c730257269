import type { Explanation } from '@core/policy';
import type { PublicReader } from '@platform/persistence';

/** The released interpretations of these policies; a picture is told by its words, as for those who do not see it. */
export const explanations = (reader: PublicReader, cityId: string, policyIds: readonly string[]): Promise<Explanation[]> =>
  reader.query<Explanation>(
    `SELECT policy_id AS "policyId", title, CASE kind WHEN 'text' THEN body ELSE alt_text END AS text FROM interpretation_material
     WHERE city_id = $1 AND policy_id = ANY ($2::uuid[]) AND state = 'released' ORDER BY policy_id, kind DESC, id`, [cityId, policyIds]);

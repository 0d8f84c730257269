import type { EvidenceSource } from '@core/policy';

/** What explains a policy, and how much of it is explained: the share of its articles that a released text or picture names. Who read it is not counted anywhere, so it is not told. */
export const interpretationEvidence: EvidenceSource = {
  key: 'interpretation',
  async gather(tx, policyId) {
    const [row] = await tx.query<{ texts: number; pictures: number; articles: number; explained: number }>(
      `WITH released AS (SELECT kind, clause_identities FROM interpretation_material WHERE city_id = $1 AND policy_id = $2 AND state = 'released'),
         articles AS (SELECT o.identity FROM provision o JOIN policy p ON p.city_id = o.city_id AND p.current_version_id = o.version_id WHERE o.city_id = $1 AND p.id = $2 AND o.kind = 'article')
       SELECT (SELECT count(*) FILTER (WHERE kind = 'text') FROM released)::int AS texts, (SELECT count(*) FILTER (WHERE kind = 'picture') FROM released)::int AS pictures,
         (SELECT count(*) FROM articles)::int AS articles, (SELECT count(*) FROM articles a WHERE EXISTS (SELECT 1 FROM released r WHERE a.identity = ANY (r.clause_identities)))::int AS explained`,
      [tx.cityId, policyId]);
    const { texts = 0, pictures = 0, articles = 0, explained = 0 } = row ?? {};
    return [
      { key: 'texts', value: texts, unit: 'count' }, { key: 'pictures', value: pictures, unit: 'count' },
      { key: 'explained', value: articles > 0 ? Math.round((100 * explained) / articles) : null, unit: 'percent' },
    ];
  },
};

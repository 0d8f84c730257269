import type { EvidenceSource } from '@core/policy';

/**
 * The opinions on a policy's drafts and what became of them; of the whole making of the policy, for people are asked before it is in force. As voices
 * count those whose author was not, or not wholly, followed: they may still disagree.
 */
export const opinionEvidence: EvidenceSource = {
  key: 'consultation',
  async gather(tx, policyId) {
    const [row] = await tx.query<Record<'consultations' | 'received' | 'adopted' | 'partly' | 'notAdopted' | 'unanswered', number> & { days: number | null }>(
      `SELECT count(DISTINCT c.id)::int AS consultations, count(o.id)::int AS received, count(*) FILTER (WHERE a.disposition = 'adopted')::int AS adopted,
         count(*) FILTER (WHERE a.disposition = 'partly')::int AS partly, count(*) FILTER (WHERE a.disposition = 'not_adopted')::int AS "notAdopted",
         count(*) FILTER (WHERE o.id IS NOT NULL AND a.approved_at IS NULL)::int AS unanswered,
         round(avg(extract(epoch FROM a.approved_at - o.received_at) / 86400))::int AS days
       FROM consultation c LEFT JOIN opinion o ON o.city_id = c.city_id AND o.consultation_id = c.id AND o.moderation <> 'withdrawn'
       LEFT JOIN opinion_answer a ON a.city_id = o.city_id AND a.opinion_id = o.id WHERE c.city_id = $1 AND c.policy_id = $2`, [tx.cityId, policyId]);
    // Where nobody was asked there is nothing to count.
    const asked = (row?.consultations ?? 0) > 0;
    const count = (key: 'received' | 'adopted' | 'partly' | 'notAdopted' | 'unanswered') => ({ key, value: asked ? row?.[key] ?? null : null, unit: 'count' as const });
    return [
      { key: 'consultations', value: row?.consultations ?? 0, unit: 'count' }, count('received'), count('adopted'), count('partly'), count('notAdopted'), count('unanswered'),
      { key: 'daysToAnswer', value: row?.days ?? null, unit: 'days' },
    ];
  },
  voices: (tx, departmentId, since) => tx.query<{ policyId: string; count: number }>(
    `SELECT c.policy_id AS "policyId", count(*)::int AS count FROM opinion_answer a
     JOIN opinion o ON o.city_id = a.city_id AND o.id = a.opinion_id AND o.moderation <> 'withdrawn'
     JOIN consultation c ON c.city_id = o.city_id AND c.id = o.consultation_id JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id AND p.state = 'published'
     WHERE a.city_id = $1 AND ($2::uuid IS NULL OR c.tenant_id = $2) AND a.disposition IN ('not_adopted', 'partly') AND o.received_at >= $3 GROUP BY 1`, [tx.cityId, departmentId, since]),
};

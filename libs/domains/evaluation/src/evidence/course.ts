import type { EvidenceSource } from '@core/policy';

/** The policy's own course, from the spine: days in force within the time, days from its plan to its publication, and how many versions its text took. */
export const courseEvidence: EvidenceSource = {
  key: 'course',
  async gather(tx, policyId, { from, to }) {
    const [row] = await tx.query<{ inForce: number | null; toPublish: number | null; versions: number }>(
      `SELECT greatest(0, least($4::date, coalesce(p.effective_to, $4::date), coalesce(p.ended_on - 1, $4::date)) - greatest($3::date, p.effective_from) + 1) AS "inForce",
         (p.published_at AT TIME ZONE 'Asia/Shanghai')::date - (SELECT (min(l.at)::timestamptz AT TIME ZONE 'Asia/Shanghai')::date FROM life_cycle_event l WHERE l.city_id = $1 AND l.policy_id = p.id) AS "toPublish",
         (SELECT count(*) FROM policy_version v WHERE v.city_id = $1 AND v.policy_id = p.id AND v.state = 'submitted')::int AS versions
       FROM policy p WHERE p.city_id = $1 AND p.id = $2`, [tx.cityId, policyId, from, to]);
    return [
      { key: 'inForce', value: row?.inForce ?? null, unit: 'days' }, { key: 'toPublish', value: row?.toPublish ?? null, unit: 'days' }, { key: 'versions', value: row?.versions ?? null, unit: 'count' },
    ];
  },
};

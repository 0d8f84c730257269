import { isTrial, lastDayOfYears, type MeasureCase, type MeasureFrame, type MeasureSource, monthsBefore, type PolicyKind, rulePack } from '@core/policy';
import type { IsoDate } from '@platform/kernel';

interface Row {
  id: string;
  tenantId: string;
  title: string;
  kind: PolicyKind;
  rulePack: string;
  effectiveFrom: IsoDate;
  effectiveTo: IsoDate | null;
  /** The last decision on its time in force: its publication or an extension. */
  since: IsoDate;
  /** Whether a report was published after that decision. */
  evaluated: boolean;
  /** Whether one was published at all, and the day that the last one set for the next. */
  reported: boolean;
  reviewOn: IsoDate | null;
  /** A clean-up has declared that it lapses. */
  lapsing: boolean;
}

interface Standing {
  why: string;
  /** The day after which it is past. */
  limit: IsoDate | null;
  article: string;
}

/** What a document in force is past of on a day, the first reason that applies; `upToDate` where nothing is. */
function standingOf(row: Row, { day, rule }: MeasureFrame): Standing {
  if (row.lapsing) return { why: 'upToDate', limit: row.effectiveTo, article: '' };
  if (row.reviewOn !== null && row.reviewOn < day) return { why: 'reviewPassed', limit: row.reviewOn, article: '' };
  const validity = rule('nrd.validity', day, row.tenantId);
  if (row.effectiveTo !== null && validity) {
    const limit = monthsBefore(row.effectiveTo, validity.value.assess_before_m);
    if (limit < day && row.since < limit && !row.evaluated) return { why: 'endNear', limit, article: validity.source.zh };
  }
  const { validity: named } = rulePack(row.rulePack).kinds[row.kind];
  const longest = named && rule(named.parameter, day, row.tenantId);
  if (row.effectiveTo === null && longest && !row.reported) {
    const limit = lastDayOfYears(row.effectiveFrom, isTrial(row.title) ? longest.value.trial_y : longest.value.y);
    if (limit < day) return { why: 'tooOld', limit, article: longest.source.zh };
  }
  return { why: 'upToDate', limit: row.reviewOn ?? row.effectiveTo, article: '' };
}

/**
 * Documents in force on the last day of the period, or today while it runs, and which of them are stale: past the day that the last report set for their review, past the day by
 * which their end asks for an evaluation, or without an end and older than the rule allows, and nobody has decided. As things were known on that day.
 */
export const documentsCurrent: MeasureSource = {
  key: 'evaluation.current',
  async cases(tx, frame) {
    const rows = await tx.query<Row>(
      `SELECT p.id, p.tenant_id AS "tenantId", p.title, p.kind, c.rule_pack AS "rulePack", p.effective_from::text AS "effectiveFrom", e.end_on::text AS "effectiveTo",
         (e.since AT TIME ZONE 'Asia/Shanghai')::date::text AS since, coalesce(r.published_at > e.since, false) AS evaluated, r.published_at IS NOT NULL AS reported, r.next_review_on::text AS "reviewOn",
         EXISTS (SELECT 1 FROM validity_change v WHERE v.city_id = $1 AND v.policy_id = p.id AND v.kind = 'lapsed' AND v.known_at < $4) AS lapsing
       FROM policy p JOIN city c ON c.id = p.city_id
       LEFT JOIN LATERAL (SELECT true AS moved, v.previous_to FROM validity_change v WHERE v.city_id = $1 AND v.policy_id = p.id AND v.kind IN ('extended', 'lapsed') AND v.known_at >= $4 ORDER BY v.known_at, v.previous_to, v.id LIMIT 1) m ON true
       CROSS JOIN LATERAL (SELECT CASE WHEN m.moved THEN m.previous_to ELSE p.effective_to END AS end_on,
         coalesce((SELECT max(v.known_at) FROM validity_change v WHERE v.city_id = $1 AND v.policy_id = p.id AND v.kind = 'extended' AND v.known_at < $4), p.published_at) AS since) e
       LEFT JOIN LATERAL (SELECT x.published_at, x.next_review_on FROM evaluation_report x WHERE x.city_id = $1 AND x.policy_id = p.id AND x.state = 'published' AND x.published_at < $4
         ORDER BY x.published_at DESC, x.id DESC LIMIT 1) r ON true
       WHERE p.city_id = $1 AND p.published_at < $4 AND p.effective_from <= $3::date AND (p.ended_on IS NULL OR p.ended_on > $3::date) AND (e.end_on IS NULL OR e.end_on >= $3::date)
         AND ($2::uuid IS NULL OR p.tenant_id = $2)`, [tx.cityId, frame.departmentId, frame.day, frame.ends]);
    return rows.map((row): MeasureCase => {
      const { why, limit, article } = standingOf(row, frame);
      return {
        key: `current/${row.id}`, measure: 'current', what: 'inForce', departmentId: row.tenantId, policyId: row.id, title: row.title, href: `/console/ledger/${row.id}`,
        from: row.effectiveFrom, limit, done: null, state: why === 'upToDate' ? 'met' : 'missed', why, article,
      };
    });
  },
};

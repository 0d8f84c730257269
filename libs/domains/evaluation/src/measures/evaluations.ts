import { type MeasureCase, type MeasureFrame, type MeasureSource, monthsBefore, timeliness } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

interface Owed {
  key: string;
  tenantId: string;
  policyId: string;
  title: string;
  from: IsoDate;
  limit: IsoDate;
  done: IsoDate | null;
}

const caseOf = (row: Owed, what: string, article: string, today: IsoDate): MeasureCase => ({
  key: row.key, measure: 'evaluation', what, departmentId: row.tenantId, policyId: row.policyId, title: row.title, href: `/console/policies/${row.policyId}/evaluation`,
  from: row.from, limit: row.limit, done: row.done, ...timeliness(row.limit, row.done, today), article,
});

/** Reviews that a published report set for a day of the period, of policies that were in force on that day; done by the next published report. */
async function reviewsSet(tx: TenantTx, { from, to, departmentId, today }: MeasureFrame): Promise<MeasureCase[]> {
  const rows = await tx.query<Owed>(
    `SELECT 'review/' || r.id AS key, r.tenant_id AS "tenantId", r.policy_id AS "policyId", p.title, (r.published_at AT TIME ZONE 'Asia/Shanghai')::date::text AS from, r.next_review_on::text AS limit,
       (SELECT (min(n.published_at) AT TIME ZONE 'Asia/Shanghai')::date::text FROM evaluation_report n
        WHERE n.city_id = $1 AND n.policy_id = r.policy_id AND n.state = 'published' AND n.published_at > r.published_at) AS done
     FROM evaluation_report r JOIN policy p ON p.city_id = r.city_id AND p.id = r.policy_id
     WHERE r.city_id = $1 AND r.state = 'published' AND r.next_review_on BETWEEN $3::date AND $4::date AND ($2::uuid IS NULL OR r.tenant_id = $2)
       AND (p.ended_on IS NULL OR p.ended_on > r.next_review_on) AND (p.effective_to IS NULL OR p.effective_to >= r.next_review_on)`, [tx.cityId, departmentId, from, to]);
  return rows.map((row) => caseOf(row, 'review', '', today));
}

interface End extends Omit<Owed, 'limit' | 'from'> {
  /** The last decision on the policy's time in force before this end: its publication or an extension. */
  since: IsoDate;
  /** The last day in force, as it was then. */
  endOn: IsoDate;
  endedOn: IsoDate | null;
}

/** Furthest that a city may ask for an evaluation ahead of the end, in months (the leeway of `nrd.validity`). */
const FURTHEST_MONTHS = 24;

/** The declaration of a clean-up that the policy `p` lapses. */
const DECLARED = `SELECT d.effect_on, d.previous_to FROM validity_change d WHERE d.city_id = $1 AND d.policy_id = p.id AND d.kind = 'lapsed' ORDER BY d.known_at DESC LIMIT 1`;

/**
 * Policies with a last day that had to be evaluated so many months before it. An extension is a decision with an evaluation behind it: each end that a policy has had is a case of
 * its own, and a report counts for the end that lay ahead of it. What a clean-up declared to lapse ends on that day, and its end was the one before.
 */
async function evaluationsBeforeEnd(tx: TenantTx, { from, to, day, departmentId, today, rule }: MeasureFrame): Promise<MeasureCase[]> {
  const rows = await tx.query<End>(
    `SELECT 'ending/' || x.policy_id || '/' || x.end_on AS key, x.tenant_id AS "tenantId", x.policy_id AS "policyId", x.title, (x.since AT TIME ZONE 'Asia/Shanghai')::date::text AS since, x.end_on::text AS "endOn",
       x.ended_on::text AS "endedOn", (SELECT (min(r.published_at) AT TIME ZONE 'Asia/Shanghai')::date::text FROM evaluation_report r
         WHERE r.city_id = $1 AND r.policy_id = x.policy_id AND r.state = 'published' AND r.published_at > x.since) AS done
     FROM (
       SELECT p.tenant_id, p.id AS policy_id, p.title, coalesce(p.ended_on, l.effect_on) AS ended_on, CASE WHEN l.effect_on IS NULL THEN p.effective_to ELSE l.previous_to END AS end_on,
         coalesce((SELECT max(v.known_at) FROM validity_change v WHERE v.city_id = $1 AND v.policy_id = p.id AND v.kind = 'extended'), p.published_at) AS since
       FROM policy p LEFT JOIN LATERAL (${DECLARED}) l ON true WHERE p.city_id = $1 AND p.published_at IS NOT NULL AND p.effective_to IS NOT NULL
       UNION ALL
       SELECT p.tenant_id, p.id, p.title, coalesce(p.ended_on, (SELECT l.effect_on FROM (${DECLARED}) l)), v.previous_to, coalesce(lag(v.known_at) OVER (PARTITION BY v.policy_id ORDER BY v.known_at), p.published_at)
       FROM validity_change v JOIN policy p ON p.city_id = v.city_id AND p.id = v.policy_id WHERE v.city_id = $1 AND v.kind = 'extended'
     ) x WHERE x.end_on >= $3::date AND x.end_on <= ($4::date + make_interval(months => ${FURTHEST_MONTHS + 1}))::date AND ($2::uuid IS NULL OR x.tenant_id = $2)`, [tx.cityId, departmentId, from, to]);
  return rows.flatMap(({ since, endOn, endedOn, ...row }) => {
    const validity = rule('nrd.validity', day, row.tenantId);
    const limit = validity && monthsBefore(endOn, validity.value.assess_before_m);
    // Ended before its evaluation was due, or made for so short a time that it never was.
    if (!limit || limit < from || limit > to || since >= limit || (endedOn !== null && endedOn <= limit)) return [];
    return [caseOf({ ...row, from: since, limit }, 'ending', validity.source.zh, today)];
  });
}

/** Evaluations that were due in the period and were published by their day. */
export const evaluationsDone: MeasureSource = {
  key: 'evaluation.done',
  cases: async (tx, frame) => [...(await reviewsSet(tx, frame)), ...(await evaluationsBeforeEnd(tx, frame))],
};

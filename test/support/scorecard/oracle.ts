import type { Client } from 'pg';

export interface OracleFigure {
  department: string;
  measure: string;
  met: number;
  counted: number;
}

/** Days off that are no Saturday or Sunday, and Saturdays and Sundays that were worked, from the notices for 2025 and 2026; written down here and nowhere else. */
const OFF = ['2025-01-01', '2025-01-28/2025-02-04', '2025-04-04', '2025-05-01/2025-05-05', '2025-06-02', '2025-10-01/2025-10-08', '2026-01-01/2026-01-02', '2026-02-16/2026-02-23', '2026-04-06', '2026-05-01/2026-05-05',
  '2026-06-19', '2026-09-25', '2026-10-01/2026-10-07'];
const WORKED = ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11', '2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];

/** What a city has set, as the test set it: months before the end by which an evaluation is due, and working days for an interpretation; of one department other than of the rest. */
export interface OracleRules {
  special: string;
  months: { special: number; others: number } | null;
  interpretationDays: { special: number; others: number };
  /** Years that a normative or policy document without an end may be in force, and a trial one, by the rules of the city's province; null where the rule is not confirmed. */
  years: { usual: number; trial: number } | null;
}

const SHANGHAI = (column: string): string => `((${column}) AT TIME ZONE 'Asia/Shanghai')::date`;

/** The figures of every department, from the tables themselves. `now`: the day on which it is asked. */
export async function oracleFigures(client: Client, cityId: string, from: string, to: string, now: string, rules: OracleRules): Promise<OracleFigure[]> {
  const { rows } = await client.query<OracleFigure>(SQL, [
    cityId, from, to, now, OFF, WORKED, rules.special, rules.months?.special ?? null, rules.months?.others ?? null, rules.interpretationDays.special, rules.interpretationDays.others, rules.years?.usual ?? null, rules.years?.trial ?? null,
  ]);
  return rows;
}

/** One row a case: department, measure, whether it is met (null while that cannot be told), then counted. */
const SQL = `
WITH off AS (
  SELECT d::date AS day FROM unnest($5::text[]) s, generate_series(split_part(s, '/', 1)::date, (CASE WHEN s LIKE '%/%' THEN split_part(s, '/', 2) ELSE s END)::date, '1 day') d
), workdays AS (
  SELECT d::date AS day, row_number() OVER (ORDER BY d) AS no FROM generate_series('2025-01-01'::date, '2026-12-31'::date, '1 day') d
  WHERE d::date = ANY ($6::date[]) OR (extract(isodow FROM d) < 6 AND d::date NOT IN (SELECT day FROM off))
), known AS (
  SELECT p.*, ${SHANGHAI('p.published_at')} AS published_on FROM policy p WHERE p.city_id = $1 AND p.published_at IS NOT NULL
), standing_day AS (SELECT least($3::date, $4::date) AS day), standing_end AS (SELECT (($3::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai') AS at),
asked AS (
  SELECT k.tenant_id, 'consultation' AS measure, EXISTS (
    SELECT FROM consultation c WHERE c.city_id = $1 AND c.policy_id = k.id AND c.closed_at <= k.published_at AND c.result_published_at <= k.published_at
      AND NOT EXISTS (SELECT FROM jsonb_array_elements(c.basis -> 'rules') r WHERE (r ->> 'due')::date > ${SHANGHAI("c.closes_at - interval '1 second'")}
        AND NOT ((r ->> 'shortenable')::boolean AND c.shortened_reason IS NOT NULL))) AS met
  FROM known k WHERE k.kind IN ('normative_document', 'major_decision') AND k.published_on BETWEEN $2::date AND $3::date
), dated AS (
  SELECT i.tenant_id, 'limits' AS measure, c.reply_on AS due, ${SHANGHAI('r.signed_at')} AS done FROM circulation_invitation i JOIN circulation c USING (city_id)
    LEFT JOIN circulation_reply r ON r.city_id = $1 AND r.circulation_id = i.circulation_id AND r.tenant_id = i.tenant_id
    WHERE i.city_id = $1 AND c.id = i.circulation_id AND (r.signed_at IS NOT NULL OR c.policy_id NOT IN (SELECT e.policy_id FROM life_cycle_event e
      WHERE e.city_id = $1 AND e.payload::jsonb ->> 'to' = 'withdrawn' AND ${SHANGHAI("(e.payload::jsonb ->> 'at')::timestamptz")} <= c.reply_on))
  UNION ALL
  SELECT coalesce(k.reviewer_tenant_id, k.tenant_id), 'limits', k.due_on, ${SHANGHAI('k.signed_at')} FROM docket k
    WHERE k.city_id = $1 AND k.due_on IS NOT NULL AND k.due_on IS DISTINCT FROM k.min_due_on AND (k.signed_at IS NOT NULL OR (SELECT count(*) FROM life_cycle_event e
      WHERE e.city_id = $1 AND e.policy_id = k.policy_id AND e.payload::jsonb ->> 'to' IN ('drafting', 'withdrawn') AND (e.payload::jsonb ->> 'at')::timestamptz > k.opened_at
        AND ${SHANGHAI("(e.payload::jsonb ->> 'at')::timestamptz")} <= k.due_on) = 0)
  UNION ALL
  SELECT h.tenant_id, 'limits', h.due, CASE WHEN h.missing = 0 THEN h.latest END FROM (
    SELECT e.id, e.tenant_id, ${SHANGHAI('e.starts_at')} - e.materials_days AS due, max(p.delivered_on) AS latest, count(*) FILTER (WHERE p.delivered_on IS NULL) AS missing
    FROM consultation_event e JOIN event_participant p ON p.city_id = $1 AND p.event_id = e.id WHERE e.city_id = $1 AND e.kind = 'hearing' AND e.state <> 'cancelled' AND p.state = 'selected' GROUP BY e.city_id, e.id) h
  UNION ALL
  SELECT a.tenant_id, 'limits', a.due_on, ${SHANGHAI('a.decided_at')} FROM opinion_appeal a WHERE a.city_id = $1 AND a.decider = 'department_head' AND (a.decided_at IS NOT NULL OR a.opinion_id IN (
    SELECT o.id FROM opinion o WHERE o.city_id = $1 AND o.moderation = 'hidden' AND o.moderated_at = a.hidden_at))
  UNION ALL
  SELECT f.tenant_id, 'conclusions', to_date((coalesce(f.plan_year, date_part('year', ${SHANGHAI('f.opened_at')})::integer + 1))::text || '1231', 'YYYYMMDD'), ${SHANGHAI('f.settled_at')} FROM evaluation_follow_up f WHERE f.city_id = $1
  UNION ALL
  SELECT r.tenant_id, 'evaluation', r.next_review_on, (SELECT min(${SHANGHAI('n.published_at')}) FROM evaluation_report n WHERE n.city_id = $1 AND n.policy_id = r.policy_id AND n.published_at > r.published_at)
    FROM evaluation_report r JOIN known k ON k.id = r.policy_id WHERE r.city_id = $1 AND r.conclusion = 'keep' AND r.state = 'published' AND r.next_review_on < coalesce(k.ended_on, 'infinity') AND r.next_review_on <= coalesce(k.effective_to, 'infinity')
  UNION ALL
  SELECT e.tenant_id, 'evaluation', e.due, (SELECT min(${SHANGHAI('r.published_at')}) FROM evaluation_report r WHERE r.city_id = $1 AND r.policy_id = e.id AND r.state = 'published' AND r.published_at > e.since) FROM (
    SELECT k.id, k.tenant_id, k.ended_on, x.since, (x.last_day - make_interval(months => CASE WHEN k.tenant_id = $7::uuid THEN $8::integer ELSE $9::integer END))::date AS due
    FROM known k CROSS JOIN LATERAL (
      SELECT lag(s.since, 1, k.published_at) OVER (ORDER BY s.since) AS since, s.last_day FROM (
        SELECT v.known_at AS since, v.previous_to AS last_day FROM validity_change v WHERE v.city_id = $1 AND v.policy_id = k.id AND v.kind = 'extended'
        UNION ALL SELECT 'infinity', k.effective_to WHERE k.effective_to IS NOT NULL) s) x) e
    WHERE e.due IS NOT NULL AND ${SHANGHAI('e.since')} < e.due AND coalesce(e.ended_on > e.due, true)
), told AS (
  SELECT k.tenant_id, CASE WHEN i.out_on <= k.published_on THEN true WHEN i.out_on IS NULL THEN CASE WHEN l.day < $4::date THEN false END ELSE i.out_on <= l.day END AS met
  FROM known k LEFT JOIN LATERAL (SELECT min(${SHANGHAI('m.released_at')}) AS out_on FROM interpretation_material m WHERE m.city_id = $1 AND m.policy_id = k.id AND m.released_at IS NOT NULL) i ON true
  LEFT JOIN LATERAL (SELECT w.day FROM workdays w WHERE w.day > k.published_on ORDER BY w.day OFFSET (CASE WHEN k.tenant_id = $7::uuid THEN $10::integer ELSE $11::integer END) - 1 LIMIT 1) l ON true
  WHERE k.published_on BETWEEN $2::date AND $3::date
), in_force AS (
  SELECT k.*, CASE WHEN later.previous_to IS NULL THEN k.effective_to ELSE later.previous_to END AS last_day, coalesce(earlier.at, k.published_at) AS since, last.published_at AS reported_at, last.next_review_on
  FROM known k CROSS JOIN standing_day d CROSS JOIN standing_end e
  LEFT JOIN LATERAL (SELECT v.previous_to FROM validity_change v WHERE v.city_id = $1 AND v.policy_id = k.id AND v.kind = 'extended' AND v.known_at >= e.at ORDER BY v.new_to LIMIT 1) later ON true
  LEFT JOIN LATERAL (SELECT max(v.known_at) AS at FROM validity_change v WHERE v.city_id = $1 AND v.policy_id = k.id AND v.kind = 'extended' AND v.known_at < e.at) earlier ON true
  LEFT JOIN LATERAL (SELECT r.published_at, r.next_review_on FROM evaluation_report r WHERE r.city_id = $1 AND r.policy_id = k.id AND r.state = 'published' AND r.published_at < e.at ORDER BY r.published_at DESC LIMIT 1) last ON true
  WHERE k.published_at < e.at AND k.effective_from <= d.day AND coalesce(k.ended_on > d.day, true)
), stale AS (
  SELECT f.tenant_id, NOT (
    coalesce(f.next_review_on < d.day, false)
    OR coalesce((f.last_day - make_interval(months => m.months))::date < d.day AND ${SHANGHAI('f.since')} < (f.last_day - make_interval(months => m.months))::date AND NOT coalesce(f.reported_at > f.since, false), false)
    OR coalesce(f.kind <> 'major_decision' AND f.last_day IS NULL AND f.reported_at IS NULL AND (f.effective_from + make_interval(years => CASE WHEN f.title ~ '暂行|试行' THEN $13::integer ELSE $12::integer END) - interval '1 day')::date < d.day, false)) AS met
  FROM in_force f CROSS JOIN standing_day d CROSS JOIN LATERAL (SELECT CASE WHEN f.tenant_id = $7::uuid THEN $8::integer ELSE $9::integer END AS months) m WHERE f.last_day IS NULL OR f.last_day >= d.day
), every AS (
  SELECT tenant_id, measure, met FROM asked
  UNION ALL SELECT tenant_id, measure, CASE WHEN done IS NOT NULL THEN done <= due WHEN due < $4::date THEN false END FROM dated WHERE due BETWEEN $2::date AND $3::date
  UNION ALL SELECT tenant_id, 'interpretation', met FROM told
  UNION ALL SELECT tenant_id, 'current', met FROM stale
)
SELECT tenant_id AS department, measure, (count(*) FILTER (WHERE met))::integer AS met, count(*)::integer AS counted FROM every WHERE met IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`;

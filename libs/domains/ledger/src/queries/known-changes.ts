/**
 * What had been decided about policies by the end of a day, and had taken effect on it: SQL over `$1` the city, `$2` the instant at which the day ends, `$3` the day. So what is read of a past day
 * does not change when something is decided later. Where the last day was moved later on, by an extension or by a declaration that the document lapses, the last day of that time is what the
 * first such change set out from, which may have been none.
 */
const COLUMNS = `(array_agg(v.previous_to ORDER BY v.known_at, v.previous_to, v.id) FILTER (WHERE v.kind IN ('extended', 'lapsed') AND v.known_at >= $2))[1] AS earlier_to,
    coalesce(bool_or(v.kind IN ('extended', 'lapsed') AND v.known_at >= $2), false) AS moved_later,
    bool_or(v.kind IN ('abolished', 'replaced') AND v.known_at >= $2) AS ended_later,
    max(v.kind) FILTER (WHERE v.kind IN ('abolished', 'replaced') AND v.known_at < $2) AS ended_by,
    coalesce(bool_or(v.kind = 'extended' AND v.known_at < $2), false) AS extended,
    array_agg(a.document_number ORDER BY v.effect_on, a.document_number) FILTER (WHERE v.kind = 'amended' AND v.effect_on <= $3) AS amended_by,
    jsonb_agg(jsonb_build_object('id', a.id, 'title', a.title, 'number', a.document_number)) FILTER (WHERE v.kind IN ('abolished', 'replaced') AND a.id IS NOT NULL AND v.known_at < $2) -> 0 AS replaced_by,
    jsonb_agg(v.clauses ORDER BY v.effect_on, v.id) FILTER (WHERE v.kind = 'partly_repealed' AND v.effect_on <= $3) AS repealed
  FROM validity_change v LEFT JOIN policy a ON a.city_id = v.city_id AND a.id = v.by_policy_id`;

/** Of one policy, which the statement around it calls `p`. */
export const KNOWN_CHANGES = `SELECT ${COLUMNS} WHERE v.city_id = $1 AND v.policy_id = p.id`;

/** Of all policies of the city, or of those whose id is equal to `ids`, SQL as well; a row for each. */
export const knownChanges = (ids: string): string => `SELECT v.policy_id, ${COLUMNS} WHERE v.city_id = $1 ${ids && `AND v.policy_id = ${ids}`} GROUP BY v.policy_id`;

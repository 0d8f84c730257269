import { type EvaluationSources, type NamedClause } from '@core/policy';
import { chinaDate, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

/** What the system knows of a document that speaks for or against keeping it; its words are `cleanup:hint.<key>`. */
export interface CleanupHint {
  key: 'lapsed' | 'ending' | 'basisEnded' | 'citesEnded' | 'neverEvaluated' | 'evaluatedKeep' | 'evaluatedAmend' | 'evaluatedAbolish' | 'voices' | 'amended' | 'partlyRepealed' | 'abolitionOpen' | 'sameTitle';
  params: Record<string, string | number>;
  /** Speaks against leaving it as it is. */
  strong: boolean;
}

interface Facts {
  policyId: string;
  effectiveTo: IsoDate | null;
  basis: string[] | null;
  cited: string[] | null;
  conclusion: 'keep' | 'amend' | 'abolish' | null;
  concludedOn: IsoDate | null;
  amended: number;
  clauses: NamedClause[][] | null;
  caseOpen: boolean;
  twin: string | null;
}

/** Documents whose last day is so near are told. */
const ENDING_DAYS = 365;
/** Voices of so many days back are counted. */
const VOICES_DAYS = 730;
const DAY_MS = 86_400_000;
const ENDED = `('superseded', 'expired', 'abolished')`;

/**
 * Hints for some documents at once, in two statements and what the rooms are asked. A document that cites, in 《》, one of the city that has ended, or is made to implement one, is told; so is a title that another document in force
 * of the same department has too, whatever its number in brackets.
 */
export async function hintsOf(tx: TenantTx, sources: EvaluationSources, items: readonly { policyId: string; tenantId: string; gone: boolean }[]): Promise<Map<string, CleanupHint[]>> {
  const asked = items.filter(({ gone }) => !gone);
  const found = new Map<string, CleanupHint[]>();
  if (asked.length === 0) return found;
  const today = chinaDate(tx.at);
  const facts = await tx.query<Facts>(
    `WITH cited AS MATERIALIZED (
       SELECT DISTINCT p.id, m.title[1] AS title FROM policy p JOIN provision o ON o.city_id = p.city_id AND o.version_id = p.current_version_id AND strpos(o.text, '《') > 0
       CROSS JOIN LATERAL regexp_matches(o.text, '《([^《》]{2,200})》', 'g') AS m (title) WHERE p.city_id = $1 AND p.id = ANY ($2::uuid[])),
     standing AS MATERIALIZED (
       SELECT t.title, bool_or(t.state = 'published') AS published FROM policy t WHERE t.city_id = $1 AND t.public_since IS NOT NULL AND t.title IN (SELECT title FROM cited)
         AND t.state IN ('published', 'superseded', 'expired', 'abolished') GROUP BY t.title),
     cited_ended AS (SELECT c.id, c.title FROM cited c JOIN standing s ON s.title = c.title AND NOT s.published)
     SELECT p.id AS "policyId", p.effective_to::text AS "effectiveTo", e.conclusion, e.on::text AS "concludedOn", v.amended, v.clauses,
       (SELECT array_agg(t.title ORDER BY t.title) FROM policy_link l JOIN policy t ON t.city_id = l.city_id AND t.id = l.target_id
        WHERE l.city_id = $1 AND l.policy_id = p.id AND l.kind = 'implements' AND t.state IN ${ENDED}) AS basis,
       (SELECT array_agg(c.title ORDER BY c.title) FROM cited_ended c WHERE c.id = p.id) AS cited,
       EXISTS (SELECT 1 FROM abolition_case a WHERE a.city_id = $1 AND a.policy_id = p.id AND a.decision IS NULL) AS "caseOpen",
       (SELECT min(s.document_number) FROM policy s WHERE s.city_id = $1 AND s.tenant_id = p.tenant_id AND s.id <> p.id AND s.state = 'published' AND s.title = p.title) AS twin
     FROM policy p
     LEFT JOIN LATERAL (SELECT l.payload::jsonb #>> '{details,conclusion}' AS conclusion, (l.at::timestamptz AT TIME ZONE 'Asia/Shanghai')::date AS on FROM life_cycle_event l
       WHERE l.city_id = $1 AND l.policy_id = p.id AND l.name = 'evaluation_published' ORDER BY l.seq DESC LIMIT 1) e ON true
     CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE c.kind = 'amended')::int AS amended, jsonb_agg(c.clauses) FILTER (WHERE c.kind = 'partly_repealed') AS clauses FROM validity_change c
       WHERE c.city_id = $1 AND c.policy_id = p.id) v
     WHERE p.city_id = $1 AND p.id = ANY ($2::uuid[])`, [tx.cityId, asked.map(({ policyId }) => policyId)]);
  const departments = new Set(asked.map(({ tenantId }) => tenantId));
  const voices = await sources.voices(tx, departments.size === 1 ? [...departments][0] ?? null : null, new Date(tx.at.getTime() - VOICES_DAYS * DAY_MS));
  for (const fact of facts) found.set(fact.policyId, [...told(fact, today), ...spoken(voices.get(fact.policyId) ?? 0)]);
  return found;
}

const spoken = (count: number): CleanupHint[] => (count > 0 ? [{ key: 'voices', params: { count }, strong: false }] : []);
const EVALUATED = { keep: 'evaluatedKeep', amend: 'evaluatedAmend', abolish: 'evaluatedAbolish' } as const;
const named = (titles: readonly string[]): string => titles.map((title) => `《${title}》`).join('、');

function told({ effectiveTo, basis, cited, conclusion, concludedOn, amended, clauses, caseOpen, twin }: Facts, today: IsoDate): CleanupHint[] {
  const hints: CleanupHint[] = [];
  const add = (key: CleanupHint['key'], strong: boolean, params: CleanupHint['params'] = {}): void => { hints.push({ key, params, strong }); };
  if (effectiveTo !== null) {
    const days = Math.round((Date.parse(effectiveTo) - Date.parse(today)) / DAY_MS);
    if (days < 0) add('lapsed', true, { day: effectiveTo });
    else if (days <= ENDING_DAYS) add('ending', true, { day: effectiveTo, count: days });
  }
  if (basis) add('basisEnded', true, { titles: named(basis) });
  if (cited) add('citesEnded', true, { titles: named(cited) });
  if (conclusion) add(EVALUATED[conclusion], conclusion !== 'keep', { day: concludedOn ?? '' });
  else add('neverEvaluated', false);
  if (amended > 0) add('amended', false, { count: amended });
  if (clauses) add('partlyRepealed', false, { clauses: clauses.flat().map(({ label }) => label).join('、') });
  if (caseOpen) add('abolitionOpen', true);
  if (twin) add('sameTitle', true, { number: twin });
  return hints;
}

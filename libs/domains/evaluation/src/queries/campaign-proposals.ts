import type { EvaluationSources } from '@core/policy';
import { effectiveParameter } from '@core/statutes';
import { chinaDate, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Trigger } from '../domain/campaign';
import { EVALUATOR_ARTICLE } from '../domain/report';

/** An evaluation that the system proposes, with what it follows from. What somebody decides is not proposed but opened. */
export interface CampaignProposal {
  policyId: string;
  title: string;
  department: string;
  trigger: Exclude<Trigger, 'decision'>;
  /** The day by which it is due; null for voices, which have none. */
  dueOn: IsoDate | null;
  /** How many voices there were. */
  voices: number | null;
  article: string;
}

/** Voices within two years that make an evaluation due. 《重大行政决策程序暂行条例》第三十六条 says "many"; the number is the product's and is shown with the proposal. */
export const MANY_VOICES = 20;
const VOICE_YEARS = 2;
/** How long before its day a round of the cycle is proposed. */
const AHEAD_MONTHS = 3;
const LIMIT = 100;

interface Row {
  policyId: string;
  title: string;
  department: string;
  expiresOn: IsoDate | null;
  cycleOn: IsoDate | null;
}

/**
 * Published policies that are in no evaluation and should be: their last day is near; the day that the last report set, or the cycle of normative documents,
 * has come near; or many voices came in. Of the own department, or of the city for who oversees it; one for each policy and trigger, the earliest day first.
 */
export async function campaignProposals(tx: TenantTx, sources: EvaluationSources): Promise<CampaignProposal[]> {
  const today = chinaDate(tx.at);
  const departmentId = tx.actor.scope === 'city' ? null : tx.actor.tenantId;
  const validity = await effectiveParameter(tx, 'nrd.validity', today, departmentId);
  const cycle = await effectiveParameter(tx, 'nrd.cleanup', today, departmentId);
  const voices = await sources.voices(tx, departmentId, new Date(tx.at.getTime() - VOICE_YEARS * 365 * 86_400_000));
  const many = [...voices].filter(([, count]) => count >= MANY_VOICES).map(([id]) => id);
  const rows = await tx.query<Row>(
    `SELECT p.id AS "policyId", p.title, d.short_name AS department,
       CASE WHEN p.effective_to >= $3::date AND p.effective_to <= ($3::date + make_interval(months => $4))::date
              AND (last.at IS NULL OR last.at < p.effective_to - make_interval(months => $4)) THEN p.effective_to::text END AS "expiresOn",
       CASE WHEN cyc.day <= ($3::date + make_interval(months => ${AHEAD_MONTHS}))::date THEN cyc.day::text END AS "cycleOn"
     FROM policy p JOIN department d ON d.city_id = p.city_id AND d.id = p.tenant_id
     LEFT JOIN LATERAL (SELECT (r.published_at AT TIME ZONE 'Asia/Shanghai')::date AS at, r.next_review_on, r.conclusion FROM evaluation_report r
       WHERE r.city_id = $1 AND r.policy_id = p.id AND r.state = 'published' ORDER BY r.published_at DESC LIMIT 1) last ON true
     CROSS JOIN LATERAL (SELECT CASE WHEN last.conclusion = 'keep' THEN last.next_review_on
       WHEN p.kind = 'normative_document' AND last.at IS NULL THEN ((p.published_at AT TIME ZONE 'Asia/Shanghai')::date + make_interval(years => $5))::date END AS day) cyc
     WHERE p.city_id = $1 AND p.state = 'published' AND p.ended_on IS NULL AND ($2::uuid IS NULL OR p.tenant_id = $2)
       AND NOT EXISTS (SELECT 1 FROM evaluation_report o WHERE o.city_id = $1 AND o.policy_id = p.id AND o.state <> 'published')
       AND NOT EXISTS (SELECT 1 FROM evaluation_campaign_policy q WHERE q.city_id = $1 AND q.policy_id = p.id AND q.is_open)
       AND (p.id = ANY ($6::uuid[]) OR (p.effective_to >= $3::date AND p.effective_to <= ($3::date + make_interval(months => $4))::date)
         OR cyc.day <= ($3::date + make_interval(months => ${AHEAD_MONTHS}))::date)
     ORDER BY least(p.effective_to, cyc.day), p.id LIMIT ${LIMIT}`,
    [tx.cityId, departmentId, today, validity.value.assess_before_m, cycle.value.every_y, many]);
  return rows.flatMap(({ policyId, title, department, expiresOn, cycleOn }): CampaignProposal[] => {
    const base = { policyId, title, department };
    return [
      ...(expiresOn ? [{ ...base, trigger: 'expiry' as const, dueOn: expiresOn, voices: null, article: validity.source.zh }] : []),
      ...(cycleOn ? [{ ...base, trigger: 'cycle' as const, dueOn: cycleOn, voices: null, article: cycle.source.zh }] : []),
      ...(many.includes(policyId) ? [{ ...base, trigger: 'opinions' as const, dueOn: null, voices: voices.get(policyId) ?? 0, article: EVALUATOR_ARTICLE }] : []),
    ];
  });
}

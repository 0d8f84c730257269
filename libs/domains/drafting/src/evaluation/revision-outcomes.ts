import type { Outcome, OutcomeSource, PolicyState } from '@core/policy';
import type { EntryState } from '../domain/city-plan';
import type { PlanState } from '../domain/plan-item';

interface Row {
  reportId: string;
  year: number;
  state: PlanState;
  note: string;
  entryState: EntryState | null;
  entryNote: string | null;
  policyState: PolicyState | null;
  withdrawn: string | null;
}

const OUT: readonly PolicyState[] = ['published', 'superseded', 'expired', 'abolished'];

/** What became of the items of the plan that evaluations and clean-ups brought: refused by the head or by the city, given up, finished, or how far they are. */
export const revisionOutcomes: OutcomeSource = {
  key: 'drafting.revision',
  async outcomes(tx, conclusions) {
    // A matter that was merged goes on with the joint entry, whichever department leads it.
    const rows = await tx.query<Row>(
      `SELECT split_part(i.source_key, '/', 2) AS "reportId", i.year, i.state, i.decision_note AS note, coalesce(m.state, e.state) AS "entryState", coalesce(m.note, e.note) AS "entryNote",
         p.state AS "policyState", (SELECT l.payload::jsonb -> 'details' ->> 'reason' FROM life_cycle_event l WHERE l.city_id = $1 AND l.policy_id = p.id AND l.name = 'withdraw' LIMIT 1) AS withdrawn
       FROM plan_item i
       LEFT JOIN LATERAL (SELECT x.state, x.note, x.merged_into FROM city_plan_entry x WHERE x.city_id = $1 AND x.plan_item_id = i.id
         ORDER BY (x.state IN ('submitted', 'listed', 'merged')) DESC, x.submitted_at DESC, x.id DESC LIMIT 1) e ON true
       LEFT JOIN city_plan_entry m ON m.city_id = $1 AND m.id = e.merged_into
       LEFT JOIN policy p ON p.city_id = $1 AND p.id = coalesce(i.policy_id, m.policy_id)
       WHERE i.city_id = $1 AND i.source_key = ANY ($2::text[])`, [tx.cityId, conclusions.map(({ reportId, origin = 'evaluation' }) => `${origin}/${reportId}`)]);
    return rows.map(outcomeOf);
  },
};

function outcomeOf({ reportId, year, state, note, entryState, entryNote, policyState, withdrawn }: Row): Outcome {
  const outcome = (at: Outcome['state'], stage: string, reason = ''): Outcome => ({ reportId, state: at, stage, planYear: year, reason });
  if (policyState && OUT.includes(policyState)) return outcome('done', 'revised');
  if (state === 'refused') return outcome('refused', 'refused', note);
  if (policyState === 'withdrawn') return outcome('refused', 'withdrawn', withdrawn ?? '');
  if (entryState === 'refused' || entryState === 'cancelled') return outcome('refused', entryState === 'refused' ? 'cityRefused' : 'cityCancelled', entryNote ?? '');
  if (policyState && policyState !== 'planned') return outcome('taken_up', 'drafting');
  if (entryState === 'listed') return outcome('taken_up', 'listed');
  return outcome('taken_up', state === 'proposed' ? 'proposed' : 'approved');
}

import type { Docket } from '@core/policy';
import { DECISIONS, judgeDeliberation } from './deliberation';
import { ARGUMENT_CONCLUSIONS, judgeExpertArgument } from './expert-argument';
import { COMPETITION_CONCLUSIONS, judgeFairCompetition } from './fair-competition';
import { judgeLegality, LEGALITY_CONCLUSIONS } from './legality';
import { judgeRiskAssessment, RISK_LEVELS } from './risk-assessment';
import type { Judge, Judged, Signature, SignatureContext } from './signature';

/** How a docket of each kind may end. */
export const CONCLUSIONS: Readonly<Record<Docket, readonly string[]>> = {
  expert_argument: ARGUMENT_CONCLUSIONS, risk_assessment: RISK_LEVELS, legality: LEGALITY_CONCLUSIONS, fair_competition: COMPETITION_CONCLUSIONS,
  collective_deliberation: DECISIONS,
};

const JUDGES: Readonly<Record<Docket, Judge>> = {
  expert_argument: judgeExpertArgument, risk_assessment: judgeRiskAssessment, legality: judgeLegality, fair_competition: judgeFairCompetition,
  collective_deliberation: judgeDeliberation,
};

/** What a signature says, what is written down of it, and what is missing in it: nothing when it may stand. */
export function judge(docket: Docket, signature: Signature, context: SignatureContext): Judged {
  const judged = JUDGES[docket](signature, context);
  const opinion = signature.opinion.trim() === '' ? [{ field: 'opinion', key: 'procedure:error.opinion', article: context.article }] : [];
  return { ...judged, faults: [...opinion, ...judged.faults] };
}

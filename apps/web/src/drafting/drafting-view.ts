import type { PolicyState, ProvisionRow } from '@core/policy';
import type { NextStep, PlanState, VersionEntry } from '@domains/drafting';
import { clauseTree, type ClauseView, contentsOf } from '../policy/policy-view';

export const TONE_OF_PLAN: Readonly<Record<PlanState, string>> = { proposed: 'warning', approved: 'info', started: 'success', refused: 'neutral' };

const TONES: Partial<Record<PolicyState, string>> = { published: 'success', expired: 'warning', abolished: 'danger', superseded: 'neutral', withdrawn: 'neutral' };
export const toneOfState = (state: PolicyState): string => TONES[state] ?? 'info';

export interface TextView {
  clauses: ClauseView[];
  contents: ReturnType<typeof contentsOf>;
  /** What looks like structure and was not understood, with the place in the text. */
  unrecognised: { href: string; text: string }[];
  articles: number;
}

/** A text with its structure, and what was not understood of it. */
export function textView(provisions: readonly ProvisionRow[]): TextView {
  const clauses = clauseTree(provisions);
  return {
    clauses, contents: contentsOf(clauses),
    unrecognised: provisions.filter((provision) => provision.unrecognised).map(({ clauseId, text }) => ({ href: `#${clauseId}`, text: [...text].slice(0, 60).join('') })),
    articles: provisions.filter((provision) => provision.kind === 'article').length,
  };
}

/** Where a step's own page is; the others are done with a form on the overview. */
const PAGE_OF: Partial<Record<NextStep['name'], string>> = { edit: '/edit', open_consultation: '/consultation', sign: '/dockets', approve: '/dockets#approve', publish: '/dockets#publish' };
const POST_OF: Partial<Record<NextStep['name'], string>> = {
  start_drafting: '/start', submit_for_review: '/review', submit_for_deliberation: '/deliberation', revise: '/revision', withdraw: '/withdrawal',
};

/** A next step as the page shows it: a link, or a form with the words that it needs. */
export const stepView = (policyId: string, step: NextStep) => ({
  name: step.name, mine: step.mine, needsOther: step.needsOther, gates: step.gates, free: step.gates.length === 0,
  href: PAGE_OF[step.name] && `/console/policies/${policyId}${PAGE_OF[step.name]}`,
  post: POST_OF[step.name] && `/console/policies/${policyId}${POST_OF[step.name]}`,
  field: step.name === 'revise' ? 'reviseReason' : step.name === 'withdraw' ? 'withdrawReason' : null,
});

export const versionView = (policyId: string, shownId: string | undefined) => (version: VersionEntry) => ({
  ...version, current: version.id === shownId, href: `/console/policies/${policyId}?version=${version.id}`,
});

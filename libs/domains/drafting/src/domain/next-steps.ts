import { LIFE_CYCLE, type PolicyState, type PolicyTransition } from '@core/policy';

/**
 * What can be done next to a policy: the transitions that a drafting department takes, and the two
 * works that are none. The consultation has a page of its own in another room; it stands here because it is the way on.
 */
export type StepName = Extract<PolicyTransition, 'start_drafting' | 'open_consultation' | 'submit_for_review' | 'revise' | 'submit_for_deliberation' | 'approve' | 'publish' | 'withdraw'> | 'edit' | 'sign';

const OWN: ReadonlySet<string> = new Set<StepName>(['start_drafting', 'open_consultation', 'submit_for_review', 'revise', 'submit_for_deliberation', 'approve', 'publish', 'withdraw']);

export interface Step {
  name: StepName;
  /** Null where no gate stands before it. */
  transition: PolicyTransition | null;
}

/** The steps from a state, the way forward first. While drafting, one either writes at the open draft or opens a new one. */
export function stepsFrom(state: PolicyState, hasOpenDraft: boolean): Step[] {
  type Own = PolicyTransition & StepName;
  const own: Own[] = LIFE_CYCLE.from(state).map((transition) => transition.name).filter((name): name is Own => OWN.has(name));
  const forward = own.filter((name) => name !== 'revise' && name !== 'withdraw');
  const step = (name: StepName, transition: PolicyTransition | null): Step => ({ name, transition });
  return [
    ...(state === 'drafting' && hasOpenDraft ? [step('edit', null)] : []),
    ...(state === 'reviewing' || state === 'deliberating' ? [step('sign', null)] : []),
    ...forward.map((name) => step(name, name)),
    ...(state === 'drafting' && !hasOpenDraft ? [step('revise', null)] : []),
    ...own.filter((name) => name === 'revise' || name === 'withdraw').map((name) => step(name, name)),
  ];
}

import type { LifeCycle, PolicyRow, PolicyTransition } from '@core/policy';
import type { UnmetGate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type Step, type StepName, stepsFrom } from '../domain/next-steps';
import { stateOf } from '../domain/dockets';
import { can, canSign, type DraftingAction } from '../drafting.access';
import { hasDrafted } from '../persistence/drafters';
import { openDraft } from '../persistence/draft-text';
import { unsignedDockets } from '../persistence/repositories';
import { capacitiesOf } from './capacities';

export interface NextStep extends Step {
  /** Whether the person who acts may take it. */
  mine: boolean;
  /** He had a hand in the text, so this step needs somebody else. */
  needsOther: boolean;
  /** What holds it; empty when the way is free. */
  gates: UnmetGate[];
}

const ACTION: Readonly<Record<StepName, DraftingAction>> = {
  start_drafting: 'drafting.write', edit: 'drafting.write', revise: 'drafting.write', submit_for_review: 'drafting.write', open_consultation: 'drafting.write', sign: 'drafting.review',
  submit_for_deliberation: 'drafting.write', approve: 'drafting.approve', publish: 'drafting.publish', withdraw: 'drafting.withdraw',
};
const FOR_OTHERS = new Set(['sign', 'approve']);

/** The gates of one transition that the page has asked already, for its head; they are many statements. */
interface Asked {
  next: PolicyTransition | null;
  nextGates: UnmetGate[];
}

/** What can be done next to a policy, for the person who acts, with the gates that hold each step. */
export async function nextSteps(tx: TenantTx, lifeCycle: LifeCycle, policy: PolicyRow, asked?: Asked): Promise<NextStep[]> {
  const invitedAs = policy.tenantId === tx.actor.tenantId ? [] : await capacitiesOf(tx, policy.id);
  const drafted = await hasDrafted(tx, policy.id, tx.actor.accountId);
  const waiting = (await unsignedDockets(tx, policy.id)).filter((docket) => policy.state === stateOf(docket.kind));
  const gatesOf = async ({ transition }: Step): Promise<UnmetGate[]> => {
    if (!transition) return [];
    return asked?.next === transition ? asked.nextGates : lifeCycle.unmetGates(tx, policy, transition);
  };
  const steps: NextStep[] = [];
  for (const step of stepsFrom(policy.state, (await openDraft(tx, policy.id)) !== null)) {
    const needsOther = drafted && FOR_OTHERS.has(step.name);
    const signs = step.name !== 'sign' || waiting.some((docket) => canSign(tx.actor, docket.kind, policy, invitedAs));
    steps.push({
      ...step, needsOther, mine: !needsOther && signs && can(tx.actor, ACTION[step.name], policy, invitedAs),
      gates: await gatesOf(step),
    });
  }
  return steps;
}

import { LIFE_CYCLE, POLICY_STATES } from '@core/policy';
import { stepsFrom } from './next-steps';

it('offers no transition that the life cycle does not know from that state', () => {
  for (const state of POLICY_STATES) {
    const known = LIFE_CYCLE.from(state).map((transition) => transition.name);
    for (const draft of [true, false]) {
      for (const step of stepsFrom(state, draft)) if (step.transition) expect(known).toContain(step.transition);
    }
  }
});

it('puts the way forward before the way back', () => {
  expect(stepsFrom('drafting', true).map((step) => step.name)).toEqual(['edit', 'open_consultation', 'submit_for_review', 'withdraw']);
  expect(stepsFrom('drafting', false).map((step) => step.name)).toEqual(['open_consultation', 'submit_for_review', 'revise', 'withdraw']);
  expect(stepsFrom('reviewing', false).map((step) => step.name)).toEqual(['sign', 'submit_for_deliberation', 'revise', 'withdraw']);
  expect(stepsFrom('published', false)).toEqual([]);
});

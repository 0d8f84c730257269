import { later, workday } from './calendar';
import { customersSymposium, letters, pledgesHearing, pledgesOpinions, routesHearing, tradersSymposium } from './content';
import { type Answerable, post, type PolicyScript } from './life';
import type { Life } from './lives';
import { occasionRound, register } from './occasion-round';
import { questionnaireRound } from './questionnaire-round';
import type { Stage } from './stage';

/** What is played of a policy while it is put before the public, beside the opinions of its own plan, by its key; answers what needs an answer later. */
export const WHILE_CONSULTING: Readonly<Record<string, (stage: Stage, script: PolicyScript, consultationId: string) => Life<Answerable[]>>> = {
  'label-integrity': everyChannel, 'low-altitude': heard,
};

/** Left open: a questionnaire, posts, letters, a symposium that is over, a hearing ahead, and a symposium that people still sign up for. */
async function* everyChannel(stage: Stage, script: PolicyScript, consultationId: string): Life<Answerable[]> {
  yield* questionnaireRound(stage, script, consultationId);
  for (const opinion of pledgesOpinions) await post(stage, consultationId, opinion);
  for (const letter of letters) {
    yield workday(later(stage.today, 1));
    await register(stage, script, consultationId, letter);
  }
  yield* occasionRound(stage, script, consultationId, pledgesHearing);
  yield* occasionRound(stage, script, consultationId, tradersSymposium);
  yield* occasionRound(stage, script, consultationId, customersSymposium);
  return [];
}

/** The hearing of a major decision; what was said there is answered with the rest. */
async function* heard(stage: Stage, script: PolicyScript, consultationId: string): Life<Answerable[]> {
  yield workday(later(stage.today, 1));
  return yield* occasionRound(stage, script, consultationId, routesHearing);
}

import { AnswerSurvey, campaignDesk, DesignSurvey, feedable, InviteToSurvey, RunSurvey } from '@domains/evaluation';
import { newId } from '@platform/kernel';
import { later, workday } from './calendar';
import { survey, surveyAnswer } from './content';
import type { Life } from './lives';
import type { Person, Stage } from './stage';

/** A survey of enterprises beside the marks: written and drawn in a morning, answered over four days. */
export async function* surveyRound(stage: Stage, leader: Person, campaignId: string): Life {
  yield workday(later(stage.today, 1));
  const { title, edits, design, feeds, closesOn } = survey;
  await stage.use(DesignSurvey).create(leader, campaignId, { title });
  for (const [at, edit] of edits.entries()) await stage.minutes(4).use(DesignSurvey).edit(leader, campaignId, at + 1, edit);
  const { campaign } = await stage.unitOfWork.run(leader, (tx) => campaignDesk(tx, campaignId));
  const asked = new Set(feedable(campaign.indicators).map(({ key }) => key));
  await stage.minutes(15).use(DesignSurvey).design(leader, campaignId, 1, { ...design, mapping: Object.fromEntries(Object.entries(feeds).filter(([, key]) => asked.has(key))) });
  await stage.minutes(10).use(RunSurvey).draw(leader, campaignId, 2, closesOn);
  await stage.react();
  const links = await stage.minutes(5).use(InviteToSurvey).list(leader, campaignId);
  for (const [at, { token }] of links.entries()) {
    if (at % 13 === 12) yield workday(later(stage.today, 1));
    const answers = surveyAnswer(at);
    if (answers) await stage.minutes(7).use(AnswerSurvey).run(stage.cityId, token, { answers, shown: null, idempotencyKey: newId() });
  }
}

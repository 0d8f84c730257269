import { AnswerQuestionnaire, ManageQuestionnaire, readStaffQuestionnaire } from '@domains/consultation';
import { newId } from '@platform/kernel';
import { later } from './calendar';
import { questionnaire, type ResponseContent } from './content';
import { authorOf, type PolicyScript } from './life';
import type { Life } from './lives';
import type { Stage } from './stage';

/** The department makes a questionnaire for its consultation, puts it before the public, and a dozen people answer over the following days. */
export async function* questionnaireRound(stage: Stage, script: PolicyScript, consultationId: string): Life {
  yield later(stage.today, 1);
  const drafter = stage.staff(script.department, 'drafter');
  const manage = stage.use(ManageQuestionnaire);
  const { title, intro, stance, edits, responses } = questionnaire;
  const { id } = await manage.create(drafter, consultationId, { title });
  let seen = 1;
  for (const edit of edits) await manage.edit(drafter, consultationId, id, seen++, edit);
  await stage.minutes(40).use(ManageQuestionnaire).describe(drafter, consultationId, id, seen++, { title, intro, stance });
  await stage.minutes(30).use(ManageQuestionnaire).goLive(drafter, consultationId, id, seen);
  const { token } = await stage.unitOfWork.run(drafter, (tx) => readStaffQuestionnaire(tx, consultationId, id));
  for (const [index, response] of responses.entries()) {
    yield later(stage.today, index % 2);
    await respond(stage, token, response);
  }
}

async function respond(stage: Stage, token: string, { author, answers }: ResponseContent): Promise<void> {
  await stage.minutes(37).use(AnswerQuestionnaire).run(authorOf(stage, { author }), token, { answers, shown: null, idempotencyKey: newId() });
}

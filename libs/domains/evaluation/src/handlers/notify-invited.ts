import type { EventHandler } from '@platform/messaging';
import { notifyAll } from '@platform/notify';
import { SURVEY_DRAWN } from '../evaluation.events';
import { surveys } from '../persistence/repositories';
import { waitingAccounts } from '../persistence/survey-strata';

/** Tells the accounts of the enterprises that were drawn, once each; the way in is made when they take it, so no link lies in a tray. */
export const notifyInvited: EventHandler = {
  name: 'evaluation.notify_invited',
  types: [SURVEY_DRAWN],
  async handle(tx, { payload: { surveyId = '' } }) {
    const survey = await surveys.require(tx, surveyId);
    const due = survey.closesOn;
    if (survey.state !== 'field' || !due) return;
    const [{ title } = { title: '' }] = await tx.query<{ title: string }>('SELECT title FROM questionnaire WHERE city_id = $1 AND id = $2', [tx.cityId, survey.questionnaireId]);
    const accounts = await waitingAccounts(tx, surveyId);
    await notifyAll(tx, accounts.map(({ accountId }) => ({ accountId, effectKey: `survey/${surveyId}`, messageKey: 'survey:notice.invited', params: { title, due }, href: `/${tx.cityId}/surveys` })));
  },
};

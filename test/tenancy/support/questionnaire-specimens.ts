import { createHash } from 'node:crypto';
import { newId } from '@platform/kernel';
import type { Home, Insert, Specimens } from './insert';

const asking = (text: string) => ({ v: 1, intro: '', sections: [{ id: 's1', title: '', askedIf: null, questions: [{ id: 'q1', kind: 'text', text, help: null, required: false, askedIf: null, max: 100 }] }] });
/** Ten letters of the alphabet of links, another for each department and questionnaire. */
const tokenOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);

/** A draft, one that is live, and one to be closed; the live one with a response whose words are the department's to read. */
export async function questionnaireSpecimens(insert: Insert, { key, cityId, staff, at }: Home, ids: Specimens, secret: string): Promise<void> {
  const make = async (name: string, state: 'draft' | 'live'): Promise<void> => {
    const isDraft = state === 'draft';
    const token = tokenOf(`${cityId}${key}${name}`);
    ids[name] = await insert('questionnaire', {
      id: newId(), title: isDraft ? `${secret}问卷` : '问卷', definition: asking(isDraft ? secret : '有何建议？'), state, token, created_by: staff['drafter'], created_at: at, ...(isDraft ? {} : { live_at: at }),
    });
    ids[`${name}.token`] = token;
    await insert('consultation_questionnaire', { questionnaire_id: ids[name], consultation_id: ids['consultation'], version_id: ids['version.consulting'], is_public: !isDraft });
  };
  await make('questionnaire.draft', 'draft');
  await make('questionnaire.ready', 'draft');
  await make('questionnaire', 'live');
  await insert('questionnaire_response', { id: newId(), questionnaire_id: ids['questionnaire'], answers: { q1: { text: secret } }, idempotency_key: tokenOf(`${key}response`), received_at: at });
}

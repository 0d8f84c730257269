import { AnswerQuestionnaire, ManageQuestionnaire } from '@domains/consultation';
import { type DefinitionEdit } from '@core/questionnaire';
import { newId, systemActor } from '@platform/kernel';
import type { TestApp } from './app';
import type { Department } from './people';

/** An open consultation of a department on a policy of one article, from now for thirty days; written by SQL. */
export async function askedConsultation(web: TestApp, cityId: string, { people: { drafter } }: Department): Promise<{ policyId: string; id: string; closesAt: Date }> {
  const [policyId, id, versionId] = [newId(), newId(), newId()];
  const now = web.clock.now();
  const own = [cityId, drafter.tenantId, drafter.accountId, now];
  await web.unitOfWork.run(systemActor(cityId), async (tx) => {
    await tx.query(`INSERT INTO policy (city_id, id, tenant_id, kind, title, state, responsible_id, public_since, created_at) VALUES ($1, $5, $2, 'normative_document', '设备更新扶持办法', 'consulting', $3, $4, $4)`, [...own, policyId]);
    await tx.query(`INSERT INTO policy_version (city_id, id, tenant_id, policy_id, no, state, created_by, created_at, is_public) VALUES ($1, $5, $2, $6, 1, 'draft', $3, $4, true)`, [...own, versionId, policyId]);
    await tx.query(
      `INSERT INTO provision (city_id, version_id, clause_id, tenant_id, seq, identity, kind, number, label, lead, text, is_public) VALUES ($1, $2, 'art_1', $3, 1, 'art_1', 'article', 1, '第一条', '', '对购置先进设备的企业给予补助。', true)`,
      [cityId, versionId, drafter.tenantId]);
    await tx.query(`UPDATE policy_version SET state = 'submitted', submitted_at = $4, submitted_by = $3, text_hash = 'x' WHERE city_id = $1 AND id = $5 AND tenant_id = $2`, [...own, versionId]);
    await tx.query(
      `INSERT INTO consultation (city_id, id, tenant_id, policy_id, version_id, title, purpose, state, opens_at, closes_at, basis, opened_by, receipt_salt)
       VALUES ($1, $5, $2, $6, $7, '设备更新扶持办法', '拟支持企业更新设备。', 'open', $4, $4::timestamptz + interval '30 days', '{"openedOn": "2026-03-02", "rules": []}', $3, 'salt')`, [...own, id, policyId, versionId]);
  });
  return { policyId, id, closesAt: new Date(now.getTime() + 30 * 86_400_000) };
}

/** Size first; small firms say what is hard, those who need money how much; then a mark, a table and a text. Question 1 tells the stance where `stance`. */
export const ASKED: readonly DefinitionEdit[] = [
  { act: 'addQuestion', section: 's1', kind: 'single' },
  { act: 'question', id: 'q1', input: { text: '是否支持这一办法？', choices: '支持\n反对\n说不清', other: '其他', required: true } },
  { act: 'addQuestion', section: 's1', kind: 'multiple' },
  { act: 'question', id: 'q2', input: { text: '反对的原因？', choices: '门槛高\n金额少\n程序繁', max: 2, required: true, is: 'any', values: ['q1:c2'] } },
  { act: 'addQuestion', section: 's1', kind: 'text' },
  { act: 'question', id: 'q3', input: { text: '门槛高在哪里？', max: 200, is: 'any', values: ['q2:c1'] } },
  { act: 'addSection', title: '打分' },
  { act: 'addQuestion', section: 's2', kind: 'scale' },
  { act: 'question', id: 'q4', input: { text: '补助比例是否合适？', from: 1, to: 5, low: '太低', high: '太高', required: true } },
  { act: 'addQuestion', section: 's2', kind: 'matrix' },
  { act: 'question', id: 'q5', input: { text: '对各环节是否满意？', rows: '申报\n兑现', columns: '满意\n不满意', required: true } },
];

/** A questionnaire of `ASKED`, live. */
export async function liveQuestionnaire(web: TestApp, consultationId: string, { people: { drafter } }: Department): Promise<{ id: string; token: string }> {
  const manage = web.app.get(ManageQuestionnaire, { strict: false });
  const { id } = await manage.create(drafter, consultationId, { title: '设备更新问卷' });
  let seen = 1;
  for (const edit of ASKED) await manage.edit(drafter, consultationId, id, seen++, edit);
  await manage.describe(drafter, consultationId, id, seen++, { title: '设备更新问卷', intro: '约需两分钟。', stance: { question: 'q1', choices: { c1: 'support', c2: 'oppose' } } });
  await manage.goLive(drafter, consultationId, id, seen);
  const [row] = await web.unitOfWork.run(drafter, (tx) => tx.query<{ token: string }>('SELECT token FROM questionnaire WHERE city_id = $1 AND id = $2', [tx.cityId, id]));
  return { id, token: row?.token ?? '' };
}

/** Who supports it, gives a four and is content: ticks and no words. */
export const TICKED = { a_q1: 'c1', a_q4: '4', a_q5_r1: 'c1', a_q5_r2: 'c1' } as const;
export const answering = (web: TestApp): AnswerQuestionnaire => web.app.get(AnswerQuestionnaire, { strict: false });

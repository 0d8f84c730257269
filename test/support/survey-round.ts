import { AnswerSurvey, DesignSurvey, InviteToSurvey, RunSurvey, type SurveyDesign, surveyDesk } from '@domains/evaluation';
import { newId } from '@platform/kernel';
import { type EvaluationRound } from './evaluation-round';

export const SURVEY_DESIGN: SurveyDesign = { frame: 'register', strataBy: ['industry'], allocation: 'proportional', size: 24, minimum: 2, minCell: 5, mapping: { q1: 'effective' } };

const EDITS = [
  { act: 'addQuestion', section: 's1', kind: 'scale' }, { act: 'question', id: 'q1', input: { text: '政策对您的企业有多大帮助？', from: 1, to: 5, low: '没有帮助', high: '很有帮助', required: true } },
  { act: 'addQuestion', section: 's1', kind: 'single' }, { act: 'question', id: 'q2', input: { text: '申报过吗？', choices: '申报过\n没有申报', required: true } },
  { act: 'addQuestion', section: 's1', kind: 'multiple' }, { act: 'question', id: 'q3', input: { text: '没有申报的原因？', choices: '不知道\n条件不符\n材料太多', is: 'any', values: ['q2:c2'], required: true } },
] as const;

/** So many enterprises of a trade on the register; their ids. */
export async function addEnterprises(round: Pick<EvaluationRound, 'sql' | 'cityId'>, industry: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  for (const [at, id] of ids.entries()) {
    const code = `91${round.cityId}MA${industry.codePointAt(0)?.toString(16).toUpperCase().padStart(5, '0')}${String(at).padStart(3, '0')}`;
    await round.sql('INSERT INTO enterprise (city_id, id, credit_code, name, facts) VALUES ($1, $2, $3, $4, $5)',
      [round.cityId, id, code, `${industry}企业${at + 1}`, JSON.stringify({ industry, employees: 10 + at * 40, high_tech: at % 2 === 0 })]);
  }
  return ids;
}

/** A campaign whose survey is designed and has three questions; ready to be drawn. */
export async function designedSurvey(round: EvaluationRound, design: Partial<SurveyDesign> = {}): Promise<{ campaignId: string; seen: number }> {
  const campaignId = await round.open([await round.publishedPolicy()]);
  const designing = round.get(DesignSurvey);
  await designing.create(round.leader, campaignId, { title: '企业问卷' });
  for (const [at, edit] of EDITS.entries()) await designing.edit(round.leader, campaignId, at + 1, edit as Parameters<DesignSurvey['edit']>[3]);
  const indicator = (await round.unitOfWork.run(round.leader, (tx) => surveyDesk(tx, campaignId))).desk.campaign.indicators.find(({ sides }) => sides.includes('enterprises'))?.key ?? '';
  await designing.design(round.leader, campaignId, 1, { ...SURVEY_DESIGN, mapping: { q1: indicator }, ...design });
  return { campaignId, seen: 2 };
}

/** Drawn, with the links of who was drawn, stratum by stratum. */
export async function drawnSurvey(round: EvaluationRound, design: Partial<SurveyDesign> = {}): Promise<{ campaignId: string; links: { token: string; creditCode: string }[] }> {
  const { campaignId, seen } = await designedSurvey(round, design);
  await round.get(RunSurvey).draw(round.leader, campaignId, seen, '2026-03-20');
  return { campaignId, links: await round.get(InviteToSurvey).list(round.leader, campaignId) };
}

/** An answer with a mark of 1 to 5. */
export const answerSurvey = (round: Pick<EvaluationRound, 'get' | 'cityId'>, token: string, mark: number, { key = newId(), more = { a_q2: 'c1' } as Record<string, unknown> } = {}): Promise<void> =>
  round.get(AnswerSurvey).run(round.cityId, token, { answers: { a_q1: String(mark), ...more }, shown: null, idempotencyKey: key });

import { latestSubmittedVersion, provisionsOf } from '@core/policy';
import { Assessors, campaignDesk, OpenCampaign, PublishReport, readOwnSheet, RunCampaign, RunSurvey, SaveCampaignReport, SaveSheet, staffCampaignReport } from '@domains/evaluation';
import { later, workday } from './calendar';
import type { CampaignContent, MarksContent } from './content';
import type { Life } from './lives';
import type { Stage } from './stage';
import { surveyRound } from './survey-round';

/** A campaign of evaluation from its opening; to its published report, or to where its marks stand on the demonstration's first day. */
export async function* campaignRound(stage: Stage, content: CampaignContent, policyOf: () => string): Life {
  yield workday(content.opens);
  const policyId = policyOf();
  const evaluator = stage.staff(content.department, 'evaluator');
  const id = await stage.minutes(20).use(OpenCampaign).run(evaluator, {
    title: content.title, trigger: 'decision', reason: content.reason, periodFrom: content.periodFrom, periodTo: later(stage.today, -1), policyIds: [policyId],
  });
  for (const { side, person } of content.asked) await stage.minutes(5).use(Assessors).assign(evaluator, id, side, stage.person(person).accountId);
  yield workday(later(stage.today, 2));
  await stage.use(RunCampaign).start(evaluator, id, content.closesOn);
  for (const [index, one] of content.asked.entries()) {
    if (!isMarked(one)) continue;
    yield workday(later(stage.today, index % 2));
    await hand(stage.minutes(35), one, id, policyId);
  }
  if (!content.report) return;
  if (content.survey) yield* surveyRound(stage, evaluator, id);
  yield workday(later(content.closesOn, 1));
  if (content.survey) await stage.use(RunSurvey).close(evaluator, id);
  await stage.use(RunCampaign).close(evaluator, id);
  yield workday(later(stage.today, 8));
  const reportId = (await stage.unitOfWork.run(evaluator, (tx) => campaignDesk(tx, id))).policies[0]?.reportId ?? '';
  const { rowVersion } = await stage.unitOfWork.run(evaluator, (tx) => staffCampaignReport(tx, reportId));
  const articles = await articlesOf(stage, content, policyId);
  await stage.use(SaveCampaignReport).run(evaluator, reportId, {
    ...content.report, rowVersion, submit: true, nextReviewOn: null, clauses: content.report.clauses.map(({ article, ...clause }) => ({ ...clause, clauseId: articles[article] ?? '' })),
  });
  yield workday(later(stage.today, 4));
  await stage.use(PublishReport).run(stage.staff(content.department, 'department_head'), reportId, 1);
  await stage.react();
}

const isMarked = (one: CampaignContent['asked'][number]): one is MarksContent => one.marks !== undefined && one.note !== undefined;

async function hand(stage: Stage, { person, marks, note, remark = '', survey }: MarksContent, campaignId: string, policyId: string): Promise<void> {
  const actor = stage.person(person);
  const { indicators } = await stage.unitOfWork.run(actor, (tx) => readOwnSheet(tx, campaignId, policyId));
  await stage.use(SaveSheet).run(actor, campaignId, policyId, {
    rowVersion: 0, submit: true, remark, basis: survey ? 'survey' : 'judgement', surveyTitle: survey?.title ?? '', surveyAsked: survey?.asked ?? null, surveyAnswered: survey?.answered ?? null,
    marks: Object.fromEntries(indicators.map(({ key }, index) => [key, { score: marks[index] ?? null, note }])),
  });
}

/** Clause ids of the articles that ask for documents, in the order of the text; the first of all where none does. */
async function articlesOf(stage: Stage, { department }: CampaignContent, policyId: string): Promise<string[]> {
  return stage.unitOfWork.run(stage.staff(department, 'drafter'), async (tx) => {
    const version = await latestSubmittedVersion(tx, policyId);
    const articles = version ? (await provisionsOf(tx, version.id)).filter(({ kind }) => kind === 'article') : [];
    const asking = articles.filter(({ text }) => text.includes('材料'));
    return (asking.length > 0 ? asking : articles).map(({ clauseId }) => clauseId);
  });
}

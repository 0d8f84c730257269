import type { DefinitionEdit } from '@core/questionnaire';
import type { SurveyDesign } from '@domains/evaluation';
import type { IsoDate } from '@platform/kernel';

/** What the enterprises of the first campaign are asked, one edit after the other. */
const edits: readonly DefinitionEdit[] = [
  { act: 'section', id: 's1', input: { title: '' } },
  { act: 'intro', intro: '约需三分钟，请由了解政策办理情况的同事填写。' },
  { act: 'addQuestion', section: 's1', kind: 'scale' },
  { act: 'question', id: 'q1', input: { text: '这项政策对贵企业的技术改造有多大帮助？', from: 1, to: 5, low: '没有帮助', high: '很有帮助', required: true } },
  { act: 'addQuestion', section: 's1', kind: 'scale' },
  { act: 'question', id: 'q2', input: { text: '申报、兑现的程序方便吗？', from: 1, to: 5, low: '很不方便', high: '很方便', required: true } },
  { act: 'addQuestion', section: 's1', kind: 'single' },
  { act: 'question', id: 'q3', input: { text: '贵企业是怎样知道这项政策的？', choices: '政府网站\n主管部门通知\n行业协会\n还不知道', required: true } },
  { act: 'addQuestion', section: 's1', kind: 'multiple' },
  { act: 'question', id: 'q4', input: { text: '办理中最费时间的是什么？', choices: '准备材料\n等待审核\n补正\n没有特别费时的', required: true, max: 2 } },
];

const design: Omit<SurveyDesign, 'mapping'> = { frame: 'register', strataBy: ['size'], allocation: 'proportional', size: 50, minimum: 5, minCell: 5 };

const Q3 = ['c1', 'c2', 'c2', 'c3', 'c1', 'c2', 'c4', 'c2', 'c1', 'c3'] as const;
const Q4 = [['c1'], ['c1', 'c2'], ['c2'], ['c1', 'c3'], ['c4'], ['c1'], ['c2', 'c3'], ['c1']] as const;

/** The answer of who is at a place of the list, and whether there is one: of seven, two never answer. */
export const surveyAnswer = (at: number): Record<string, string | string[]> | null => (at % 7 === 3 || at % 7 === 6 ? null : {
  a_q1: String([4, 5, 3, 4, 4, 5, 2, 4, 3][at % 9]), a_q2: String([3, 2, 4, 3, 2, 3, 4, 3, 1, 3, 4][at % 11]), a_q3: Q3[at % Q3.length] ?? 'c1', a_q4: [...(Q4[at % Q4.length] ?? ['c1'])],
});

/** The survey of the campaign on the industry policy. All fictitious. */
export const survey = { title: '产业扶持政策企业问卷', edits, design, feeds: { q1: 'effective', q2: 'workable' }, closesOn: '2026-04-29' satisfies IsoDate };

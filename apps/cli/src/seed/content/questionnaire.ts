import type { DefinitionEdit } from '@core/questionnaire';
import type { OpinionAuthor } from './opinion-type';

/** An answered questionnaire of the demonstration, as its form sends it. */
export interface ResponseContent {
  author: OpinionAuthor;
  answers: Readonly<Record<string, string | string[]>>;
}

/** Who is asked what: traders and customers part after the first question, and who would not join is asked why. */
const edits: readonly DefinitionEdit[] = [
  { act: 'section', id: 's1', input: { title: '关于您' } },
  { act: 'addQuestion', section: 's1', kind: 'single' },
  { act: 'question', id: 'q1', input: { text: '您是？', choices: '集贸市场经营者\n超市、商店经营者\n消费者', other: '其他', required: true } },
  { act: 'addSection', title: '请经营者回答' },
  { act: 'addQuestion', section: 's2', kind: 'single' },
  { act: 'question', id: 'q2', input: { text: '您愿意参加计量诚信承诺吗？', choices: '愿意\n不愿意\n再看看', required: true } },
  { act: 'addQuestion', section: 's2', kind: 'multiple' },
  { act: 'question', id: 'q3', input: { text: '不愿意或者还在犹豫的原因？', help: '选最主要的一两项。', choices: '担心检查变多\n检定费时间\n看不到好处\n同行不参加', other: '其他原因', max: 2, required: true, is: 'any', values: ['q2:c2', 'q2:c3'] } },
  { act: 'section', id: 's2', input: { title: '请经营者回答', is: 'any', values: ['q1:c1', 'q1:c2'] } },
  { act: 'addSection', title: '关于办法' },
  { act: 'addQuestion', section: 's3', kind: 'single' },
  { act: 'question', id: 'q4', input: { text: '总的来说，您支持这个办法吗？', choices: '支持\n不支持\n有保留', required: true } },
  { act: 'addQuestion', section: 's3', kind: 'scale' },
  { act: 'question', id: 'q5', input: { text: '您对目前买卖中的斤两放心吗？', from: 1, to: 5, low: '很不放心', high: '很放心', required: true } },
  { act: 'addQuestion', section: 's3', kind: 'matrix' },
  { act: 'question', id: 'q6', input: { text: '下列承诺对您有多大用处？', rows: '器具检定合格\n不计包装\n短少补足', columns: '很有用\n有些用\n没有用', required: true } },
  { act: 'addQuestion', section: 's3', kind: 'text' },
  { act: 'question', id: 'q7', input: { text: '公平秤多久校准一次合适？还有什么建议？', max: 300 } },
];

const useful = (first: string, second: string, third: string) => ({ a_q6_r1: first, a_q6_r2: second, a_q6_r3: third });
const resident = (index: number): OpinionAuthor => ({ kind: 'resident', index });
const enterprise = (index: number): OpinionAuthor => ({ kind: 'enterprise', index });
const unnamed: OpinionAuthor = { kind: 'anonymous' };

const responses: readonly ResponseContent[] = [
  { author: enterprise(0), answers: { a_q1: 'c2', a_q2: 'c1', a_q4: 'c1', a_q5: '4', ...useful('c1', 'c1', 'c2'), a_q7: '公平秤每季度校准一次，结果贴在秤旁边。' } },
  { author: enterprise(1), answers: { a_q1: 'c2', a_q2: 'c3', a_q3: ['c1', 'c3'], a_q4: 'c3', a_q5: '4', ...useful('c1', 'c2', 'c2') } },
  { author: unnamed, answers: { a_q1: 'c1', a_q2: 'c2', a_q3: ['c2', 'other'], a_q3_other: '摊位小，没有地方挂标识', a_q4: 'c2', a_q5: '3', ...useful('c2', 'c3', 'c2'), a_q7: '检定能不能到市场里来做，一天就办完。' } },
  { author: unnamed, answers: { a_q1: 'c1', a_q2: 'c1', a_q4: 'c1', a_q5: '3', ...useful('c1', 'c2', 'c1') } },
  { author: resident(0), answers: { a_q1: 'c3', a_q4: 'c1', a_q5: '2', ...useful('c1', 'c1', 'c1'), a_q7: '公平秤每月校准一次，坏了要当天修好。' } },
  { author: resident(1), answers: { a_q1: 'c3', a_q4: 'c1', a_q5: '1', ...useful('c1', 'c1', 'c1'), a_q7: '短少补足之外，还应当公布短少的摊位。' } },
  { author: unnamed, answers: { a_q1: 'c3', a_q4: 'c1', a_q5: '2', ...useful('c1', 'c1', 'c1') } },
  { author: unnamed, answers: { a_q1: 'c3', a_q4: 'c1', a_q5: '2', ...useful('c2', 'c1', 'c1') } },
  { author: unnamed, answers: { a_q1: 'c3', a_q4: 'c3', a_q5: '3', ...useful('c2', 'c2', 'c1') } },
  { author: unnamed, answers: { a_q1: 'c3', a_q4: 'c1', a_q5: '3', ...useful('c1', 'c2', 'c1') } },
  { author: unnamed, answers: { a_q1: 'other', a_q1_other: '行业协会工作人员', a_q4: 'c1', a_q5: '4', ...useful('c1', 'c2', 'c2'), a_q7: '协会可以组织会员统一检定。' } },
  { author: unnamed, answers: { a_q1: 'c1', a_q2: 'c3', a_q3: ['c4'], a_q4: 'c3', a_q5: '4', ...useful('c2', 'c2', 'c3') } },
];

/** The questionnaire of the consultation on pledges of honest measurement, with a dozen answers. All fictitious. */
export const questionnaire = {
  title: '计量诚信承诺问卷', intro: '买东西短斤少两怎么办？请经营者和消费者都来说说。约需两分钟，不用登录。',
  edits, stance: { question: 'q4', choices: { c1: 'support', c2: 'oppose', c3: 'suggest' } as const }, responses,
};

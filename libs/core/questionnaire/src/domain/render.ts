import { type Answer, type Answers, askedQuestions } from './branching';
import { type Choice, type Definition, LIMITS, OTHER, type Question, questionsOf } from './definition';

/** What stands before an answer, and for one that was left open. */
const MARK = '→ ';
const OPEN = '—';
const BETWEEN = '；';

const labelOf = (choices: readonly Choice[], id: string): string => choices.find((choice) => choice.id === id)?.label ?? id;
/** An answer stands in one line, so that no words of a person look like another question or answer. */
const oneLine = (text: string): string => text.replace(/\s*\n\s*/gu, ' ');
const length = (text: string): number => [...text].length;
const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map(length));

const headOf = (no: number, question: Question): string =>
  `${no}. ${oneLine(question.text)}${question.kind === 'scale' ? `（${question.from} ${question.low}，${question.to} ${question.high}）` : ''}`;

function answerLines(question: Question, answer: Answer | undefined): string[] {
  if (!answer) return [OPEN];
  if ('rows' in answer) return question.kind === 'matrix' ? question.rows.map(({ id, label }) => `${label}：${answer.rows[id] === undefined ? OPEN : labelOf(question.columns, answer.rows[id])}`) : [];
  if ('value' in answer) return [String(answer.value)];
  if ('text' in answer) return [oneLine(answer.text)];
  const { choices, other } = question as Question & { choices: Choice[]; other: string | null };
  return [('choice' in answer ? [answer.choice] : answer.choices).map((id) => (id === OTHER ? `${other}：${oneLine(answer.other ?? '')}` : labelOf(choices, id))).join(BETWEEN)];
}

/**
 * An answered questionnaire as people read it: each question that was asked, by its number, and below it the answer in the questionnaire's own words.
 * The same answers give the same text, in whatever language the page was.
 */
export function renderAnswers(title: string, definition: Definition, answers: Answers): string {
  const asked = new Set(askedQuestions(definition, answers));
  return [`《${oneLine(title)}》`, ...questionsOf(definition).filter(({ question }) => asked.has(question.id)).map(({ no, question }) =>
    [headOf(no, question), ...answerLines(question, answers[question.id]).map((line) => MARK + line)].join('\n'))].join('\n');
}

/** The most characters that `renderAnswers` can give for a questionnaire, all questions asked and answered at their longest. */
export function longestRendering(title: string, definition: Definition): number {
  const questions = questionsOf(definition).map(({ no, question }) => 1 + length(headOf(no, question)) + answerLengths(question).reduce((sum, of) => sum + 1 + MARK.length + of, 0));
  return length(`《${title}》`) + questions.reduce((sum, of) => sum + of, 0);
}

/** The most characters of each line of an answer. */
function answerLengths(question: Question): number[] {
  switch (question.kind) {
    case 'scale': return [2];
    case 'text': return [question.max];
    case 'matrix': return question.rows.map(({ label }) => length(label) + 1 + Math.max(1, longest(question.columns.map((column) => column.label))));
    default: {
      const other = question.other === null ? [] : [length(question.other) + 1 + LIMITS.other];
      const labels = [...question.choices.map(({ label }) => length(label)), ...other].sort((a, b) => b - a);
      const most = question.kind === 'single' ? 1 : question.max ?? labels.length;
      return [Math.max(1, labels.slice(0, most).reduce((sum, of) => sum + of + BETWEEN.length, -BETWEEN.length))];
    }
  }
}

/** What an author wrote in their own words, one text a line, in the order of the questions; empty where everything was ticked. */
export function ownWords(definition: Definition, answers: Answers): string {
  return questionsOf(definition).flatMap(({ question: { id } }) => {
    const answer = answers[id];
    if (!answer) return [];
    if ('text' in answer) return [oneLine(answer.text)];
    return 'other' in answer && answer.other ? [oneLine(answer.other)] : [];
  }).join('\n');
}

/** The same answers with every text changed by `change`. */
export function mapTexts(answers: Answers, change: (text: string) => string): Answers {
  const changed = (answer: Answer): Answer => {
    if ('text' in answer) return { text: change(answer.text) };
    return 'other' in answer && answer.other !== undefined ? { ...answer, other: change(answer.other) } : answer;
  };
  return Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, changed(answer)]));
}

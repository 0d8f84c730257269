import { type Answers, askedQuestions } from './branching';
import { type Choice, conditionValues, type Definition, type MatrixQuestion, type Question, type QuestionKind, questionsOf } from './definition';

/** One count. Null: fewer than the minimum, or kept back so that such a one cannot be computed from the others. */
export interface Cell {
  id: string;
  label: string;
  count: number | null;
  /** Of the base, 0 to 1. */
  share: number | null;
}

export interface QuestionTable {
  id: string;
  no: number;
  kind: QuestionKind;
  text: string;
  /** How many were asked: what shares are of. */
  base: number;
  /** How many of them answered; null where the rest would be fewer than the minimum. */
  answered: number | null;
  /** Choices or values of a scale; of several, a person counts in each. Empty for texts and matrices. */
  cells: Cell[];
  /** Of a matrix: for each row the columns. */
  rows: { id: string; label: string; cells: Cell[] }[];
  /** Of a scale, over those who answered; null where nobody did, or a count is kept back. */
  mean: number | null;
  median: number | null;
}

export interface Tabulation {
  responses: number;
  /** Counts below this are kept back; 1 keeps none. */
  minimum: number;
  questions: QuestionTable[];
}

interface Tally {
  base: number;
  answered: number;
  counts: Map<string, number>;
}

/**
 * Counts responses. The base of a question is who was asked it, so that a branch does not look like refusals.
 *
 * @param minimum smallest count that is told, for results that must not point at single people
 */
export function tabulate(definition: Definition, responses: Iterable<Answers>, { minimum = 1 }: { minimum?: number } = {}): Tabulation {
  const tallies = new Map<string, Tally>(questionsOf(definition).map(({ question }) => [question.id, { base: 0, answered: 0, counts: new Map() }]));
  let total = 0;
  for (const answers of responses) {
    total += 1;
    for (const id of askedQuestions(definition, answers)) {
      const tally = tallies.get(id);
      if (!tally) continue;
      tally.base += 1;
      const answer = answers[id];
      if (!answer) continue;
      tally.answered += 1;
      for (const key of keysOf(answer)) tally.counts.set(key, (tally.counts.get(key) ?? 0) + 1);
    }
  }
  return { responses: total, minimum, questions: questionsOf(definition).map(({ no, question }) => tableOf(no, question, tallies.get(question.id) as Tally, minimum)) };
}

function keysOf(answer: Answers[string]): string[] {
  if ('choice' in answer) return [answer.choice];
  if ('choices' in answer) return answer.choices;
  if ('value' in answer) return [String(answer.value)];
  return 'rows' in answer ? Object.entries(answer.rows).map(([row, column]) => `${row}/${column}`) : [];
}

function tableOf(no: number, question: Question, { base, answered, counts }: Tally, minimum: number): QuestionTable {
  const cellsOf = (choices: readonly Choice[], key: (id: string) => string): Cell[] => {
    const shown = keepBack(choices.map(({ id }) => counts.get(key(id)) ?? 0), base, minimum);
    return choices.map(({ id, label }, at) => ({ id, label, count: shown[at] ?? null, share: base === 0 || shown[at] == null ? null : (shown[at] as number) / base }));
  };
  const cells = cellsOf(conditionValues(question), (id) => id);
  // A mean beside counts that are kept back would give them away.
  const values = question.kind === 'scale' && answered >= minimum && cells.every(({ count }) => count !== null) ? sorted(counts) : [];
  return {
    id: question.id, no, kind: question.kind, text: question.text, base, answered: keepBack([answered], base, minimum)[0] ?? null,
    cells,
    rows: question.kind === 'matrix' ? question.rows.map(({ id, label }) => ({ id, label, cells: cellsOf((question as MatrixQuestion).columns, (column) => `${id}/${column}`) })) : [],
    mean: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length, median: medianOf(values),
  };
}

/**
 * Keeps back counts between 0 and the minimum. Where that is a single one, the smallest of the others goes with it, and so do those whose rest to the
 * base would be below the minimum: nothing that was kept back follows from what is told.
 */
function keepBack(counts: readonly number[], base: number, minimum: number): (number | null)[] {
  const small = (count: number): boolean => count > 0 && count < minimum;
  const hidden = counts.map((count) => small(count) || small(base - count));
  if (hidden.filter(Boolean).length === 1 && counts.length > 1) {
    const least = counts.map((count, at) => ({ count, at })).filter(({ at, count }) => !hidden[at] && count > 0).sort((a, b) => a.count - b.count)[0];
    if (least) hidden[least.at] = true;
  }
  return counts.map((count, at) => (hidden[at] ? null : count));
}

const sorted = (counts: ReadonlyMap<string, number>): number[] => [...counts].flatMap(([value, count]) => Array.from({ length: count }, () => Number(value))).sort((a, b) => a - b);

/** The middle value; of an even number the mean of the two in the middle. */
function medianOf(values: readonly number[]): number | null {
  const [low, high] = [values[Math.floor((values.length - 1) / 2)], values[Math.floor(values.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

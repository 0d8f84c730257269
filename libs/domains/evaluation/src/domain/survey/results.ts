import { type Answer, type Answers, askedQuestions, conditionValues, type Definition, type Numbered, type Question, type QuestionKind, questionsOf } from '@core/questionnaire';
import type { ProfileField } from '@core/policy';
import { type AnswerTable, tellable, type Told } from './disclosure';
import { type AnsweredStratum, type Estimate, estimateMean, estimateShare, type Observation, weigh, type Weighting } from './estimate';

/** Shares to a thousandth, means to a hundredth: finer than the sample bears. */
const roundTo = (digits: number) => (value: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
const [share3, mean2, weight3] = [roundTo(3), roundTo(2), roundTo(3)];

export interface SurveyStratum extends AnsweredStratum {
  values: (string | null)[];
  /** Of an answer, in units of the frame; null where nobody answered. */
  weight: number | null;
  /** Answered of drawn, 0 to 1. */
  rate: number;
}

/** One line of a distribution. Null: kept back. */
export interface SurveyCell {
  id: string;
  label: string;
  count: number | null;
  /** Weighted, with its 95% interval. */
  share: number | null;
  low: number | null;
  high: number | null;
}

export interface SurveyQuestion {
  id: string;
  no: number;
  kind: QuestionKind;
  text: string;
  /** Unweighted number of answers; null where it is kept back. */
  n: number | null;
  cells: SurveyCell[];
  /** Of a matrix. */
  rows: { label: string; n: number | null; cells: SurveyCell[] }[];
  /** Of a scale, weighted; its ends beside it. */
  mean: (Estimate & { from: number; to: number }) | null;
  /** Unweighted counts of each stratum with answers, in the order of the cells and then "no answer"; null where they are not told. */
  strata: { no: number; counts: (number | null)[] }[] | null;
}

/** A survey's results as they are stored, shown and given away: nothing that is kept back is in them. */
export interface SurveyResults {
  v: 1;
  frame: number;
  drawn: number;
  answered: number;
  /** AAPOR's RR1: complete answers of all who were drawn. There are no partial ones, and nobody is taken out as unknown or ineligible. */
  rate: number;
  minimum: number;
  strataBy: ProfileField[];
  strata: SurveyStratum[];
  /** Strata that are weighted together, by their numbers. */
  joined: number[][];
  questions: SurveyQuestion[];
}

export interface SurveyResponse {
  stratum: number;
  answers: Answers;
}

interface Column {
  id: string;
  label: string;
}

/** Everything that one table is made of. `column` gives the place of an answer, null for none. */
interface Asked {
  columns: Column[];
  scale: number[] | null;
  column(answer: Answer | undefined): number | null;
}

/** Counts and estimates of a survey that is over, with what must be kept back taken out (ADR 0034). */
export function surveyResults(definition: Definition, strata: readonly (AnsweredStratum & { values: (string | null)[] })[], responses: readonly SurveyResponse[], { minCell, strataBy }: { minCell: number; strataBy: ProfileField[] }): SurveyResults {
  const weighting = weigh(strata);
  const all = (of: 'frame' | 'drawn' | 'answered'): number => strata.reduce((sum, one) => sum + one[of], 0);
  const walked = responses.map(({ stratum, answers }) => {
    const asked = new Set(askedQuestions(definition, answers));
    return { stratum, answers: Object.fromEntries(Object.entries(answers).filter(([id]) => asked.has(id))) };
  });
  const work: Work = { strata, weighting, responses: walked, minCell };
  const whole = new Map<string, Completeness>();
  return {
    v: 1, frame: all('frame'), drawn: all('drawn'), answered: all('answered'), rate: share3(all('answered') / all('drawn')), minimum: minCell, strataBy,
    strata: strata.map((one) => ({ ...one, weight: weighting.weights.has(one.no) ? weight3(weighting.weights.get(one.no) ?? 0) : null, rate: share3(one.answered / one.drawn) })),
    joined: weighting.cells.filter((cell) => cell.strata.length > 1).map((cell) => [...cell.strata]),
    questions: questionsOf(definition).map((numbered) => {
      const controls = [numbered.section.askedIf, numbered.question.askedIf].flatMap((condition) => (condition ? [whole.get(condition.question) ?? NONE] : []));
      const { question, complete } = tellQuestion(work, numbered, controls);
      whole.set(numbered.question.id, complete);
      return question;
    }),
  };
}

interface Work {
  strata: readonly AnsweredStratum[];
  weighting: Weighting;
  responses: readonly SurveyResponse[];
  minCell: number;
}

/** Whether everything of a question is told; what hangs on it would otherwise tell the rest. */
interface Completeness {
  totals: boolean;
  strata: boolean;
}
const NONE: Completeness = { totals: false, strata: false };

function tellQuestion(work: Work, { no, question }: Numbered, controls: readonly Completeness[]): { question: SurveyQuestion; complete: Completeness } {
  const conditional = controls.length > 0;
  const empty: SurveyQuestion = { id: question.id, no, kind: question.kind, text: question.text, n: null, cells: [], rows: [], mean: null, strata: null };
  if (controls.some(({ totals }) => !totals)) return { question: empty, complete: NONE };
  const limits = { conditional, strata: controls.every(({ strata }) => strata) };
  const many = (asked: Asked[], labels: string[]): Part[] => asked.map((one, at) => part(work, question, one, { ...limits, strata: false }, labels[at] ?? ''));
  if (question.kind === 'multiple') {
    const parts = many(conditionValues(question).map((choice) => chosen(choice)), conditionValues(question).map(({ label }) => label));
    const whole = parts.every(({ told }) => told.counts.every(Boolean));
    return { question: { ...empty, n: sameBase(parts), cells: parts.flatMap(({ cells }) => cells.slice(0, 1)) }, complete: { totals: whole, strata: false } };
  }
  if (question.kind === 'matrix') {
    const parts = many(question.rows.map(({ id }) => ({ columns: question.columns, scale: null, column: (answer) => indexIn(question.columns, answer && 'rows' in answer ? answer.rows[id] : undefined) })), question.rows.map(({ label }) => label));
    return { question: { ...empty, n: sameBase(parts), rows: parts.map(({ label, n, cells }) => ({ label, n, cells })) }, complete: NONE };
  }
  const { n, cells, mean, strata, told } = part(work, question, askedOf(question), limits, '');
  return {
    question: { ...empty, n, cells: question.kind === 'text' ? [] : cells, mean, strata: question.kind === 'text' ? null : strata },
    complete: { totals: told.counts.every(Boolean) && told.shares.every(Boolean), strata: work.strata.length === 1 || (told.inner?.every((row) => row.every(Boolean)) ?? false) },
  };
}

const sameBase = (parts: readonly Part[]): number | null => (parts.some(({ n }) => n === null) ? null : Math.max(0, ...parts.map(({ n }) => n ?? 0)));

const indexIn = (columns: readonly Column[], id: string | undefined): number | null => {
  const at = columns.findIndex((one) => one.id === id);
  return at < 0 ? null : at;
};

/** A choice of several: chosen or not, of those who answered. */
const chosen = ({ id, label }: Column): Asked => ({
  columns: [{ id, label }, { id: `not_${id}`, label: '' }], scale: null, column: (answer) => (answer && 'choices' in answer ? (answer.choices.includes(id) ? 0 : 1) : null),
});

function askedOf(question: Question): Asked {
  if (question.kind === 'text') return { columns: [{ id: 'text', label: '' }], scale: null, column: (answer) => (answer ? 0 : null) };
  const columns = conditionValues(question);
  const valueIn = (answer: Answer | undefined): string | undefined => (!answer ? undefined : 'choice' in answer ? answer.choice : 'value' in answer ? String(answer.value) : undefined);
  return { columns, scale: question.kind === 'scale' ? columns.map(({ id }) => Number(id)) : null, column: (answer) => indexIn(columns, valueIn(answer)) };
}

interface Part extends Pick<SurveyQuestion, 'n' | 'cells' | 'mean' | 'strata'> {
  label: string;
  told: Told;
}

function part({ strata, weighting, responses, minCell }: Work, question: Question, { columns, scale, column }: Asked, { conditional, strata: byStratum }: { conditional: boolean; strata: boolean }, label: string): Part {
  const answering = strata.filter(({ answered }) => answered > 0);
  // Where nobody answered there is a line of noughts.
  const heard = answering.length > 0 ? answering : strata.slice(0, 1);
  const places = responses.map(({ stratum, answers }) => ({ stratum, at: column(Object.hasOwn(answers, question.id) ? answers[question.id] : undefined) }));
  const table: AnswerTable = {
    counts: heard.map(({ no }) => [...columns.map((_one, at) => at), null].map((at) => places.filter((one) => one.stratum === no && one.at === at).length)),
    weights: heard.map(({ no }) => weighting.weights.get(no) ?? 0), openTells: conditional, scale, byStratum,
  };
  const told = tellable(table, minCell);
  const base = places.filter(({ at }) => at !== null).length;
  const observed = (value: (at: number) => number): Observation[] => places.map(({ stratum, at }) => ({ stratum, value: at === null ? null : value(at) }));
  const cells = columns.map(({ id, label: name }, place): SurveyCell => {
    const estimate = told.shares[place] ? estimateShare(observed((at) => (at === place ? 1 : 0)), weighting) : null;
    const shown = (value: number | null | undefined): number | null => (value === null || value === undefined ? null : share3(value));
    return { id, label: name, count: told.counts[place] ? places.filter(({ at }) => at === place).length : null, share: shown(estimate?.value), low: shown(estimate?.low), high: shown(estimate?.high) };
  });
  return {
    label, told, cells, n: told.counts.at(-1) === true ? base : null, mean: scale && told.mean ? meanOf(observed((at) => scale[at] ?? 0), weighting, scale) : null,
    strata: told.inner && told.inner.map((row, at) => ({ no: heard[at]?.no ?? 0, counts: row.map((shown, place) => (shown ? table.counts[at]?.[place] ?? 0 : null)) })),
  };
}

function meanOf(observations: readonly Observation[], weighting: Weighting, scale: readonly number[]): SurveyQuestion['mean'] {
  const ends = { from: Math.min(...scale), to: Math.max(...scale) };
  const estimate = estimateMean(observations, weighting, ends);
  const shown = (value: number | null): number | null => (value === null ? null : mean2(value));
  return estimate && { value: mean2(estimate.value), low: shown(estimate.low), high: shown(estimate.high), ...ends };
}

/** What a survey says of one indicator, out of 100 as the marks of the sides are. */
export interface SurveyMark {
  indicator: string;
  /** The question that feeds it. */
  question: number;
  n: number | null;
  /** Null where it is kept back, or nobody answered. */
  value: number | null;
  low: number | null;
  high: number | null;
}

/** The means of the mapped scales, from the end that is lowest (0) to the one that is highest (100). */
export function surveyMarks({ questions }: Pick<SurveyResults, 'questions'>, mapping: Readonly<Record<string, string>>): SurveyMark[] {
  return questions.flatMap(({ id, no, n, mean }) => {
    const indicator = Object.hasOwn(mapping, id) ? mapping[id] : undefined;
    if (indicator === undefined) return [];
    const outOf = (value: number | null | undefined): number | null => (mean && value !== null && value !== undefined ? Math.round((1000 * (value - mean.from)) / (mean.to - mean.from)) / 10 : null);
    return [{ indicator, question: no, n, value: outOf(mean?.value), low: outOf(mean?.low), high: outOf(mean?.high) }];
  });
}

/** What a report says of the campaign's survey; as everything in a report, it stands from the close of the marks on. */
export interface SurveyEvidence {
  title: string;
  closedAt: string;
  results: SurveyResults;
  marks: SurveyMark[];
}

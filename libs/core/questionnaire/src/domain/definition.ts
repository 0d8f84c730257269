export const QUESTION_KINDS = ['single', 'multiple', 'scale', 'text', 'matrix'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** Something to choose; `id` stands in answers and conditions, `label` is what people read. */
export interface Choice {
  id: string;
  label: string;
}

/** When something is asked: the answer to an earlier question has one of these values, or has none of them. */
export interface Condition {
  question: string;
  is: 'any' | 'none';
  values: string[];
}

interface Common {
  id: string;
  text: string;
  help: string | null;
  required: boolean;
  askedIf: Condition | null;
}

export interface SingleQuestion extends Common {
  kind: 'single';
  choices: Choice[];
  /** Label of a last choice that wants a text; null where there is none. */
  other: string | null;
}

export interface MultipleQuestion extends Common {
  kind: 'multiple';
  choices: Choice[];
  other: string | null;
  /** How many of them, once one is chosen at all. */
  min: number | null;
  max: number | null;
}

export interface ScaleQuestion extends Common {
  kind: 'scale';
  from: number;
  to: number;
  /** What the two ends mean. */
  low: string;
  high: string;
}

export interface TextQuestion extends Common {
  kind: 'text';
  /** Longest answer, in characters. */
  max: number;
}

/** One choice of the columns for each row. */
export interface MatrixQuestion extends Common {
  kind: 'matrix';
  rows: Choice[];
  columns: Choice[];
}

export type Question = SingleQuestion | MultipleQuestion | ScaleQuestion | TextQuestion | MatrixQuestion;

export interface Section {
  id: string;
  /** May be empty: then its questions follow without a heading. */
  title: string;
  askedIf: Condition | null;
  questions: Question[];
}

/** What a questionnaire asks, in the order in which it asks. Stored as it is, and never changed once it is live (ADR 0024). */
export interface Definition {
  v: 1;
  intro: string;
  sections: Section[];
}

/** The value of the choice that wants a text. */
export const OTHER = 'other';

/** Most and longest; lengths in characters. `answer`: the longest text that a question may allow. */
export const LIMITS = { sections: 10, questions: 40, choices: 20, rows: 12, title: 100, intro: 1000, text: 300, help: 300, label: 100, other: 100, answer: 2000, scale: 10 } as const;

export interface Numbered {
  /** From 1 through the whole questionnaire. */
  no: number;
  section: Section;
  question: Question;
}

/** All questions in their order. */
export function questionsOf({ sections }: Definition): Numbered[] {
  return sections.flatMap((section) => section.questions.map((question) => ({ section, question }))).map((one, at) => ({ no: at + 1, ...one }));
}

/** What a condition may ask of an answer to this question; empty where nothing can hang on it. */
export function conditionValues(question: Question): Choice[] {
  if (question.kind === 'single' || question.kind === 'multiple') return [...question.choices, ...(question.other === null ? [] : [{ id: OTHER, label: question.other }])];
  if (question.kind !== 'scale') return [];
  return scaleValues(question).map((value) => ({ id: String(value), label: String(value) }));
}

/** The values of a scale, the lowest first. */
export const scaleValues = ({ from, to }: Pick<ScaleQuestion, 'from' | 'to'>): number[] => Array.from({ length: Math.max(0, Math.min(to - from, LIMITS.scale) + 1) }, (_none, at) => from + at);

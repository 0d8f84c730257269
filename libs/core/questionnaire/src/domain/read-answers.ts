import { DomainError, type FieldError } from '@platform/kernel';
import { type Answer, type Answers, walk } from './branching';
import { type Definition, LIMITS, type MatrixQuestion, type MultipleQuestion, OTHER, type Question, questionsOf, scaleValues, type SingleQuestion } from './definition';

/** What a form sent: names of fields and their values, whatever they are. */
export type RawAnswers = Readonly<Record<string, unknown>>;

/** Cleans a text of a person and refuses one that cannot be kept or is longer than `max`; null where nothing is left. @throws DomainError invalid */
export type CleanText = (input: string, field: string, max: number) => string | null;

/** Names of a question's fields in a form. */
export const fieldOf = (questionId: string): string => `a_${questionId}`;
export const otherFieldOf = (questionId: string): string => `a_${questionId}_other`;
export const rowFieldOf = (questionId: string, rowId: string): string => `a_${questionId}_${rowId}`;

const fieldsOf = (question: Question): string[] => [
  ...(question.kind === 'matrix' ? question.rows.map(({ id }) => rowFieldOf(question.id, id)) : [fieldOf(question.id)]),
  ...('other' in question && question.other !== null ? [otherFieldOf(question.id)] : []),
];

/** Wrong in one field; caught by `readAnswers`, which collects them. */
const refuse = (question: Question, key: string, params?: Record<string, unknown>): never => {
  throw DomainError.invalid(`questionnaire:error.${key}`, [{ field: fieldOf(question.id), key: `questionnaire:error.${key}`, ...(params ? { params } : {}) }]);
};

/**
 * The answers in what a form sent, judged along the branch. **Answers to questions that are not asked are dropped**: somebody who changes an earlier
 * answer takes back what followed from it. Fields that are no question's are refused.
 *
 * @param shown ids of the questions that the form showed; asked ones that it did not show are asked for now. Null where that is not known.
 * @throws DomainError invalid `questionnaire:error.answers`, with every field at once
 */
export function readAnswers(definition: Definition, raw: RawAnswers, clean: CleanText, shown: ReadonlySet<string> | null = null): Answers {
  const faults: FieldError[] = unknownFields(definition, raw);
  const answers: Record<string, Answer> = {};
  const numbers = new Map(questionsOf(definition).map(({ no, question }) => [question.id, no]));
  walk(definition, (question, asked) => {
    if (!asked) return undefined;
    try {
      const answer = readOne(question, raw, clean);
      if (answer) answers[question.id] = answer;
      else if (shown && !shown.has(question.id)) refuse(question, 'nowAsked');
      else if (question.required) refuse(question, 'required');
      return answer ?? undefined;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      faults.push(...(error.details.fields ?? []).map((fault) => ({ ...fault, params: { ...fault.params, no: numbers.get(question.id) } })));
      return undefined;
    }
  });
  if (faults.length > 0) throw DomainError.invalid('questionnaire:error.answers', faults);
  return answers;
}

/** The questions that what a form sent leads to, right or wrong as it may be: which ones its page shows when it comes back. */
export function askedByForm(definition: Definition, raw: RawAnswers): string[] {
  return [...walk(definition, ({ id }) => {
    const input = valueIn(raw, fieldOf(id));
    return { choices: (Array.isArray(input) ? input : [input]).filter((value): value is string => typeof value === 'string') };
  })].filter(([, asked]) => asked).map(([id]) => id);
}

function unknownFields(definition: Definition, raw: RawAnswers): FieldError[] {
  const known = new Set(questionsOf(definition).flatMap(({ question }) => fieldsOf(question)));
  return Object.keys(raw).filter((name) => !known.has(name)).slice(0, 5).map((field) => ({ field: field.slice(0, 100), key: 'common:error.unknownField' }));
}

function readOne(question: Question, raw: RawAnswers, clean: CleanText): Answer | null {
  switch (question.kind) {
    case 'single': return readSingle(question, raw, clean);
    case 'multiple': return readMultiple(question, raw, clean);
    case 'matrix': return readMatrix(question, raw);
    case 'scale': {
      const value = oneOf(question, valueIn(raw, fieldOf(question.id)), scaleValues(question).map(String));
      return value === null ? null : { value: Number(value) };
    }
    case 'text': {
      const input = valueIn(raw, fieldOf(question.id)) ?? '';
      const text = typeof input === 'string' ? clean(input, fieldOf(question.id), question.max) : refuse(question, 'notText');
      return text === null ? null : { text };
    }
  }
}

const valueIn = (raw: RawAnswers, field: string): unknown => (Object.hasOwn(raw, field) ? raw[field] : undefined);

/** One of the values, null for none. */
function oneOf(question: Question, input: unknown, values: readonly string[]): string | null {
  if (input === undefined || input === null || input === '') return null;
  return typeof input === 'string' && values.includes(input) ? input : refuse(question, Array.isArray(input) ? 'oneChoice' : 'noChoice');
}

const choiceIds = ({ choices, other }: SingleQuestion | MultipleQuestion): string[] => [...choices.map(({ id }) => id), ...(other === null ? [] : [OTHER])];

function otherText(question: Question, raw: RawAnswers, clean: CleanText): string {
  const input = valueIn(raw, otherFieldOf(question.id)) ?? '';
  const text = typeof input === 'string' ? clean(input, fieldOf(question.id), LIMITS.other) : refuse(question, 'notText');
  return text ?? refuse(question, 'otherText');
}

function readSingle(question: SingleQuestion, raw: RawAnswers, clean: CleanText): Answer | null {
  const choice = oneOf(question, valueIn(raw, fieldOf(question.id)), choiceIds(question));
  if (choice === null) return null;
  return choice === OTHER ? { choice, other: otherText(question, raw, clean) } : { choice };
}

function readMultiple(question: MultipleQuestion, raw: RawAnswers, clean: CleanText): Answer | null {
  const input = valueIn(raw, fieldOf(question.id)) ?? [];
  const sent = (Array.isArray(input) ? input : [input]).filter((value) => value !== '') as unknown[];
  if (sent.length === 0) return null;
  const known = choiceIds(question);
  if (!sent.every((value) => typeof value === 'string' && known.includes(value))) refuse(question, 'noChoice');
  // In the order of the questionnaire, each once.
  const choices = known.filter((id) => sent.includes(id));
  const { min, max } = question;
  if (min !== null && choices.length < min) refuse(question, 'tooFew', { min, count: choices.length });
  if (max !== null && choices.length > max) refuse(question, 'tooMany', { max, count: choices.length });
  return choices.includes(OTHER) ? { choices, other: otherText(question, raw, clean) } : { choices };
}

function readMatrix(question: MatrixQuestion, raw: RawAnswers): Answer | null {
  const columns = question.columns.map(({ id }) => id);
  const rows: Record<string, string> = {};
  for (const { id } of question.rows) {
    const value = oneOf(question, valueIn(raw, rowFieldOf(question.id, id)), columns);
    if (value !== null) rows[id] = value;
  }
  const given = Object.keys(rows).length;
  if (given === 0) return null;
  if (question.required && given < question.rows.length) refuse(question, 'everyRow', { count: question.rows.length - given });
  return { rows };
}

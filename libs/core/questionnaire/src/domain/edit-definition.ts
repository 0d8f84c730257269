import { DomainError } from '@platform/kernel';
import { type Choice, type Condition, type Definition, LIMITS, type Question, type QuestionKind, QUESTION_KINDS, questionsOf, type Section } from './definition';
import type { CleanText } from './read-answers';

/** A question as its form has it: texts as they were typed, lists one a line, `values` as `question:value`. */
export interface QuestionInput {
  text: string;
  help?: string | undefined;
  required?: boolean | undefined;
  /** One choice, row or column a line. */
  choices?: string | undefined;
  rows?: string | undefined;
  columns?: string | undefined;
  /** Label of the choice that wants a text. */
  other?: string | undefined;
  min?: number | undefined;
  max?: number | undefined;
  from?: number | undefined;
  to?: number | undefined;
  low?: string | undefined;
  high?: string | undefined;
  is?: Condition['is'] | undefined;
  values?: readonly string[] | undefined;
}

export type SectionInput = Pick<QuestionInput, 'is' | 'values'> & { title: string };

export type DefinitionEdit =
  | { act: 'intro'; intro: string }
  | { act: 'addSection'; title: string }
  | { act: 'addQuestion'; section: string; kind: QuestionKind }
  | { act: 'up' | 'down' | 'delete'; id: string }
  | { act: 'question'; id: string; input: QuestionInput }
  | { act: 'section'; id: string; input: SectionInput };

/** Longest answer of a text question unless the department sets another. */
const USUAL_ANSWER = 300;

export const emptyDefinition = (): Definition => ({ v: 1, intro: '', sections: [{ id: 's1', title: '', askedIf: null, questions: [] }] });

/** The definition after one edit. What an edit leaves unfinished (no choices yet, a condition without its question) is for `checkDefinition`. @throws DomainError */
export function editDefinition(definition: Definition, edit: DefinitionEdit, clean: CleanText): Definition {
  switch (edit.act) {
    case 'intro': return { ...definition, intro: clean(edit.intro, 'intro', LIMITS.intro) ?? '' };
    case 'addSection': return addSection(definition, clean(edit.title, 'title', LIMITS.title) ?? '');
    case 'addQuestion': return addQuestion(definition, edit.section, edit.kind);
    case 'delete': return remove(definition, edit.id);
    case 'up': case 'down': return move(definition, edit.id, edit.act === 'up' ? -1 : 1);
    case 'section': return mapSection(definition, edit.id, (section) => ({ ...section, title: clean(edit.input.title, 'title', LIMITS.title) ?? '', askedIf: conditionOf(edit.input) }));
    case 'question': return mapQuestion(definition, edit.id, (question) => questionFrom(question, edit.input, clean));
  }
}

function addSection(definition: Definition, title: string): Definition {
  if (definition.sections.length >= LIMITS.sections) throw DomainError.invalid('questionnaire:error.tooManySections', [], { max: LIMITS.sections });
  return { ...definition, sections: [...definition.sections, { id: nextId('s', definition.sections), title, askedIf: null, questions: [] }] };
}

function addQuestion(definition: Definition, sectionId: string, kind: QuestionKind): Definition {
  const all = questionsOf(definition).map(({ question }) => question);
  if (all.length >= LIMITS.questions) throw DomainError.invalid('questionnaire:error.tooManyQuestions', [], { max: LIMITS.questions });
  if (!QUESTION_KINDS.includes(kind)) throw DomainError.invalid('questionnaire:error.kind', [{ field: 'kind', key: 'questionnaire:error.kind' }]);
  return mapSection(definition, sectionId, (section) => ({ ...section, questions: [...section.questions, blank(nextId('q', all), kind)] }));
}

/** One above the highest that there is: ids of what was deleted last may come again, as nothing points at them any more. */
const nextId = (letter: string, things: readonly { id: string }[]): string => `${letter}${Math.max(0, ...things.map(({ id }) => Number(id.slice(1)) || 0)) + 1}`;

function blank(id: string, kind: QuestionKind): Question {
  const common = { id, text: '', help: null, required: true, askedIf: null };
  switch (kind) {
    case 'single': return { ...common, kind, choices: [], other: null };
    case 'multiple': return { ...common, kind, choices: [], other: null, min: null, max: null };
    case 'scale': return { ...common, kind, from: 1, to: 5, low: '', high: '' };
    case 'text': return { ...common, kind, required: false, max: USUAL_ANSWER };
    case 'matrix': return { ...common, kind, rows: [], columns: [] };
  }
}

/** Without the question or section, and without the conditions that hang on it. */
function remove(definition: Definition, id: string): Definition {
  const gone = new Set(definition.sections.flatMap((section) => (section.id === id ? section.questions.map((question) => question.id) : section.questions.filter((question) => question.id === id).map((question) => question.id))));
  if (gone.size === 0 && !definition.sections.some((section) => section.id === id)) throw DomainError.notFound();
  const free = (condition: Condition | null): Condition | null => (condition && gone.has(condition.question) ? null : condition);
  const sections = definition.sections.filter((section) => section.id !== id).map((section) => ({
    ...section, askedIf: free(section.askedIf), questions: section.questions.filter((question) => question.id !== id).map((question) => ({ ...question, askedIf: free(question.askedIf) })),
  }));
  return sections.length === 0 ? { ...emptyDefinition(), intro: definition.intro } : { ...definition, sections };
}

/** A section changes places with its neighbour; a question moves within its section, and from its edge into the neighbouring one. */
function move(definition: Definition, id: string, by: -1 | 1): Definition {
  const at = definition.sections.findIndex((section) => section.id === id);
  if (at >= 0) return { ...definition, sections: swapped(definition.sections, at, at + by) };
  const home = definition.sections.findIndex(({ questions }) => questions.some((question) => question.id === id));
  const section = definition.sections[home];
  const place = section?.questions.findIndex((question) => question.id === id) ?? -1;
  const question = section?.questions[place];
  if (!section || !question) throw DomainError.notFound();
  if (section.questions[place + by]) return mapSection(definition, section.id, (one) => ({ ...one, questions: swapped(one.questions, place, place + by) }));
  const next = definition.sections[home + by];
  if (!next) return definition;
  const left = mapSection(definition, section.id, (one) => ({ ...one, questions: one.questions.filter((other) => other.id !== id) }));
  return mapSection(left, next.id, (one) => ({ ...one, questions: by === 1 ? [question, ...one.questions] : [...one.questions, question] }));
}

function swapped<T>(list: readonly T[], a: number, b: number): T[] {
  const [first, second] = [list[a], list[b]];
  return first === undefined || second === undefined ? [...list] : list.map((one, at) => (at === a ? second : at === b ? first : one));
}

function mapSection(definition: Definition, id: string, change: (section: Section) => Section): Definition {
  if (!definition.sections.some((section) => section.id === id)) throw DomainError.notFound();
  return { ...definition, sections: definition.sections.map((section) => (section.id === id ? change(section) : section)) };
}

function mapQuestion(definition: Definition, id: string, change: (question: Question) => Question): Definition {
  const home = definition.sections.find(({ questions }) => questions.some((question) => question.id === id));
  if (!home) throw DomainError.notFound();
  return mapSection(definition, home.id, (section) => ({ ...section, questions: section.questions.map((question) => (question.id === id ? change(question) : question)) }));
}

function questionFrom(question: Question, input: QuestionInput, clean: CleanText): Question {
  const line = (value: string | undefined, field: string, max: number): string => (clean(value ?? '', field, max) ?? '').replace(/\s+/gu, ' ');
  const list = (value: string | undefined, field: string, before: readonly Choice[], letter: string): Choice[] =>
    carriedIds((value ?? '').split('\n').map((label) => line(label, field, LIMITS.label)).filter((label) => label !== ''), before, letter);
  const common = {
    id: question.id, text: line(input.text, 'text', LIMITS.text), help: line(input.help, 'help', LIMITS.help) || null, required: input.required ?? false, askedIf: conditionOf(input),
  };
  switch (question.kind) {
    case 'single': return { ...common, kind: 'single', choices: list(input.choices, 'choices', question.choices, 'c'), other: line(input.other, 'other', LIMITS.label) || null };
    case 'multiple': return {
      ...common, kind: 'multiple', choices: list(input.choices, 'choices', question.choices, 'c'), other: line(input.other, 'other', LIMITS.label) || null, min: input.min ?? null, max: input.max ?? null,
    };
    case 'scale': return { ...common, kind: 'scale', from: input.from ?? 1, to: input.to ?? 5, low: line(input.low, 'low', LIMITS.label), high: line(input.high, 'high', LIMITS.label) };
    case 'text': return { ...common, kind: 'text', max: input.max ?? USUAL_ANSWER };
    case 'matrix': return { ...common, kind: 'matrix', rows: list(input.rows, 'rows', question.rows, 'r'), columns: list(input.columns, 'columns', question.columns, 'c') };
  }
}

/** A line that was there keeps its id; one that stands where a vanished line stood was reworded and takes that one's; others get new ones. */
function carriedIds(labels: readonly string[], before: readonly Choice[], letter: string): Choice[] {
  const kept = labels.map((label) => before.find((choice) => choice.label === label)?.id);
  const left = new Set(before.map(({ id }) => id).filter((id) => !kept.includes(id)));
  const used = new Set<string>();
  let last = Math.max(0, ...before.map(({ id }) => Number(id.slice(1)) || 0));
  return labels.map((label, at) => {
    const reworded = before[at]?.id;
    let id = kept[at] !== undefined && !used.has(kept[at]) ? kept[at] : reworded !== undefined && left.has(reworded) && !used.has(reworded) ? reworded : undefined;
    if (id === undefined) id = `${letter}${(last += 1)}`;
    used.add(id);
    return { id, label };
  });
}

/** The condition that was ticked together: values of one question. */
function conditionOf({ is, values = [] }: Pick<QuestionInput, 'is' | 'values'>): Condition | null {
  if (values.length === 0) return null;
  const pairs = values.map((value) => value.split(':'));
  const [question] = pairs[0] ?? [];
  if (!question || pairs.some(([id, value, ...rest]) => id !== question || !value || rest.length > 0)) {
    throw DomainError.invalid('questionnaire:error.oneCondition', [{ field: 'values', key: 'questionnaire:error.oneCondition' }]);
  }
  return { question, is: is ?? 'any', values: pairs.map(([, value]) => value as string) };
}

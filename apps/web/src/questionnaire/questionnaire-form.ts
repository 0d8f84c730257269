import {
  askedByForm, type Choice, type Condition, conditionValues, type Definition, fieldOf, type Numbered, OTHER, otherFieldOf, type Question, questionsOf, rowFieldOf, scaleValues,
} from '@core/questionnaire';

type Values = Readonly<Record<string, unknown>>;
type Errors = Readonly<Record<string, string>>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const chosen = (values: Values, field: string): string[] => [values[field]].flat().filter((value): value is string => typeof value === 'string');

/** When something is asked: for the script as data, for people in words of the catalogue. */
export function conditionView(definition: Definition, condition: Condition | null) {
  if (!condition) return null;
  const target = questionsOf(definition).find(({ question }) => question.id === condition.question);
  const labels = target ? conditionValues(target.question).filter(({ id }) => condition.values.includes(id)).map(({ label }) => label) : [];
  return { question: condition.question, is: condition.is, values: condition.values.join(' '), key: `questionnaire:when.${condition.is}`, params: { no: target?.no ?? '?', values: labels.map((label) => `“${label}”`).join('、') } };
}

/** The choices of a question as boxes or buttons; the one of one's own has a line for its text. */
function choiceViews(question: Question, values: Values): (Choice & { checked: boolean; other: boolean })[] {
  const ticked = chosen(values, fieldOf(question.id));
  return conditionValues(question).map(({ id, label }) => ({ id, label, checked: ticked.includes(id), other: id === OTHER }));
}

function questionView(definition: Definition, { no, question }: Numbered, values: Values, errors: Errors, asked: boolean) {
  const field = fieldOf(question.id);
  return {
    id: question.id, no, field, kind: question.kind, text: question.text, help: question.help, required: question.required, hidden: !asked, when: conditionView(definition, question.askedIf), error: errors[field],
    choices: question.kind === 'text' || question.kind === 'matrix' ? [] : choiceViews(question, values),
    otherField: otherFieldOf(question.id), otherValue: textOf(values[otherFieldOf(question.id)]),
    ...(question.kind === 'multiple' ? { min: question.min, max: question.max } : {}),
    ...(question.kind === 'scale' ? { low: question.low, high: question.high, from: question.from, to: question.to, count: scaleValues(question).length } : {}),
    ...(question.kind === 'text' ? { value: textOf(values[field]), longest: question.max, long: question.max > 60 } : {}),
    ...(question.kind === 'matrix' ? {
      rows: question.rows.map(({ id, label }) => ({
        label, field: rowFieldOf(question.id, id), columns: question.columns.map((column) => ({ ...column, checked: values[rowFieldOf(question.id, id)] === column.id })),
      })),
    } : {}),
  };
}

/**
 * The questionnaire as its page shows it: everything is there, and what the values so far do not lead to is hidden. The script shows it as soon as it
 * is asked; without scripts the server does, when the form is sent.
 */
export function formView(definition: Definition, values: Values = {}, errors: Errors = {}) {
  const asked = new Set(askedByForm(definition, values));
  const numbered = questionsOf(definition);
  return {
    intro: definition.intro, shown: [...asked].join(' '), branching: numbered.some(({ section, question }) => section.askedIf !== null || question.askedIf !== null),
    sections: definition.sections.map((section) => {
      const questions = numbered.filter((one) => one.section.id === section.id).map((one) => questionView(definition, one, values, errors, asked.has(one.question.id)));
      return { id: section.id, title: section.title, when: conditionView(definition, section.askedIf), questions, hidden: questions.every(({ hidden }) => hidden) };
    }),
  };
}

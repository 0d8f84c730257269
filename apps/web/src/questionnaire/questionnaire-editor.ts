import { checkDefinition, conditionValues, type Definition, type Fault, longestRendering, type Question, QUESTION_KINDS, questionsOf, type Section } from '@core/questionnaire';
import { MAX_OPINION, type StaffQuestionnaire, type StanceRule, STANCES } from '@domains/consultation';
import { conditionView } from './questionnaire-form';

/** What stands in the way of going live, each with the way to where it is. */
const faultViews = (definition: Definition, faults: readonly Fault[], base: string) => {
  const numbers = new Map(questionsOf(definition).map(({ no, question }) => [question.id, no]));
  const sections = new Map(definition.sections.map(({ id, title }, at) => [id, title || String(at + 1)]));
  return faults.map(({ code, at }) => ({
    key: `questionnaire:fault.${code}`, href: at && `${base}/items/${at}`, ...(at === null ? {} : numbers.has(at) ? { question: numbers.get(at) } : { section: sections.get(at) }),
  }));
};

const brief = (question: Question): string[] => {
  if (question.kind === 'matrix') return [question.rows.map(({ label }) => label).join('、'), question.columns.map(({ label }) => label).join('、')].filter((text) => text !== '');
  if (question.kind === 'scale') return [`${question.from} ${question.low} — ${question.to} ${question.high}`];
  const labels = conditionValues(question).map(({ label }) => label);
  return labels.length > 0 ? [labels.join('、')] : [];
};

/** The draft as its editor shows it. `longest`: most characters of question and answer together. */
export function editorView({ definition, title, stance }: Pick<StaffQuestionnaire, 'definition' | 'title' | 'stance'>, base: string, longestText = MAX_OPINION) {
  const numbered = questionsOf(definition);
  const length = longestRendering(title, definition);
  return {
    faults: faultViews(definition, checkDefinition(definition), base), length, longest: longestText, tooLong: length > longestText, kinds: QUESTION_KINDS, ...stanceView(definition, stance),
    sections: definition.sections.map((section, at) => ({
      id: section.id, title: section.title, at: at + 1, href: `${base}/items/${section.id}`, when: conditionView(definition, section.askedIf),
      questions: numbered.filter((one) => one.section.id === section.id).map(({ no, question }) => ({
        id: question.id, no, kind: question.kind, text: question.text, required: question.required, href: `${base}/items/${question.id}`, brief: brief(question), when: conditionView(definition, question.askedIf),
        stance: question.id === stance?.question,
      })),
    })),
  };
}

/** The single-choice questions that may tell the stance; of the chosen one, its choices with what each says. */
function stanceView(definition: Definition, stance: StanceRule | null) {
  const singles = questionsOf(definition).filter(({ question }) => question.kind === 'single');
  const marked = singles.find(({ question }) => question.id === stance?.question)?.question;
  return {
    stanceQuestion: marked?.id, stanceOptions: singles.map(({ no, question }) => ({ value: question.id, label: `${no}. ${question.text}` })),
    stanceChoices: marked?.kind === 'single' ? marked.choices.map(({ id, label }) => ({ label, options: STANCES.map((value) => ({ value, chosen: value === (stance?.choices[id] ?? 'suggest') })) })) : [],
  };
}

/** The rule that the settings form sends: stances in the order of the choices of the question, of which the form showed those that were saved. */
export function stanceFrom(definition: Definition, before: StanceRule | null, { stanceQuestion, stances = [] }: { stanceQuestion?: string | undefined; stances?: StanceRule['choices'][string][] | undefined }): StanceRule | null {
  const question = questionsOf(definition).map((one) => one.question).find(({ id }) => id === stanceQuestion);
  if (question?.kind !== 'single') return null;
  const sent = before?.question === question.id ? stances : [];
  return { question: question.id, choices: Object.fromEntries(question.choices.map(({ id }, at) => [id, sent[at] ?? 'suggest'])) };
}

/** What a question or section may hang on: the earlier questions that have values, those of the present condition ticked. */
function conditionOptions(definition: Definition, item: Section | Question, earlier: readonly { no: number; question: Question }[], typed: readonly string[] | null) {
  const ticked = typed ?? item.askedIf?.values.map((value) => `${item.askedIf?.question}:${value}`) ?? [];
  return earlier.flatMap(({ no, question }) => {
    const values = conditionValues(question).map(({ id, label }) => ({ value: `${question.id}:${id}`, label, checked: ticked.includes(`${question.id}:${id}`) }));
    return values.length > 0 ? [{ no, text: question.text, values }] : [];
  });
}

/** A question or a section for its form, or null for an id that is neither's. `typed`: the boxes that were ticked when the form was refused. */
export function itemView(definition: Definition, id: string, typed: readonly string[] | null) {
  const numbered = questionsOf(definition);
  const section = definition.sections.find((one) => one.id === id);
  if (section) {
    const first = numbered.findIndex((one) => one.section.id === id);
    const before = definition.sections.slice(0, definition.sections.indexOf(section)).map((one) => one.id);
    const earlier = numbered.filter((one, at) => before.includes(one.section.id) && (first < 0 || at < first));
    return { section, is: section.askedIf?.is ?? 'any', conditions: conditionOptions(definition, section, earlier, typed) };
  }
  const found = numbered.find((one) => one.question.id === id);
  if (!found) return null;
  const { question } = found;
  const lines = (list: readonly { label: string }[]): string => list.map(({ label }) => label).join('\n');
  return {
    question, no: found.no, is: question.askedIf?.is ?? 'any', conditions: conditionOptions(definition, question, numbered.slice(0, found.no - 1), typed),
    ...('choices' in question ? { choices: lines(question.choices) } : {}), ...('rows' in question ? { rows: lines(question.rows), columns: lines(question.columns) } : {}),
  };
}

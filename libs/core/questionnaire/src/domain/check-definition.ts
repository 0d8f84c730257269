import { type Condition, conditionValues, type Definition, LIMITS, type Question, questionsOf } from './definition';
import { unreachableQuestions } from './reachability';

export const FAULT_CODES = [
  'noQuestions', 'tooManyQuestions', 'tooManySections', 'emptySection', 'sameId', 'noText', 'fewChoices', 'manyChoices', 'sameChoice', 'noLabel', 'choiceCount', 'scale', 'scaleLabels', 'answerLength',
  'unknownQuestion', 'noValues', 'unknownValue', 'laterQuestion', 'cycle', 'unreachable',
] as const;

/** What stands in the way of going live. `at`: the id of the question or section; null for the whole. */
export interface Fault {
  code: (typeof FAULT_CODES)[number];
  at: string | null;
}

/** Everything that is wrong with a definition; empty when it may go live. Texts are taken as cleaned and within `LIMITS` already. */
export function checkDefinition(definition: Definition): Fault[] {
  const all = questionsOf(definition);
  const faults: Fault[] = [];
  const note = (code: Fault['code'], at: string | null): number => faults.push({ code, at });
  if (all.length === 0) note('noQuestions', null);
  if (all.length > LIMITS.questions) note('tooManyQuestions', null);
  if (definition.sections.length > LIMITS.sections) note('tooManySections', null);
  const ids = [...definition.sections, ...all.map(({ question }) => question)].map(({ id }) => id);
  for (const id of repeated(ids)) note('sameId', id);
  for (const section of definition.sections) if (section.questions.length === 0) note('emptySection', section.id);
  for (const { question } of all) for (const code of questionFaults(question)) note(code, question.id);
  const references = referenceFaults(definition);
  faults.push(...references);
  // What hangs on a broken reference is reported as that.
  if (references.length === 0) for (const id of unreachableQuestions(definition)) note('unreachable', id);
  return faults;
}

const repeated = (values: readonly string[]): string[] => [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];

function questionFaults(question: Question): Fault['code'][] {
  const text: Fault['code'][] = question.text === '' ? ['noText'] : [];
  switch (question.kind) {
    case 'single': return [...text, ...listFaults(choiceList(question), LIMITS.choices)];
    case 'multiple': return [...text, ...listFaults(choiceList(question), LIMITS.choices), ...countFaults(question)];
    case 'scale': return [...text, ...(question.from < 0 || question.to > LIMITS.scale || question.to - question.from < 1 ? ['scale' as const] : []), ...(question.low === '' || question.high === '' ? ['scaleLabels' as const] : [])];
    case 'text': return [...text, ...(question.max < 1 || question.max > LIMITS.answer ? ['answerLength' as const] : [])];
    case 'matrix': return [...text, ...listFaults(question.rows, LIMITS.rows, 1), ...listFaults(question.columns, LIMITS.choices)];
  }
}

const choiceList = ({ choices, other }: { choices: { id: string; label: string }[]; other: string | null }) => (other === null ? choices : [...choices, { id: 'other', label: other }]);

function listFaults(list: readonly { id: string; label: string }[], most: number, least = 2): Fault['code'][] {
  return [
    ...(list.length < least ? ['fewChoices' as const] : []), ...(list.length > most ? ['manyChoices' as const] : []),
    ...(repeated(list.map(({ label }) => label)).length > 0 || repeated(list.map(({ id }) => id)).length > 0 ? ['sameChoice' as const] : []),
    ...(list.some(({ label }) => label === '') ? ['noLabel' as const] : []),
  ];
}

function countFaults(question: Question & { kind: 'multiple' }): Fault['code'][] {
  const { min, max } = question;
  const most = choiceList(question).length;
  const wrong = [min, max].some((count) => count !== null && (count < 1 || count > most)) || (min !== null && max !== null && min > max);
  return wrong ? ['choiceCount'] : [];
}

/** Each reference must name an earlier question and values that it has. A later one that leads back to where it began is told as a cycle. */
function referenceFaults(definition: Definition): Fault[] {
  const all = questionsOf(definition);
  const place = new Map(all.map(({ question, no }) => [question.id, no]));
  const byId = new Map(all.map(({ question }) => [question.id, question]));
  const hangsOn = new Map(all.map(({ section, question }) => [question.id, [section.askedIf?.question, question.askedIf?.question].filter((id): id is string => id !== undefined)]));
  const leadsTo = (from: string, to: readonly string[], seen = new Set<string>()): boolean =>
    to.includes(from) || (!seen.has(from) && (seen.add(from), (hangsOn.get(from) ?? []).some((next) => leadsTo(next, to, seen))));
  const faultOf = (condition: Condition, at: string, first: number, covered: readonly string[]): Fault[] => {
    const target = byId.get(condition.question);
    if (!target) return [{ code: 'unknownQuestion', at }];
    if ((place.get(target.id) ?? 0) >= first) return [{ code: leadsTo(target.id, covered) ? 'cycle' : 'laterQuestion', at }];
    if (condition.values.length === 0) return [{ code: 'noValues', at }];
    const known = new Set(conditionValues(target).map(({ id }) => id));
    return condition.values.every((value) => known.has(value)) ? [] : [{ code: 'unknownValue', at }];
  };
  let next = 1;
  return definition.sections.flatMap((section) => {
    const first = next;
    next += section.questions.length;
    return [
      ...(section.askedIf ? faultOf(section.askedIf, section.id, first, section.questions.map(({ id }) => id)) : []),
      ...section.questions.flatMap(({ id, askedIf }, at) => (askedIf ? faultOf(askedIf, id, first + at, [id]) : [])),
    ];
  });
}

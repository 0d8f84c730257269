import { type Condition, conditionValues, type Definition, type Question, questionsOf } from './definition';

/** How many ways of choosing are tried before a question is taken as reachable; only limits on many choices at once come near it. */
const TRIES = 20_000;

/**
 * The ids of the questions that no answers lead to. All conditions on the way to a question must hold together: its own, its section's, and
 * those of the questions that they hang on. For definitions whose references all point backwards.
 */
export function unreachableQuestions(definition: Definition): string[] {
  const all = questionsOf(definition);
  const byId = new Map(all.map(({ question }) => [question.id, question]));
  const ways = new Map<string, Condition[]>();
  const dead = new Set<string>();
  for (const { section, question } of all) {
    const own = [section.askedIf, question.askedIf].filter((condition): condition is Condition => condition !== null);
    const way = unique(own.flatMap((condition) => [condition, ...(ways.get(condition.question) ?? [])]));
    ways.set(question.id, way);
    const met = own.every((condition) => byId.has(condition.question) && !dead.has(condition.question)) && [...grouped(way)].every(([id, conditions]) => {
      const target = byId.get(id);
      return target !== undefined && canMeet(target, conditions);
    });
    if (!met) dead.add(question.id);
  }
  return [...dead];
}

const unique = (conditions: readonly Condition[]): Condition[] => [...new Set(conditions)];

function grouped(conditions: readonly Condition[]): Map<string, Condition[]> {
  const groups = new Map<string, Condition[]>();
  for (const condition of conditions) groups.set(condition.question, [...(groups.get(condition.question) ?? []), condition]);
  return groups;
}

/** Whether one answer to this question can meet all of these conditions. */
function canMeet(question: Question, conditions: readonly Condition[]): boolean {
  const refused = new Set(conditions.filter(({ is }) => is === 'none').flatMap(({ values }) => values));
  const free = conditionValues(question).map(({ id }) => id).filter((id) => !refused.has(id));
  const wanted = conditions.filter(({ is }) => is === 'any').map(({ values }) => values.filter((value) => free.includes(value)));
  if (wanted.some((values) => values.length === 0)) return false;
  // Left open it has no value at all.
  if (wanted.length === 0 && !question.required) return true;
  const fewest = question.kind === 'multiple' ? question.min ?? 1 : 1;
  if (free.length < Math.max(1, fewest)) return false;
  return chosenWithin(wanted, question.kind === 'multiple' ? question.max ?? free.length : 1);
}

/** Whether so many values can be chosen that each of the sets has one. */
function chosenWithin(sets: readonly string[][], most: number): boolean {
  let tries = 0;
  const search = (left: readonly string[][], more: number): boolean => {
    const [next] = left;
    if (!next) return true;
    if (more === 0) return false;
    tries += next.length;
    if (tries > TRIES) return true;
    return next.some((value) => search(left.filter((set) => !set.includes(value)), more - 1));
  };
  return search(sets, most);
}

import type { Condition, Definition, Question } from './definition';

/** An answer, by the kind of its question. A question that was left open has none. */
export type Answer =
  | { choice: string; other?: string }
  | { choices: string[]; other?: string }
  | { value: number }
  | { text: string }
  | { rows: Record<string, string> };

/** Answers by the id of their question. */
export type Answers = Readonly<Record<string, Answer>>;

/** The values of an answer that a condition may ask for. */
function valuesIn(answer: Answer | undefined): string[] {
  if (!answer) return [];
  if ('choice' in answer) return [answer.choice];
  if ('choices' in answer) return answer.choices;
  return 'value' in answer ? [String(answer.value)] : [];
}

/**
 * Walks through a questionnaire as a person does: each question with whether it is asked, in view of what `answerOf` gives for those before it.
 * A condition on a question that was not asked is not met, whichever it is; one that was asked and left open has no value, so that "has none of" is met.
 */
export function walk(definition: Definition, answerOf: (question: Question, asked: boolean) => Answer | undefined): Map<string, boolean> {
  const asked = new Map<string, boolean>();
  const values = new Map<string, string[]>();
  const holds = (condition: Condition | null): boolean => {
    if (!condition) return true;
    if (!asked.get(condition.question)) return false;
    const has = (values.get(condition.question) ?? []).some((value) => condition.values.includes(value));
    return condition.is === 'any' ? has : !has;
  };
  for (const section of definition.sections) {
    const open = holds(section.askedIf);
    for (const question of section.questions) {
      const isAsked = open && holds(question.askedIf);
      const answer = answerOf(question, isAsked);
      asked.set(question.id, isAsked);
      if (isAsked) values.set(question.id, valuesIn(answer));
    }
  }
  return asked;
}

/** The ids of the questions that these answers lead to, in their order. */
export function askedQuestions(definition: Definition, answers: Answers): string[] {
  return [...walk(definition, ({ id }) => (Object.hasOwn(answers, id) ? answers[id] : undefined))].filter(([, asked]) => asked).map(([id]) => id);
}

import { type Answers, type Definition, questionsOf } from '@core/questionnaire';
import type { Stance } from './figures';

/** The single-choice question whose choices say how somebody stands to the draft, and what each of them says. */
export interface StanceRule {
  question: string;
  choices: Record<string, Stance>;
}

/**
 * How an answered questionnaire stands to the draft: what the department said of the chosen choice, before anybody answered. Without such a question,
 * without an answer to it, and for a choice of one's own it is `suggest`: nobody is counted for or against a draft who has not said so.
 */
export function stanceOf(rule: StanceRule | null, answers: Answers): Stance {
  const answer = rule && Object.hasOwn(answers, rule.question) ? answers[rule.question] : undefined;
  return (answer && 'choice' in answer && rule?.choices[answer.choice]) || 'suggest';
}

/** The rule as far as the definition still has its question and choices; a choice without a word is `suggest`. */
export function fittingRule(definition: Definition, rule: StanceRule | null): StanceRule | null {
  const question = rule && questionsOf(definition).map((one) => one.question).find(({ id }) => id === rule.question);
  if (!rule || question?.kind !== 'single') return null;
  return { question: question.id, choices: Object.fromEntries(question.choices.map(({ id }) => [id, rule.choices[id] ?? 'suggest'])) };
}

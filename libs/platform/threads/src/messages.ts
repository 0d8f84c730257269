import { DomainError, type Problem } from '@platform/kernel';

/** What a thread answers: the result, a refusal by a rule, or any other failure. Classes do not survive the way between threads. */
export type Answer =
  | { result: unknown }
  | { refusal: { problem: Problem; key: string; details: DomainError['details'] } }
  | { failure: { message: string; stack: string } };

export function answerOf(error: unknown): Answer {
  if (error instanceof DomainError) return { refusal: { problem: error.problem, key: error.key, details: error.details } };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { failure: { message, stack: stack ?? message } };
}

/** The result, or the error that the work ended with. */
export function settle(answer: Answer): { result: unknown } | { error: Error } {
  if ('result' in answer) return answer;
  if ('refusal' in answer) return { error: new DomainError(answer.refusal.problem, answer.refusal.key, answer.refusal.details) };
  return { error: Object.assign(new Error(answer.failure.message), { stack: answer.failure.stack }) };
}

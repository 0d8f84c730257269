/** What a run of numbers must be: 1 to n, each once. */
export interface NumberCheck {
  count: number;
  /** The largest number; 0 where there is none. */
  last: number;
  gaps: number[];
  doubles: number[];
  /** Each from 1 to the last, once, and the counter stands at the last. */
  whole: boolean;
}

/** Checks the numbers of one department, code and year against each other and against the counter that gave them. */
export function checkNumbers(numbers: readonly number[], counter: number): NumberCheck {
  const seen = new Set<number>();
  const doubles = new Set<number>();
  for (const number of numbers) (seen.has(number) ? doubles : seen).add(number);
  const last = numbers.reduce((most, number) => Math.max(most, number), 0);
  const gaps = Array.from({ length: last }, (_, index) => index + 1).filter((number) => !seen.has(number));
  return { count: numbers.length, last, gaps, doubles: [...doubles], whole: gaps.length === 0 && doubles.size === 0 && last === counter };
}

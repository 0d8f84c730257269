import { checkNumbers } from './number-check';

it.each([
  [[], 0, { count: 0, last: 0, gaps: [], doubles: [], whole: true }],
  [[1, 2, 3], 3, { count: 3, last: 3, gaps: [], doubles: [], whole: true }],
  [[3, 1, 2], 3, { whole: true }],
  [[1, 3, 5], 5, { gaps: [2, 4], whole: false }],
  [[1, 2, 2], 2, { count: 3, doubles: [2], whole: false }],
  // The counter ran ahead: a number was taken and is in no register.
  [[1, 2], 3, { gaps: [], doubles: [], whole: false }],
])('%j with the counter at %i', (numbers, counter, expected) => {
  expect(checkNumbers(numbers, counter)).toMatchObject(expected);
});

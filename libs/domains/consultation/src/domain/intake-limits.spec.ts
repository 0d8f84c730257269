import { bucketsOf, postsPerMinute, previousSlot, secondsToNextSlot, slotOf, workBits } from './intake-limits';

const AT = new Date('2026-03-02T09:13:20.500+08:00');

test('ten minutes begin at every tenth minute, and what is left of them is at least a second', () => {
  expect(slotOf(AT).toISOString()).toBe('2026-03-02T01:10:00.000Z');
  expect(previousSlot(AT).toISOString()).toBe('2026-03-02T01:00:00.000Z');
  expect(secondsToNextSlot(AT)).toBe(400);
  expect(secondsToNextSlot(new Date('2026-03-02T01:19:59.999Z'))).toBe(1);
  expect(secondsToNextSlot(new Date('2026-03-02T01:10:00.000Z'))).toBe(600);
});

test('an account is counted by itself, everybody else by the network, and all by the consultation last', () => {
  const sender = { accountId: 'a', network: 'n' };
  expect(bucketsOf('account', sender, 'c').map(({ kind }) => kind)).toEqual(['account', 'consultation']);
  expect(bucketsOf('work', sender, 'c').map(({ kind }) => kind)).toEqual(['network', 'consultation']);
  expect(bucketsOf('question', sender, 'c').map(({ kind }) => kind)).toEqual(['network', 'question', 'consultation']);
});

test('the work doubles with the posts, up to sixteen times', () => {
  expect([0, 30, 31, 60, 61, 120, 480, 1e9].map((rate) => workBits(18, rate))).toEqual([18, 18, 19, 19, 20, 20, 22, 22]);
  // A burst counts at once, and a quarter of an hour later is forgotten.
  expect(postsPerMinute(new Date('2026-03-02T01:10:05Z'), 90, 0)).toBe(90);
  expect(postsPerMinute(AT, 0, 600)).toBe(60);
});

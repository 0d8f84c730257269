import { rungOf } from './rungs';

it.each([
  ['2026-03-02', '2026-03-16', null, 'wd'],
  ['2026-03-02', '2026-03-09', 'week', 'wd'],
  // National Day: 30 September is one working day before 8 October.
  ['2026-09-30', '2026-10-08', 'day', 'wd'],
  ['2026-09-23', '2026-10-08', 'week', 'wd'],
  ['2026-03-02', '2026-03-02', 'day', 'wd'],
  ['2026-03-03', '2026-03-02', 'overdue', 'cd'],
  // No notice for 2027 yet: calendar days.
  ['2026-12-30', '2027-01-06', null, 'cd'],
  ['2027-01-01', '2027-01-06', 'week', 'cd'],
  ['2027-01-05', '2027-01-06', 'day', 'cd'],
] as const)('on %s what is due on %s stands on %s, counted in %s', (today, dueOn, rung, counted) => {
  expect(rungOf(dueOn, today)).toMatchObject({ rung, counted });
});

it.each([
  ['2026-03-02', '2026-03-31', null, 'wd'],
  ['2026-03-03', '2026-03-31', 'month', 'cd'],
  ['2026-03-24', '2026-03-31', 'week', 'wd'],
  ['2026-03-30', '2026-03-31', 'day', 'wd'],
  // Four weeks need no calendar.
  ['2026-12-20', '2027-01-17', 'month', 'cd'],
] as const)('on %s what is due on %s and told early stands on %s, counted in %s', (today, dueOn, rung, counted) => {
  expect(rungOf(dueOn, today, true)).toMatchObject({ rung, counted });
  if (rung === 'month') expect(rungOf(dueOn, today, true).left).toBe(28);
});

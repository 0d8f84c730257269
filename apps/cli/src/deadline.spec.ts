import { deadlineCommand } from './deadline';

describe('policyloop deadline', () => {
  it('gives due, skipped and calendar, and nothing else', () => {
    const result = deadlineCommand({ from: '2025-09-24', days: '20', unit: 'wd' });
    expect(Object.keys(result)).toEqual(['due', 'skipped', 'calendar']);
    expect(result.due).toBe('2025-10-28');
    expect(deadlineCommand({ from: '2026-01-31', days: '30', unit: 'cd' })).toEqual({ due: '2026-03-02', skipped: [], calendar: [] });
  });

  it.each([
    ['2025-02-30', '1', 'wd', 'date'],
    ['2025-02-03', '', 'wd', 'days'],
    ['2025-02-03', '1e3', 'cd', 'days'],
    ['2025-02-03', '-5', 'cd', 'days'],
    ['2025-02-03', '5', 'days', 'unit'],
    ['2027-02-03', '5', 'wd', 'noCalendar'],
  ])('refuses %p %p %p', (from, days, unit, error) => {
    expect(() => deadlineCommand({ from, days, unit })).toThrow(`statutes:error.${error}`);
  });
});

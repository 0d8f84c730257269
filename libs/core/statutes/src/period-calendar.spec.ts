import fc from 'fast-check';
import { deadline, isWorkingDay, periodCalendar } from './index';
import { isoDate } from './iso-date';

const FIRST = Date.UTC(2007, 0, 1) / 86_400_000;
const LAST = Date.UTC(2025, 0, 1) / 86_400_000;

const period = fc.record({
  from: fc.integer({ min: FIRST, max: LAST }).map((day) => isoDate(day)), days: fc.integer({ min: 0, max: 200 }), unit: fc.constantFrom('wd' as const, 'cd' as const),
});

it('draws what the deadline counted, on random periods', () => {
  fc.assert(fc.property(period, (input) => {
    const { due, skipped } = deadline(input);
    const months = periodCalendar(input);
    const cells = months.flatMap(({ weeks }) => weeks.flat());
    const days = cells.filter((cell) => cell !== null);
    const dates = (part: string): string[] => days.filter((day) => day.part === part).map(({ date }) => date);
    expect(days.filter((day) => day.due).map(({ date }) => date)).toEqual([due]);
    expect(dates('start')).toEqual([input.from]);
    expect(dates('skipped')).toEqual(skipped.map(({ date }) => date));
    expect(dates('counted')).toHaveLength(input.days);
    expect(days.filter(({ nth }) => nth !== null).map(({ nth }) => nth)).toEqual(Array.from({ length: input.days }, (_, n) => n + 1));
    if (input.unit === 'wd') expect(dates('counted').every(isWorkingDay)).toBe(true);
    for (const { date, kind } of days) expect([date, kind === null || kind === 'makeup']).toEqual([date, isWorkingDay(date)]);
    // Whole months, in order, each day under its own weekday.
    expect([days[0]?.date.slice(8), months.map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}`)]).toEqual(['01', [...new Set(days.map(({ date }) => date.slice(0, 7)))]]);
    for (const { weeks } of months) for (const week of weeks) week.forEach((day, column) => expect(day === null || (new Date(`${day.date}T00:00:00Z`).getUTCDay() + 6) % 7 === column).toBe(true));
  }), { numRuns: 120 });
});

it('names holidays and make-up workdays', () => {
  const days = periodCalendar({ from: '2025-09-24', days: 20, unit: 'wd' }).flatMap(({ weeks }) => weeks.flat());
  const of = (date: string) => days.find((day) => day?.date === date);
  expect(of('2025-09-28')).toMatchObject({ part: 'counted', kind: 'makeup', nth: 3 });
  expect(of('2025-10-06')).toMatchObject({ part: 'skipped', kind: 'holiday', holiday: '国庆节、中秋节', nth: null });
  expect(of('2025-10-28')).toMatchObject({ due: true, nth: 20 });
});

it('says nothing of days in a year without a notice, and counts no working days there', () => {
  const days = periodCalendar({ from: '2031-05-01', days: 3, unit: 'cd' }).flatMap(({ weeks }) => weeks.flat());
  expect(days.every((day) => day === null || day.kind === null)).toBe(true);
  expect(() => periodCalendar({ from: '2031-05-01', days: 3, unit: 'wd' })).toThrow('statutes:error.noCalendar');
});

import { readFileSync } from 'node:fs';
import { DomainError, type IsoDate } from '@platform/kernel';
import fc from 'fast-check';
import { deadline, isWorkingDay, workingDaysBetween } from './index';

/**
 * Oracle: the lists of chinese-days, a compilation of the same notices by other people, and none of our data or code. Where the two should
 * ever differ, the day stands in DIFFERENCES with what the notice says; no day is left out of the comparison.
 */
const allDays: IsoDate[] = [];
for (const day = new Date('2007-01-01T00:00:00Z'); day.getUTCFullYear() < 2027; day.setUTCDate(day.getUTCDate() + 1)) allDays.push(day.toISOString().slice(0, 10));
const numberOf = new Map(allDays.map((date, at) => [date, at]));

const compilation = JSON.parse(readFileSync(require.resolve('chinese-days/dist/chinese-days.json'), 'utf8')) as Record<'holidays' | 'workdays', Record<string, string>>;
/** Saturday and Sunday are 6 and 0. */
const weekdayOf = (date: IsoDate): number => new Date(`${date}T00:00:00Z`).getUTCDay();
/** Its lists and not its functions, which answer for the day of the machine's time zone. */
const saysWorked = (date: IsoDate): boolean => date in compilation.workdays || (![0, 6].includes(weekdayOf(date)) && !(date in compilation.holidays));

/** `[date, worked, the sentence of the notice]` where chinese-days 1.5.7 says otherwise than the notice. None has been found. */
const DIFFERENCES: readonly (readonly [IsoDate, boolean, string])[] = [];
const corrected = new Map(DIFFERENCES.map(([date, isWorked]) => [date, isWorked]));
const worked = allDays.filter((date) => corrected.get(date) ?? saysWorked(date));
const isWorked = new Set(worked);

/** How many worked days lie on or before a date. */
function rank(date: IsoDate): number {
  let low = 0;
  let high = worked.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (worked[middle]! <= date) low = middle + 1;
    else high = middle;
  }
  return low;
}

const anyDay = fc.nat({ max: allDays.length - 1 }).map((index) => allDays[index]!);
const refusal = (act: () => unknown): DomainError | undefined => {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  return undefined;
};

describe('working days against an independent compilation', () => {
  it('agrees on 10,000 random periods, and refuses exactly those that leave the calendar', () => {
    const outcomes = { due: 0, refused: 0 };
    fc.assert(
      fc.property(anyDay, fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 60 }) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 3650 }) }), (from, days) => {
        const due = worked[rank(from) + days - 1];
        if (due === undefined) {
          outcomes.refused++;
          expect(refusal(() => deadline({ from, days, unit: 'wd' }))?.details.params).toEqual({ year: 2027 });
          return;
        }
        outcomes.due++;
        const result = deadline({ from, days, unit: 'wd' });
        expect(result.due).toBe(due);
        // As one text: comparing ten thousand long lists item by item takes a quarter of a minute.
        expect(result.skipped.map(({ date }) => date).join()).toBe(allDays.slice((numberOf.get(from) ?? 0) + 1, numberOf.get(due)).filter((date) => !isWorked.has(date)).join());
      }),
      { numRuns: 10_000 },
    );
    expect(outcomes.due).toBeGreaterThan(5_000);
    expect(outcomes.refused).toBeGreaterThan(100);
  });

  it('differs on no day that is not explained, and explains none that does not differ', () => {
    const differing = allDays.filter((date) => isWorkingDay(date) !== saysWorked(date));
    expect(differing).toEqual(DIFFERENCES.map(([date]) => date));
    // The compilation knows every one of these years: each has days off that are no weekend.
    for (let year = 2007; year <= 2026; year += 1) {
      const off = allDays.filter((date) => date.startsWith(String(year)) && !saysWorked(date) && ![0, 6].includes(weekdayOf(date)));
      expect([year, off.length >= 10]).toEqual([year, true]);
    }
  });

  it('agrees on every single day, and on counts between random days', () => {
    expect(allDays).toHaveLength(7305);
    expect(allDays.filter((date) => isWorkingDay(date))).toEqual(worked);
    fc.assert(
      fc.property(anyDay, anyDay, (one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        expect(workingDaysBetween(from, to)).toBe(rank(to) - rank(from));
      }),
    );
  });
});

describe('a deadline explains itself', () => {
  it('lists the skipped days with why, and the notices', () => {
    expect(deadline({ from: '2025-09-24', days: 20, unit: 'wd' })).toEqual({
      due: '2025-10-28',
      skipped: [
        { date: '2025-09-27', why: 'weekend' },
        ...['01', '02', '03', '04', '05', '06', '07', '08'].map((day) => ({ date: `2025-10-${day}`, why: 'holiday:国庆节、中秋节' })),
        ...['12', '18', '19', '25', '26'].map((day) => ({ date: `2025-10-${day}`, why: 'weekend' })),
      ],
      calendar: ['国办发明电〔2024〕12号'],
    });
  });

  it('names every notice it relied on, also those of the next year and amendments', () => {
    expect(deadline({ from: '2007-12-28', days: 1, unit: 'wd' }).calendar).toEqual(['国办发明电〔2006〕49号', '国办发明电〔2007〕52号']);
    expect(deadline({ from: '2020-01-22', days: 5, unit: 'wd' }).calendar).toEqual(['国办发明电〔2019〕16号', '国办发明电〔2020〕1号']);
    expect(deadline({ from: '2019-12-30', days: 3, unit: 'wd' }).calendar).toHaveLength(4);
  });

  it('counts calendar days without a calendar, over leap days and far from the data', () => {
    expect(deadline({ from: '2024-02-28', days: 2, unit: 'cd' })).toEqual({ due: '2024-03-01', skipped: [], calendar: [] });
    expect(deadline({ from: '2031-12-31', days: 30, unit: 'cd' }).due).toBe('2032-01-30');
    expect(deadline({ from: '2025-10-01', days: 0, unit: 'wd' })).toEqual({ due: '2025-10-01', skipped: [], calendar: [] });
  });
});

describe('refusals', () => {
  it.each(['2026-02-30', '2025-02-29', '2026-13-01', '2026-1-5', '26-01-05', '2026-01-05T00:00:00Z', 'tomorrow', ''])('refuses the date %p', (date) => {
    for (const act of [() => deadline({ from: date, days: 1, unit: 'cd' as const }), () => isWorkingDay(date), () => workingDaysBetween('2025-01-01', date)]) {
      expect(refusal(act)?.key).toBe('statutes:error.date');
    }
  });

  it.each([-1, 3651, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a period of %p days', (days) => {
    expect(refusal(() => deadline({ from: '2025-01-02', days, unit: 'wd' }))?.key).toBe('statutes:error.days');
    expect(refusal(() => deadline({ from: '2025-01-02', days, unit: 'cd' }))?.key).toBe('statutes:error.days');
  });

  it('refuses a year without a notice, only where a working day of it is needed', () => {
    expect(deadline({ from: '2006-12-31', days: 1, unit: 'wd' }).due).toBe('2007-01-04');
    expect(deadline({ from: '2026-12-30', days: 1, unit: 'wd' }).due).toBe('2026-12-31');
    for (const [act, year] of [
      [() => deadline({ from: '2026-12-31', days: 1, unit: 'wd' }), 2027],
      [() => deadline({ from: '2006-12-28', days: 1, unit: 'wd' }), 2006],
      [() => isWorkingDay('2027-01-04'), 2027],
      [() => workingDaysBetween('2026-12-01', '2027-01-10'), 2027],
    ] as const) {
      expect(refusal(act)).toMatchObject({ problem: 'invalid', key: 'statutes:error.noCalendar', details: { params: { year } } });
    }
    expect(refusal(() => workingDaysBetween('2025-01-02', '2025-01-01'))?.key).toBe('statutes:error.order');
  });
});

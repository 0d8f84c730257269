import { deadline, HOLIDAY_NOTICES, isWorkingDay } from './index';

/**
 * Worked out by hand from the text of each notice: `[from, working days, due, notice]`. Among them are make-up workdays counted and holidays
 * that reach over a year's end, the memorial day of 2015, and the two amendments of 2019 and 2020; how the later ones were counted stands beside them.
 */
const PERIODS = [
  ['2007-04-27', 5, '2007-05-09', '国办发明电〔2006〕49号'],
  ['2007-12-28', 3, '2008-01-03', '国办发明电〔2007〕52号'],
  ['2009-09-25', 6, '2009-10-10', '国办发明电〔2008〕42号'],
  ['2010-06-11', 3, '2010-06-17', '国办发明电〔2009〕27号'],
  ['2011-01-28', 4, '2011-02-09', '国办发明电〔2010〕40号'],
  ['2012-09-28', 2, '2012-10-08', '国办发明电〔2011〕45号'],
  ['2013-06-07', 3, '2013-06-13', '国办发明电〔2012〕33号'],
  ['2014-01-24', 7, '2014-02-08', '国办发明电〔2013〕28号'],
  ['2015-02-13', 4, '2015-02-25', '国办发明电〔2014〕28号'],
  ['2015-09-01', 4, '2015-09-08', '国发明电〔2015〕1号'],
  ['2016-02-05', 2, '2016-02-14', '国办发明电〔2015〕18号'],
  ['2017-09-29', 2, '2017-10-09', '国办发明电〔2016〕17号'],
  ['2018-04-27', 2, '2018-05-02', '国办发明电〔2017〕12号'],
  ['2018-12-28', 2, '2019-01-02', '国办发明电〔2018〕15号'],
  ['2019-04-26', 5, '2019-05-06', '国办发明电〔2019〕3号'],
  ['2020-06-24', 2, '2020-06-29', '国办发明电〔2019〕16号'],
  ['2020-01-22', 5, '2020-02-06', '国办发明电〔2020〕1号'],
  ['2021-02-05', 5, '2021-02-18', '国办发明电〔2020〕27号'],
  ['2022-01-28', 3, '2022-02-07', '国办发明电〔2021〕11号'],
  ['2023-09-28', 2, '2023-10-08', '国办发明电〔2022〕16号'],
  ['2024-02-08', 2, '2024-02-18', '国办发明电〔2023〕7号'],
  ['2025-09-24', 20, '2025-10-28', '国办发明电〔2024〕12号'],
  ['2026-02-13', 2, '2026-02-24', '国办发明电〔2025〕7号'],
  ['2026-09-18', 1, '2026-09-20', '国办发明电〔2025〕7号'],
  ['2007-09-28', 3, '2007-10-08', '国办发明电〔2006〕49号'], // Sat 29 and Sun 30 worked; off 1–7 October
  ['2008-02-01', 5, '2008-02-13', '国办发明电〔2007〕52号'], // Sat 2 and Sun 3 worked, 4, 5; off 6–12
  ['2008-09-26', 3, '2008-10-06', '国办发明电〔2007〕52号'], // Sat 27 and Sun 28 worked; off 29 September – 5 October
  ['2009-05-27', 2, '2009-06-01', '国办发明电〔2008〕42号'], // off 28–30; Sun 31 worked
  ['2010-09-17', 5, '2010-09-26', '国办发明电〔2009〕27号'], // Sun 19 worked, 20, 21; off 22–24; Sat 25 and Sun 26 worked
  ['2011-04-01', 2, '2011-04-06', '国办发明电〔2010〕40号'], // Sat 2 worked; off 3–5
  ['2011-12-30', 2, '2012-01-04', '国办发明电〔2011〕45号'], // year end: Sat 31 worked; off 1–3 January
  ['2013-01-04', 3, '2013-01-07', '国办发明电〔2012〕33号'], // Sat 5 and Sun 6 worked, 7
  ['2013-12-31', 1, '2014-01-02', '国办发明电〔2013〕28号'], // year end: off 1 January
  ['2014-09-26', 4, '2014-10-08', '国办发明电〔2013〕28号'], // Sun 28 worked, 29, 30; off 1–7 October
  ['2015-09-02', 2, '2015-09-07', '国发明电〔2015〕1号'], // memorial day: off 3–5; Sun 6 worked, 7
  ['2015-12-31', 1, '2016-01-04', '国办发明电〔2015〕18号'], // year end: off Fri 1; Sat 2, Sun 3
  ['2016-06-08', 2, '2016-06-13', '国办发明电〔2015〕18号'], // off 9–11; Sun 12 worked
  ['2017-05-26', 2, '2017-05-31', '国办发明电〔2016〕17号'], // Sat 27 worked; off 28–30
  ['2019-04-29', 2, '2019-05-05', '国办发明电〔2019〕3号'], // amended: 30; off 1–4 May; Sun 5 worked
  ['2019-12-31', 1, '2020-01-02', '国办发明电〔2019〕16号'], // year end: off 1 January
  ['2020-01-23', 1, '2020-02-03', '国办发明电〔2020〕1号'], // amended: off 24 January – 2 February, so Sat 1 February is not worked
  ['2020-01-17', 6, '2020-02-03', '国办发明电〔2020〕1号'], // Sun 19 worked, 20–23; off as above
  ['2022-09-30', 3, '2022-10-10', '国办发明电〔2021〕11号'], // off 1–7; Sat 8 and Sun 9 worked, 10
  ['2022-12-30', 1, '2023-01-03', '国办发明电〔2022〕16号'], // year end: off 31 December – 2 January
  ['2024-12-31', 1, '2025-01-02', '国办发明电〔2024〕12号'], // year end: off 1 January
  ['2025-12-31', 2, '2026-01-05', '国办发明电〔2025〕7号'], // year end: off 1–3 January; Sun 4 worked
  ['2026-09-30', 3, '2026-10-10', '国办发明电〔2025〕7号'], // off 1–7; 8, 9, Sat 10 worked
] as const;

/** Single days as the notices order them: `[date, worked, notice]`. */
const DAYS = [
  ['2007-02-25', true, '国办发明电〔2006〕49号'],
  ['2007-01-02', false, '国办发明电〔2006〕49号'],
  ['2007-12-31', false, '国办发明电〔2007〕52号'],
  ['2007-12-29', true, '国办发明电〔2007〕52号'],
  ['2008-05-04', true, '国办发明电〔2007〕52号'],
  ['2009-05-31', true, '国办发明电〔2008〕42号'],
  ['2010-09-19', true, '国办发明电〔2009〕27号'],
  ['2011-12-31', true, '国办发明电〔2011〕45号'],
  ['2013-01-05', true, '国办发明电〔2012〕33号'],
  ['2014-04-07', false, '国办发明电〔2013〕28号'],
  ['2014-01-30', true, '国办发明电〔2013〕28号'],
  ['2015-09-03', false, '国发明电〔2015〕1号'],
  ['2015-09-04', false, '国发明电〔2015〕1号'],
  ['2015-09-06', true, '国发明电〔2015〕1号'],
  ['2015-06-22', false, '国办发明电〔2014〕28号'],
  ['2016-05-02', false, '国办发明电〔2015〕18号'],
  ['2017-05-27', true, '国办发明电〔2016〕17号'],
  ['2018-12-31', false, '国办发明电〔2018〕15号'],
  ['2019-05-02', false, '国办发明电〔2019〕3号'],
  ['2019-04-28', true, '国办发明电〔2019〕3号'],
  ['2019-05-05', true, '国办发明电〔2019〕3号'],
  ['2020-01-31', false, '国办发明电〔2020〕1号'],
  ['2020-02-01', false, '国办发明电〔2020〕1号'],
  ['2020-02-03', true, '国办发明电〔2020〕1号'],
  ['2021-09-18', true, '国办发明电〔2020〕27号'],
  ['2022-05-07', true, '国办发明电〔2021〕11号'],
  ['2022-12-31', false, '国办发明电〔2022〕16号'],
  ['2023-01-02', false, '国办发明电〔2022〕16号'],
  ['2024-02-09', true, '国办发明电〔2023〕7号'],
  ['2025-09-28', true, '国办发明电〔2024〕12号'],
  ['2025-10-11', true, '国办发明电〔2024〕12号'],
  ['2025-10-08', false, '国办发明电〔2024〕12号'],
  ['2026-01-04', true, '国办发明电〔2025〕7号'],
  ['2026-02-23', false, '国办发明电〔2025〕7号'],
] as const;

describe('checked by hand against the notices', () => {
  it('are at least forty periods', () => expect(new Set(PERIODS.map(([from, days]) => `${from} ${days}`)).size).toBeGreaterThanOrEqual(40));

  it.each(PERIODS)('%s and %d working days: %s (%s)', (from, days, due, notice) => {
    const result = deadline({ from, days, unit: 'wd' });
    expect(result.due).toBe(due);
    expect(result.calendar).toContain(notice);
  });

  it.each(DAYS)('%s worked: %s (%s)', (date, worked, notice) => {
    expect(isWorkingDay(date)).toBe(worked);
    expect(HOLIDAY_NOTICES.map((row) => row.notice)).toContain(notice);
  });
});

describe('the holiday data', () => {
  const isWeekendDay = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

  it('covers 2007–2026 without a gap, each notice once, and works only weekends', () => {
    expect([...new Set(HOLIDAY_NOTICES.map(({ year }) => year))]).toEqual(Array.from({ length: 20 }, (_, index) => 2007 + index));
    expect(new Set(HOLIDAY_NOTICES.map(({ notice }) => notice)).size).toBe(23);
    expect(HOLIDAY_NOTICES.flatMap(({ makeup }) => makeup).filter((date) => !isWeekendDay(date))).toEqual([]);
    for (const [name, first, last] of HOLIDAY_NOTICES.flatMap(({ holidays }) => holidays)) expect([name, first <= last]).toEqual([name, true]);
  });

  it('grants each year exactly the statutory days off that fall beside weekends', () => {
    // Weekdays off minus weekends worked are the statutory days of the year; 国务院令 270 (10), 513 and 644 (11), 795 (13).
    const balance = (year: number): number => {
      let days = 0;
      for (const day = new Date(`${year}-01-01T00:00:00Z`); day.getUTCFullYear() === year; day.setUTCDate(day.getUTCDate() + 1)) {
        const date = day.toISOString().slice(0, 10);
        if (isWorkingDay(date) === isWeekendDay(date)) days += isWeekendDay(date) ? -1 : 1;
      }
      return days;
    };
    expect([2009, 2010, 2016, 2021, 2024, 2025].map(balance)).toEqual([11, 11, 11, 11, 11, 13]);
  });
});

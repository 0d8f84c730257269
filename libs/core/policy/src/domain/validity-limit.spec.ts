import { isTrial, lastDayOfYears, validityWarning } from './validity-limit';

const rule = { parameter: 'nrd.validity.GD', years: 5, trialYears: 3, article: '《规定》', blocks: false };
const warned = (effectiveTo: string | null, title = '云浦市补助办法') => validityWarning(rule, { title, effectiveFrom: '2026-04-01', effectiveTo });

it('ends so many years on the day before', () => {
  expect([lastDayOfYears('2026-04-01', 5), lastDayOfYears('2026-01-01', 3), lastDayOfYears('2024-02-29', 1), lastDayOfYears('2024-03-01', 5)]).toEqual(['2031-03-31', '2028-12-31', '2025-02-28', '2029-02-28']);
});

it('warns of no end and of an end that is too late, to the day', () => {
  expect(warned('2031-03-31')).toBeNull();
  expect(warned('2031-04-01')).toMatchObject({ fault: 'tooLong', years: 5, latest: '2031-03-31', article: '《规定》' });
  expect(warned(null)).toMatchObject({ fault: 'noEnd', latest: '2031-03-31' });
});

it('gives a trial less', () => {
  expect(['云浦市补助暂行办法', '云浦市补助办法（试行）', '云浦市试点办法'].map(isTrial)).toEqual([true, true, false]);
  expect(warned('2031-03-31', '云浦市补助办法（试行）')).toMatchObject({ fault: 'tooLong', years: 3, latest: '2029-03-31' });
  expect(warned('2029-03-31', '云浦市补助暂行办法')).toBeNull();
});

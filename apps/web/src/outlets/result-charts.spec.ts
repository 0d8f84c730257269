import fc from 'fast-check';
import { clauseBars, clauseNames, timeChart } from './result-charts';

const day = (n: number): string => new Date(Date.UTC(2026, 2, 1 + n)).toISOString().slice(0, 10);

describe('opinions over time', () => {
  it('counts each opinion in one column, and draws none outside its drawing', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 400 }), fc.array(fc.record({ at: fc.nat({ max: 400 }), count: fc.integer({ min: 1, max: 50 }) })), (last, given) => {
      const byDay = given.filter(({ at }) => at <= last).map(({ at, count }) => ({ day: day(at), count }));
      const { columns, width, peak, weekly } = timeChart(byDay, day(0), day(last));
      expect(columns.reduce((sum, { value }) => sum + value, 0)).toBe(byDay.reduce((sum, { count }) => sum + count, 0));
      expect(weekly).toBe(last + 1 > 92);
      expect(columns.length).toBeLessThanOrEqual(92);
      expect(peak?.value ?? 0).toBe(Math.max(0, ...columns.map(({ value }) => value)));
      for (const { x, y, height } of columns) expect([x >= 0 && x < width, y >= 0, height <= 100, Math.abs(y + height - 100) < 0.11]).toEqual([true, true, true, true]);
    }));
  });

  it('has a column for a day without an opinion', () => {
    expect(timeChart([{ day: '2026-03-03', count: 2 }], '2026-03-01', '2026-03-04').columns.map((column) => [column.day, column.value, column.height])).toEqual(
      [['2026-03-01', 0, 0], ['2026-03-02', 0, 0], ['2026-03-03', 2, 100], ['2026-03-04', 0, 0]]);
  });
});

it('names the clauses with most opinions, and adds the others up', () => {
  const provisions = [
    { clauseId: 'h', parentId: null, identity: 'h', kind: 'heading', label: '第一章', text: '总则' }, { clauseId: 'c0', parentId: 'h', identity: 'c0', kind: 'article', label: '第一条', text: '条文' },
    { clauseId: 'c1', parentId: 'c0', identity: 'c1', kind: 'item', label: '（一）', text: '一项' }, { clauseId: 'c2', parentId: 'c0', identity: 'c2', kind: 'paragraph', label: '', text: '对购置先进设备的企业给予补助' },
  ];
  expect([...clauseNames(provisions).values()]).toEqual(['第一章', '第一条', '第一条（一）', '第一条对购置先进设备的企业给予']);
  const byClause = [{ clauseId: 'c0', count: 30 }, { clauseId: null, count: 20 }, ...Array.from({ length: 20 }, (_, n) => ({ clauseId: `x${n}`, count: 1 }))];
  const rows = clauseBars({ byClause, byDay: [] }, { provisions }, '/b');
  expect(rows.slice(0, 2)).toEqual([{ label: '第一条', value: 30, href: '/b?on=c0#opinions' }, { key: 'outlets:chart.whole', value: 20 }]);
  expect(rows.at(-1)).toEqual({ key: 'outlets:chart.otherClauses', value: 7 });
  expect(rows.reduce((sum, { value }) => sum + value, 0)).toBe(70);
});

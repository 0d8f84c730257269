import fc from 'fast-check';
import { daysUntil, formatDate, formatDateTime, formatMoney, formatNumber } from './format';
import { deadlineTone } from './localised';

describe('dates', () => {
  it('writes the day of Asia/Shanghai, whatever the zone of the instant', () => {
    expect(formatDate('2026-03-01', 'zh')).toBe('2026年3月1日');
    expect(formatDate(new Date('2026-02-28T16:00:00Z'), 'zh')).toBe('2026年3月1日');
    expect(formatDate('2026-02-28T15:59:59Z', 'en')).toBe('28 February 2026');
  });

  it('writes the time of Asia/Shanghai, and none for a calendar day', () => {
    expect(formatDateTime('2026-03-01T09:30:00Z', 'zh')).toBe('2026年3月1日 17:30');
    expect(formatDateTime('2026-03-01T09:30:00Z', 'en')).toBe('1 March 2026, 17:30');
    expect(formatDateTime('2026-03-01', 'zh')).toBe('2026年3月1日');
  });

  it('refuses what is no date', () => {
    expect(() => formatDate('soon', 'zh')).toThrow('not a date');
  });

  it('counts calendar days, not hours', () => {
    const lateEvening = new Date('2026-03-01T15:59:00Z');
    expect(daysUntil('2026-03-01', lateEvening)).toBe(0);
    expect(daysUntil('2026-03-02T00:00:00+08:00', lateEvening)).toBe(1);
    expect(daysUntil('2026-02-20', lateEvening)).toBe(-9);
  });

  it('calls a deadline near within three days, and past from the day after', () => {
    const now = new Date('2026-03-01T02:00:00Z');
    expect(['2026-02-28', '2026-03-01', '2026-03-04', '2026-03-05'].map((day) => deadlineTone(day, now))).toEqual([
      'overdue', 'soon', 'soon', 'later',
    ]);
  });
});

describe('numbers and money', () => {
  it('groups by three and keeps decimals', () => {
    expect([0, 999, 61693, 1234567.25, -1000].map(formatNumber)).toEqual(['0', '999', '61,693', '1,234,567.25', '-1,000']);
  });

  it('uses 万 and 亿 where two decimals say it exactly', () => {
    expect(formatMoney(12_500_000, 'zh')).toBe('12.5万元');
    expect(formatMoney(500_000, 'zh')).toBe('5,000元');
    expect(formatMoney(12_500_000_000, 'zh')).toBe('1.25亿元');
    expect(formatMoney(12_345_678, 'zh')).toBe('123,456.78元');
    expect(formatMoney(12_345_670_000, 'zh')).toBe('12,345.67万元');
    expect(formatMoney(12_500_000, 'en')).toBe('CNY 125,000');
    expect(formatMoney(0, 'zh')).toBe('0元');
  });

  it('never rounds: the text read back is the amount', () => {
    const unit: Record<string, number> = { 亿元: 1e10, 万元: 1e6, 元: 100 };
    const readBack = (text: string): number => {
      const [, digits = '', name = ''] = /^([\d,.]+)(亿元|万元|元)$/.exec(text) ?? [];
      return Math.round(Number(digits.replaceAll(',', '')) * (unit[name] ?? Number.NaN));
    };
    fc.assert(fc.property(fc.integer({ min: 0, max: 10_000_000_000_000 }), (fen) => readBack(formatMoney(fen, 'zh')) === fen));
    fc.assert(fc.property(fc.integer({ min: 0, max: 100_000 }), (n) => readBack(formatMoney(n * 1_000_000, 'zh')) === n * 1_000_000));
  });

  it('refuses half a fen', () => {
    expect(() => formatMoney(0.5, 'zh')).toThrow('not an amount');
  });
});

import { scoresOf } from '@domains/evaluation';
import { distribution, radarChart, radarSeries, trendChart } from './charts';

const indicators = ['aa', 'bb', 'cc'].map((key, at) => ({ key, name: key, question: '？', weight: [50, 30, 20][at] ?? 0, max: 10, sides: ['department', 'enterprises', 'public'] as const }));
const weights = { department: 40, authority: 0, enterprises: 30, public: 30, expert: 0 };
const sheet = (side: 'department' | 'enterprises' | 'public', marks: (number | null)[]) =>
  ({ side, basis: 'judgement' as const, marks: Object.fromEntries(indicators.map(({ key }, at) => [key, { score: marks[at] ?? null, note: '' }])) });
const scores = scoresOf(indicators, weights, [sheet('department', [10, 5, null]), sheet('enterprises', [6, 6, 6]), sheet('public', [8, null, 4]), sheet('public', [null, null, null])]);

describe('the radar', () => {
  const [department, outside] = radarSeries(scores);
  it('shows the department beside the outside sides, each by its weight', () => {
    expect(department?.values).toEqual([100, 50, null]);
    expect(outside?.values).toEqual([70, 60, 50]);
  });

  it('leaves a gap where nothing is known, and draws nothing of two axes', () => {
    const chart = radarChart(['一', '二', '三'], [department!, outside!]);
    expect(chart?.series.map(({ points, segments }) => [points.length, segments.length])).toEqual([[2, 1], [3, 3]]);
    expect(chart?.series[0]?.points[0]).toEqual({ x: 240, y: 50, axis: '一' });
    expect(radarChart(['一', '二'], [])).toBeNull();
  });
});

describe('the trend', () => {
  it('puts years in their order and one alone in the middle', () => {
    expect(trendChart([{ on: '2024-01-01', score: 100 }, { on: '2026-01-01', score: 0 }]).path).toBe('60,20 430,180');
    expect(trendChart([{ on: '2024-01-01', score: 50 }]).points).toMatchObject([{ x: 245, y: 100 }]);
  });
});

describe('the distribution', () => {
  it('counts each sheet once', () => {
    const { bands, unknown } = distribution(scores);
    expect(bands.map(({ value }) => value)).toEqual([0, 2, 0, 1, 0]);
    expect([bands.reduce((sum, { value }) => sum + value, 0) + unknown, unknown]).toEqual([4, 1]);
    expect(distribution({ ...scores, sheets: [0, 59.99, 60, 69.9, 89.99, 90, 100].map((score) => ({ side: 'public' as const, basis: 'judgement' as const, score })) }).bands.map(({ value }) => value)).toEqual([2, 2, 0, 1, 2]);
  });
});

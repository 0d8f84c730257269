import fc from 'fast-check';
import { INDICATOR_LIBRARY, librarySet } from './indicator-library';
import { type Indicator, setFaults } from './indicators';
import { scoresOf, type ScoredSheet, weightedMean } from './scores';
import { CAMPAIGN_SIDES, type CampaignSide, type SideWeights } from './sides';

const two: Indicator[] = [
  { key: 'aa', name: '甲', question: '甲？', weight: 60, max: 10, sides: ['department', 'enterprises'] },
  { key: 'bb', name: '乙', question: '乙？', weight: 40, max: 5, sides: ['department'] },
];
const weights: SideWeights = { department: 40, authority: 0, enterprises: 60, public: 0, expert: 0 };
const sheet = (side: CampaignSide, marks: Record<string, number | null>): ScoredSheet =>
  ({ side, basis: 'judgement', marks: Object.fromEntries(Object.entries(marks).map(([key, score]) => [key, { score, note: 'x' }])) });

describe('scores', () => {
  it('are counted by hand the same', () => {
    const found = scoresOf(two, weights, [sheet('department', { aa: 8, bb: 4 }), sheet('enterprises', { aa: 6 }), sheet('enterprises', { aa: 3 })]);
    // department 80×0.6 + 80×0.4 = 80; enterprises (60 + 30) / 2 = 45; 80×0.4 + 45×0.6 = 59.
    expect(found.sides.map(({ side, score, covered }) => [side, score, covered])).toEqual([['department', 80, 100], ['enterprises', 45, 100]]);
    expect([found.total, found.covered, found.byIndicator]).toEqual([59, 100, { aa: 59, bb: 80 }]);
  });

  it('leave out what is not known, and tell how much that is', () => {
    const found = scoresOf(two, weights, [sheet('department', { aa: 8, bb: null })]);
    expect(found.sides).toMatchObject([{ score: 80, covered: 60, cells: { bb: { mean: null, given: 0, unknown: 1 } } }, { score: null, covered: 0, sheets: 0 }]);
    expect([found.total, found.covered]).toEqual([80, 40]);
    expect(scoresOf(two, weights, []).total).toBeNull();
  });

  it('never rise or fall because a sheet says "not known"', () => {
    const mark = fc.option(fc.integer({ min: 0, max: 5 }), { nil: null });
    fc.assert(fc.property(fc.array(fc.record({ aa: mark, bb: mark }), { maxLength: 8 }), (all) => {
      const sheets = all.map((marks) => sheet('department', marks));
      const before = scoresOf(two, weights, sheets);
      const after = scoresOf(two, weights, [...sheets, sheet('department', { aa: null, bb: null })]);
      expect([after.total, after.byIndicator]).toEqual([before.total, before.byIndicator]);
      if (before.total !== null) expect(before.total).toBeLessThanOrEqual(100);
    }));
  });

  it('of nought are nought', () => {
    expect(scoresOf(two, weights, [sheet('department', { aa: 0, bb: 0 }), sheet('enterprises', { aa: 0 })]).total).toBe(0);
    expect(weightedMean([{ value: 50, weight: 0 }])).toEqual({ mean: null, covered: 0 });
  });
});

describe('the library', () => {
  it('has a whole set for each kind', () => {
    for (const { indicators, sideWeights } of INDICATOR_LIBRARY) expect(setFaults(indicators, sideWeights)).toEqual([]);
    for (const kind of ['normative_document', 'major_decision', 'policy_document'] as const) expect(librarySet(kind, '2026-06-01').kind).toBe(kind);
    expect(() => librarySet('major_decision', '2019-08-31')).toThrow('appraisal:error.noLibrary');
  });
});

describe('a set', () => {
  const keys = (indicators: readonly Indicator[], sides: SideWeights = weights): string[] => setFaults(indicators, sides).map(({ key }) => key.replace('appraisal:error.', ''));
  it('adds up to 100', () => {
    expect(keys(two)).toEqual([]);
    expect(keys([{ ...two[0]!, weight: 61 }, two[1]!])).toEqual(['weightSum']);
    expect(keys([{ ...two[0]!, weight: 0 }, two[1]!])).toEqual(['weightRange', 'weightSum']);
    expect(keys([{ ...two[0]!, weight: Number.NaN }, two[1]!])).toEqual(['weightRange', 'weightSum']);
    expect(keys(two, { ...weights, enterprises: 59 })).toEqual(['sideSum']);
    expect(keys(two, { ...weights, enterprises: 50, expert: 10 })).toEqual(['sideUnasked']);
    expect(keys([])).toContain('indicatorCount');
  });

  it('has each indicator once, with words, a scale and somebody to ask', () => {
    expect(keys([two[0]!, { ...two[1]!, key: 'aa' }])).toEqual(['indicatorKey']);
    expect(keys([two[0]!, { ...two[1]!, name: ' ', max: 7, sides: [] }])).toEqual(['indicatorName', 'scale', 'indicatorSides']);
    expect(CAMPAIGN_SIDES).toHaveLength(5);
  });
});

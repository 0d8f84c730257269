import fc from 'fast-check';
import { assertPeriod, incompleteness, mayEvaluate, type ReportContent, SIDES } from './report';

const whole: ReportContent = {
  summary: '总体有效', conclusion: 'keep', reason: '目标达成', nextReviewOn: '2027-01-01',
  ratings: SIDES.map((side) => ({ side, rating: 80, evidence: '问卷 120 份' })),
};
const fields = (content: ReportContent): string[] => incompleteness(content, '2026-01-01').map((fault) => fault.field);

describe('incompleteness', () => {
  it('lets a whole report pass', () => expect(fields(whole)).toEqual([]));

  it('names whatever is left out', () => {
    fc.assert(fc.property(fc.subarray(['summary', 'reason', 'conclusion', ...SIDES]), (left) => {
      const content: ReportContent = {
        ...whole,
        ...(left.includes('summary') ? { summary: ' ' } : {}),
        ...(left.includes('reason') ? { reason: '' } : {}),
        ...(left.includes('conclusion') ? { conclusion: null } : {}),
        ratings: whole.ratings.filter((rating) => !left.includes(rating.side)),
      };
      const expected = left.flatMap((part) => ((SIDES as readonly string[]).includes(part) ? [`${part}Rating`, `${part}Evidence`] : [part]));
      expect(fields(content).sort()).toEqual(expected.sort());
    }));
  });

  it('asks a policy that stays for a later day of review, and the others for none', () => {
    expect(fields({ ...whole, nextReviewOn: null })).toEqual(['nextReviewOn']);
    expect(fields({ ...whole, nextReviewOn: '2026-01-01' })).toEqual(['nextReviewOn']);
    expect(fields({ ...whole, conclusion: 'abolish', nextReviewOn: null })).toEqual([]);
  });

  it('keeps ratings between 0 and 100, whole', () => {
    for (const rating of [-1, 101, 79.5, Number.NaN]) {
      expect(fields({ ...whole, ratings: whole.ratings.map((one) => (one.side === 'authority' ? { ...one, rating } : one)) })).toEqual(['authorityRating']);
    }
  });
});

describe('mayEvaluate', () => {
  it('refuses whoever made or handed in any version', () => {
    fc.assert(fc.property(fc.array(fc.record({ createdBy: fc.constantFrom('a', 'b', 'c'), submittedBy: fc.constantFrom('a', 'b', null) })), (versions) => {
      const touched = new Set(versions.flatMap((version) => [version.createdBy, version.submittedBy]));
      expect(mayEvaluate('a', versions)).toBe(!touched.has('a'));
    }));
  });
});

describe('assertPeriod', () => {
  it('takes two days in order and nothing else', () => {
    expect(() => assertPeriod('2026-01-01', '2026-01-01', '2026-03-01')).not.toThrow();
    expect(() => assertPeriod('2026-01-02', '2026-01-01', '2026-03-01')).toThrow('evaluation:error.periodOrder');
    expect(() => assertPeriod('2026-01-01', '2026-03-02', '2026-03-01')).toThrow('evaluation:error.periodFuture');
    expect(() => assertPeriod('2026-02-30', '2026-03-01', '2026-03-01')).toThrow('evaluation:error.dayNeeded');
    expect(() => assertPeriod('0000-01-01', '2026-03-01', '2026-03-01')).toThrow('evaluation:error.dayNeeded');
  });
});

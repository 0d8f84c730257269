import fc from 'fast-check';
import { APPLICATION_STATES, holderOf, missingFields } from './application';
import { criteriaFit, parseCriteria, takesApplications } from './call';
import { rulingFault } from './deciding';
import { formPool } from './pool';
import { blinded, reviewStatus, totalOf } from './review';

const signed = (total: number) => ({ conflict: 'none' as const, total });

describe('reviews', () => {
  it('asks for one more expert where the spread is above the threshold, once', () => {
    expect(reviewStatus([signed(60), signed(70), signed(80)], 3, 20)).toEqual({ needs: 'nothing', taking: 3, signed: 3, spread: 20, score: 70 });
    expect(reviewStatus([signed(60), signed(70), signed(80.01)], 3, 20).needs).toBe('divergence');
    expect(reviewStatus([signed(10), signed(70), signed(80), signed(74)], 3, 20)).toMatchObject({ needs: 'nothing', score: 72 });
  });

  it('replaces whoever declared a conflict before anything else', () => {
    const conflicted = { conflict: 'declared' as const, total: null };
    expect(reviewStatus([signed(60), conflicted, signed(61)], 3, 20).needs).toBe('conflict');
    expect(reviewStatus([signed(60), conflicted, signed(61), { conflict: null, total: null }], 3, 20).needs).toBe('signatures');
    expect(reviewStatus([signed(60), conflicted, signed(61), signed(62)], 3, 20)).toMatchObject({ needs: 'nothing', taking: 3 });
  });

  it('is ready only with enough experts who all signed and do not diverge', () => {
    const review = fc.record({ conflict: fc.constantFrom<'none' | 'declared' | null>('none', 'declared', null), total: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }) });
    fc.assert(fc.property(fc.array(review, { maxLength: 8 }), fc.integer({ min: 3, max: 5 }), fc.integer({ min: 1, max: 100 }), (reviews, needed, threshold) => {
      const status = reviewStatus(reviews, needed, threshold);
      if (status.needs !== 'nothing') return;
      expect(status.taking).toBeGreaterThanOrEqual(needed);
      expect(status.signed).toBe(status.taking);
      expect(status.taking > needed || status.spread! <= threshold).toBe(true);
      expect(status.score).not.toBeNull();
    }));
  });

  it('weighs whole scores from 0 to 100 and takes nothing else', () => {
    const criteria = [{ key: 'k1', label: '创新', weight: 40 }, { key: 'k2', label: '可行', weight: 60 }];
    expect(totalOf(criteria, { k1: 75, k2: 80 })).toBe(78);
    expect(totalOf(criteria, { k1: 75 })).toBeNull();
    expect(totalOf(criteria, { k1: 75, k2: 101 })).toBeNull();
    expect(totalOf(criteria, { k1: 75, k2: 80.5 })).toBeNull();
    expect(totalOf(criteria, { k1: 75, k2: 80, k3: 1 })).toBeNull();
  });

  it('blinds the name and the code wherever they were written', () => {
    const enterprise = { name: '虚构滨海星河软件有限公司', creditCode: '91350100M000100Y43' };
    const seen = blinded({ title: '虚构滨海星河软件平台', summary: '我司虚构滨海星河软件有限公司（91350100m000100y43）拟建设……', amountFen: 5 }, enterprise);
    expect(seen).toEqual({ title: '［申报单位］平台', summary: '我司［申报单位］（［申报单位］）拟建设……', amountFen: 5 });
  });
});

describe('the pool', () => {
  const expert = (code: string, employerCode: string, ties: string[] = []) => ({ expertId: `id-${code}`, code, field: 'it', employerCode, ties });

  it('sets aside employees and ties of the applicants, and orders the rest by code', () => {
    const { pool, recusals } = formPool([expert('E-3', 'C'), expert('E-1', 'A'), expert('E-2', 'B', ['X']), expert('E-4', 'D')], new Set(['A', 'X']), new Map([['id-E-4', '配偶为申报企业股东']]));
    expect(pool).toEqual([{ no: 1, expertId: 'id-E-3', code: 'E-3', field: 'it' }]);
    expect(recusals.map(({ code, reason }) => [code, reason])).toEqual([['E-1', 'employer'], ['E-2', 'tie'], ['E-4', '配偶为申报企业股东']]);
  });

  it('does not depend on the order in which the candidates come', () => {
    const experts = ['E-1', 'E-2', 'E-3', 'E-4', 'E-5'].map((code) => expert(code, code));
    fc.assert(fc.property(fc.shuffledSubarray(experts, { minLength: 5 }), (shuffled) => {
      expect(formPool(shuffled, new Set(['E-2']), new Map())).toEqual(formPool(experts, new Set(['E-2']), new Map()));
    }));
  });
});

describe('calls and applications', () => {
  it('takes applications from the first instant up to the last, exactly', () => {
    const call = { state: 'open' as const, opensAt: new Date(1000), closesAt: new Date(2000), intakeEndsAt: null };
    expect([999, 1000, 1999, 2000].map((at) => takesApplications(call, new Date(at)))).toEqual([false, true, true, false]);
    expect(takesApplications({ ...call, state: 'closed' }, new Date(1500))).toBe(false);
    expect([1499, 1500].map((at) => takesApplications({ ...call, intakeEndsAt: new Date(1500) }, new Date(at)))).toEqual([true, false]);
  });

  it('says of every state who has the application', () => {
    for (const state of APPLICATION_STATES) expect(['applicant', 'department', 'experts', 'nobody']).toContain(holderOf(state, 'reviewing'));
  });

  it('names what is missing', () => {
    expect(missingFields({ title: ' ', summary: '短', amountFen: 0 }, 100).map(({ field }) => field)).toEqual(['title', 'summary', 'amountYuan']);
    expect(missingFields({ title: '题', summary: '二十个字'.repeat(5), amountFen: 101 }, 100)).toEqual([{ field: 'amountYuan', key: 'funding:error.amountTooHigh' }]);
  });

  it('reads criteria whose weights make a hundred', () => {
    expect(parseCriteria('创新性 40\n可行性：60')).toEqual([{ key: 'k1', label: '创新性', weight: 40 }, { key: 'k2', label: '可行性', weight: 60 }]);
    expect(parseCriteria('创新性')).toBeNull();
    expect(criteriaFit(parseCriteria('创新性 40\n可行性 60')!)).toBe(true);
    expect(criteriaFit(parseCriteria('创新性 40\n可行性 59')!)).toBe(false);
    expect(criteriaFit([])).toBe(false);
  });
});

describe('rulings', () => {
  it('are signed only where each stays within what was asked and all within the budget', () => {
    const amount = fc.integer({ min: -1, max: 120 });
    fc.assert(fc.property(fc.array(fc.tuple(amount, fc.integer({ min: 1, max: 100 })), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 300 }), (rows, budgetFen) => {
      const candidates = rows.map(([, askedFen], index) => ({ applicationId: `a${index}`, askedFen }));
      const rulings = rows.map(([amountFen], index) => ({ applicationId: `a${index}`, amountFen, reason: '按评审结果' }));
      const fault = rulingFault(rulings, candidates, { budgetFen, perAwardMaxFen: 90 });
      const fine = rows.every(([given, asked]) => given >= 0 && given <= asked && given <= 90) && rows.reduce((sum, [given]) => sum + given, 0) <= budgetFen;
      expect(fault === null).toBe(fine);
    }));
  });

  it('cover every application once', () => {
    const call = { budgetFen: 10, perAwardMaxFen: 10 };
    const ruling = { applicationId: 'a', amountFen: 1, reason: 'r' };
    expect(rulingFault([], [{ applicationId: 'a', askedFen: 1 }], call)).toBe('incomplete');
    expect(rulingFault([ruling, ruling], [{ applicationId: 'a', askedFen: 1 }, { applicationId: 'b', askedFen: 1 }], call)).toBe('incomplete');
    expect(rulingFault([{ ...ruling, reason: ' ' }], [{ applicationId: 'a', askedFen: 1 }], call)).toBe('reason');
  });
});

import fc from 'fast-check';
import { clauseChanged, clauseText, type ClauseNode } from '@core/documents';
import { AUTHOR_KINDS, DISPOSITIONS, resultFigures, STANCES } from './figures';
import { assertLongEnough, closingInstant, lastDayOf, windowBasis } from './window';

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);

it('counts every opinion once in each breakdown: received = shown + hidden + withdrawn', () => {
  const group = fc.record({
    moderation: fc.constantFrom('shown', 'hidden', 'withdrawn'), disposition: fc.constantFrom(...DISPOSITIONS), stance: fc.constantFrom(...STANCES),
    authorKind: fc.constantFrom(...AUTHOR_KINDS), count: fc.nat({ max: 1000 }),
  });
  fc.assert(fc.property(fc.array(group), (groups) => {
    const figures = resultFigures(groups);
    expect(figures.received).toBe(groups.reduce((total, one) => total + one.count, 0));
    expect(figures.shown + figures.hidden + (figures.withdrawn ?? NaN)).toBe(figures.received);
    for (const part of [figures.byDisposition, figures.byStance, figures.byAuthor]) expect(sum(part)).toBe(figures.shown + figures.hidden);
  }));
});

describe('the window', () => {
  it('ends at 24:00 of its last day in Asia/Shanghai', () => {
    expect(closingInstant('2026-03-31').toISOString()).toBe('2026-03-31T16:00:00.000Z');
    expect(lastDayOf(closingInstant('2026-03-31'))).toBe('2026-03-31');
  });

  it('is allowed exactly from the latest minimum on, or from the hard one on with a reason', () => {
    const day = (n: number): string => new Date(Date.UTC(2026, 2, 1 + n)).toISOString().slice(0, 10);
    fc.assert(fc.property(fc.boolean(), fc.constantFrom('major_decision', 'normative_document'), fc.nat({ max: 60 }), fc.option(fc.constant('紧急')), (affectsMarket, kind, days, reason) => {
      const basis = windowBasis({ affectsMarket, kind }, day(0));
      const needed = affectsMarket || kind === 'major_decision' ? (reason ? '2026-03-10' : '2026-03-31') : '2026-03-10';
      const allowed = (() => {
        try {
          assertLongEnough(basis, day(days), reason);
          return true;
        } catch {
          return false;
        }
      })();
      expect(allowed).toBe(day(days) >= needed);
    }));
  });
});

describe('whether a clause changed', () => {
  const node = (clauseId: string, parentId: string | null, text: string, label = '第一条'): ClauseNode => ({ clauseId, parentId, identity: `i-${clauseId}`, label, text });
  const before = [node('a', null, '总则'), node('a1', 'a', '一项'), node('b', null, '附则')];

  it('sees a change below it, its removal and its arrival', () => {
    expect(clauseText(before, 'i-a')).toBe('第一条　总则\n第一条　一项');
    expect(clauseChanged(before, [node('a', null, '总则'), node('a1', 'a', '二项'), node('b', null, '附则')], 'i-a')).toBe(true);
    expect(clauseChanged(before, before.slice(2), 'i-a')).toBe(true);
    expect(clauseChanged(before.slice(2), before, 'i-a')).toBe(true);
  });

  it('is not deceived by a new number, white space, or a change elsewhere', () => {
    const after = [node('b', null, '附则改了'), node('a', null, ' 总则 ', '第九条'), node('a1', 'a', '一项')];
    expect(clauseChanged(before, after, 'i-a')).toBe(false);
    expect(clauseChanged(before, after, 'i-none')).toBe(false);
  });
});

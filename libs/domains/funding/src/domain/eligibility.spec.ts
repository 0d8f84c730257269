import fc from 'fast-check';
import { type Condition, evaluate, match, parseConditions, together, type Verdict } from './eligibility';

const condition = (operator: Condition['operator'], value: Condition['value']): Condition => ({ fact: 'f', operator, value, label: 'l', clause: 'art_5' });
const operators = fc.constantFrom<Condition>(condition('>=', 10), condition('<', 10), condition('=', 'a'), condition('!=', 'a'), condition('in', ['a', 'b']), condition('has', 'a'), condition('=', true));

describe('eligibility', () => {
  it('never passes and never fails on what is not known', () => {
    fc.assert(fc.property(operators, fc.constantFrom<Record<string, unknown>>({}, { f: null }, { f: '' }, { f: undefined }, { f: Number.NaN }, { f: {} }), (c, facts) => {
      expect(evaluate(c, facts)).toBe('unknown');
    }));
  });

  it('does not take a fact from the prototype of objects', () => {
    expect(evaluate({ fact: 'constructor', operator: '!=', value: 'a' }, {})).toBe('unknown');
  });

  it('compares numbers as numbers and never a text with a number', () => {
    fc.assert(fc.property(fc.integer(), fc.integer(), (actual, limit) => {
      expect(evaluate(condition('>=', limit), { f: actual })).toBe(actual >= limit ? 'met' : 'unmet');
      expect(evaluate(condition('<', limit), { f: actual })).toBe(actual < limit ? 'met' : 'unmet');
      expect(evaluate(condition('>=', limit), { f: String(actual) })).toBe('unknown');
    }));
  });

  it.each<[Condition['operator'], Condition['value'], unknown, Verdict]>([
    ['=', true, true, 'met'], ['=', true, false, 'unmet'], ['=', true, 'true', 'unknown'], ['!=', 'a', 'b', 'met'], ['in', ['a', 'b'], 'b', 'met'],
    ['in', ['a', 'b'], 'c', 'unmet'], ['has', 'a', ['a'], 'met'], ['has', 'a', [], 'unmet'], ['has', 'a', 'a', 'unknown'],
  ])('%p %p over %p is %p', (operator, value, actual, verdict) => {
    expect(evaluate(condition(operator, value), { f: actual })).toBe(verdict);
  });

  it('is met only where every condition is, and unmet where one is', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom<Verdict>('met', 'unmet', 'unknown')), (verdicts) => {
      const all = together(verdicts);
      expect(all === 'met').toBe(verdicts.every((verdict) => verdict === 'met'));
      expect(all === 'unmet').toBe(verdicts.some((verdict) => verdict === 'unmet'));
    }));
  });

  it('reads conditions one a line and shows what the register says', () => {
    const read = parseConditions('revenueYuan >= 20000000 | 营业收入不低于2000万元 | art_5\n\nindustry in 软件, 电子 | 行业 | art_6\nhighTech = true | 高新技术企业 | art_6__para_2');
    expect(read).toEqual({
      conditions: [
        { fact: 'revenueYuan', operator: '>=', value: 20_000_000, label: '营业收入不低于2000万元', clause: 'art_5' },
        { fact: 'industry', operator: 'in', value: ['软件', '电子'], label: '行业', clause: 'art_6' },
        { fact: 'highTech', operator: '=', value: true, label: '高新技术企业', clause: 'art_6__para_2' },
      ],
    });
    const results = match((read as { conditions: Condition[] }).conditions, { revenueYuan: 5, industry: '电子' });
    expect(results.map(({ verdict, actual }) => [verdict, actual])).toEqual([['unmet', '5'], ['met', '电子'], ['unknown', null]]);
  });

  it.each([['x', 1], ['a = 1 | b | c\na ~ 1 | b | c', 2], ['a >= many | b | c', 1], ['a = 1 | b', 1]])('names the bad line of %p', (text, badLine) => {
    expect(parseConditions(text)).toEqual({ badLine });
  });
});

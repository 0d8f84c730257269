import fc from 'fast-check';
import { likePatterns, saysAll } from './opinion-filter';

describe('the words of a search', () => {
  it.each<[string, string[]]>([
    ['停车  夜间', ['%停车%', '%夜间%']], ['100%_\\', ['%100\\%\\_\\\\%']], ['　', []], ['a b c d e f', ['%a%', '%b%', '%c%', '%d%', '%e%']],
  ])('%p become the patterns %p', (q, patterns) => expect(likePatterns(q)).toEqual(patterns));

  it('must all occur, in any case', () => {
    expect(saysAll('夜间停车 Wi-Fi', 'wi-fi 停车')).toBe(true);
    expect(saysAll('夜间停车', '停车 白天')).toBe(false);
    expect(saysAll('', '')).toBe(true);
  });

  it('are found in whatever they were cut from', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.nat(29), fc.nat(10), (text, from, length) => {
      // Cut between characters and not within one: half of a pair is no word.
      const normal = [...text.normalize('NFC')];
      expect(saysAll(normal.join(''), normal.slice(from, from + length).join('').replace(/\s/gu, ' '))).toBe(true);
    }), { numRuns: 200 });
  });
});

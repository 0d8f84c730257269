import fc from 'fast-check';
import { creditCodeCheckDigit, isCreditCode } from './index';

const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const letters = (length: number) => fc.array(fc.constantFrom(...ALPHABET), { minLength: length, maxLength: length }).map((characters) => characters.join(''));
const body = fc.tuple(letters(2), fc.integer({ min: 0, max: 999_999 }), letters(9)).map(([a, division, b]) => a + String(division).padStart(6, '0') + b);

describe('unified social credit code (GB 32100-2015)', () => {
  it('knows the check digit of a published example', () => {
    expect(creditCodeCheckDigit('91350100M000100Y4')).toBe('3');
    expect(isCreditCode('91350100M000100Y43')).toBe(true);
  });

  it('fits the congruence of the standard, and is the only one that does', () => {
    const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1];
    fc.assert(
      fc.property(body, (first17) => {
        const fitting = ALPHABET.filter((digit) => [...first17, digit].reduce((sum, c, i) => sum + ALPHABET.indexOf(c) * weights[i]!, 0) % 31 === 0);
        expect(fitting).toEqual([creditCodeCheckDigit(first17)]);
        expect(ALPHABET.filter((digit) => isCreditCode(first17 + digit))).toEqual(fitting);
      }),
    );
  });

  it('finds every single wrong character', () => {
    fc.assert(
      fc.property(body, fc.nat({ max: 17 }), fc.constantFrom(...ALPHABET), (first17, at, wrong) => {
        const code = first17 + creditCodeCheckDigit(first17);
        fc.pre(code.charAt(at) !== wrong);
        expect(isCreditCode(code.slice(0, at) + wrong + code.slice(at + 1))).toBe(false);
      }),
    );
  });

  it.each(['', '91350100M000100Y4', '91350100M000100Y433', '91350100m000100y43', '91350100M000100Y43 ', '9135010OM000100Y43', '91350100M000100S43'])('refuses %p', (text) => {
    expect(isCreditCode(text)).toBe(false);
  });

  it('throws for what cannot begin a code', () => {
    expect(() => creditCodeCheckDigit('9135010')).toThrow(RangeError);
  });
});

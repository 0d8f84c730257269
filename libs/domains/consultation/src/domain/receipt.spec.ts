import fc from 'fast-check';
import { receiptCodeHash, receiptFor } from './receipt';

const AT = new Date('2026-03-01T23:59:59+08:00');

it('gives the same receipt for the same key, and another for another key or consultation', () => {
  fc.assert(fc.property(fc.string({ minLength: 16 }), fc.string({ minLength: 16 }), (key, other) => {
    fc.pre(key !== other);
    const receipt = receiptFor('salt', key, AT);
    expect(receiptFor('salt', key, AT)).toEqual(receipt);
    expect(receipt.receiptNo).toMatch(/^YJ20260301-[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(receiptFor('salt', other, AT).code).not.toBe(receipt.code);
    expect(receiptFor('pepper', key, AT).code).not.toBe(receipt.code);
  }));
});

it('finds a code however it was copied, and knows what cannot be one', () => {
  const { code } = receiptFor('salt', 'a key of some length', AT);
  const hash = receiptCodeHash(code);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(receiptCodeHash(` ${code.toLowerCase().replaceAll('-', ' ')} `.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(hash);
  for (const wrong of ['', 'x', `${code}A`, code.replace(/.$/, 'U')]) expect(receiptCodeHash(wrong)).toBeNull();
});

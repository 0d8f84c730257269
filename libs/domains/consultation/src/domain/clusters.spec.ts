import { likenessOf, requireThreshold } from './clusters';

describe('requireThreshold', () => {
  it.each([0.15, 0.25, 0.8])('takes %p', (threshold) => {
    expect(requireThreshold(threshold)).toBe(threshold);
  });

  it.each([0.149, 0.81, 0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %p and names the field', (threshold) => {
    expect(() => requireThreshold(threshold)).toThrow(expect.objectContaining({ problem: 'invalid', details: { fields: [expect.objectContaining({ field: 'threshold' })], params: { least: 0.15, most: 0.8 } } }));
  });
});

it.each([
  [1, 1, 'same'], [0.9, 1, 'same'], [1, 0.97, 'nearly'], [0.8, 0.5, 'nearly'], [0.79, 0.5, 'mostly'], [0.5, 0.4, 'mostly'], [0.35, 0.3, 'partly'], [0.349, 0.3, 'little'],
] as const)('%p to the common text and %p to the representative is %s', (toCommon, toRepresentative, word) => {
  expect(likenessOf(toCommon, toRepresentative)).toBe(word);
});

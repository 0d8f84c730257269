import { labelledSet } from '../../../../test/support/campaigns/labelled-set';
import { candidatePairs, signatureOf } from './candidates';
import { groupsOf } from './grouping';
import { ownWords } from './normalise';
import { jaccard } from './sets';
import { shinglesOf } from './shingles';

const setsOf = (seed: number): Uint32Array[] => {
  const texts = labelledSet({ seed, size: 700, campaigns: 6, share: 0.4 }).map(({ text }) => ownWords(text));
  return [...new Set(texts)].sort().map((text) => shinglesOf(text, 3));
};

const everyPair = (sets: readonly Uint32Array[]): Float64Array => Float64Array.from(sets.flatMap((_set, a) => sets.slice(a + 1).map((_other, at) => a * sets.length + a + 1 + at)));
const alike = (sets: readonly Uint32Array[], pair: number): number => jaccard(sets[Math.floor(pair / sets.length)] as Uint32Array, sets[pair % sets.length] as Uint32Array);

describe('MinHash against exact Jaccard', () => {
  const sets = setsOf(71);

  it('estimates the similarity by the places in which two signatures agree', () => {
    const signatures = sets.map((set) => signatureOf(set, 1));
    const errors = [...everyPair(sets)].filter((_pair, at) => at % 9 === 0).map((pair) => {
      const [a, b] = [signatures[Math.floor(pair / sets.length)], signatures[pair % sets.length]];
      return (a?.filter((value, at) => value === b?.[at]).length ?? 0) / (a?.length ?? 1) - alike(sets, pair);
    });
    const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
    console.log(`MinHash estimate over ${errors.length} pairs: bias ${bias.toFixed(4)}, root mean square error ${spread.toFixed(4)}`);
    expect(Math.abs(bias)).toBeLessThan(0.01);
    expect(spread).toBeLessThan(0.05);
  });

  it('loses little by not comparing every pair', () => {
    const found = candidatePairs(sets, 1);
    const candidates = new Set(found);
    const bands = [[0.25, 0.4], [0.4, 0.6], [0.6, 1.01]].map(([from = 0, to = 0]) => {
      const there = [...everyPair(sets)].filter((pair) => { const s = alike(sets, pair); return s >= from && s < to; });
      return `${there.filter((pair) => candidates.has(pair)).length} of ${there.length} pairs of ${from} to ${Math.min(1, to)}`;
    });
    const near = (pairs: Float64Array): Set<number> => new Set(groupsOf(sets, 0.25, pairs).flatMap(({ members }) => members));
    const [withHash, withAll] = [near(found), near(everyPair(sets))];
    const kept = [...withAll].filter((at) => withHash.has(at)).length;
    console.log(`candidates: ${found.length} of ${(sets.length * (sets.length - 1)) / 2} pairs; ${bands.join('; ')}; in clusters: ${kept} of the ${withAll.size} texts that all pairs give, ${withHash.size - kept} others`);
    expect(kept / withAll.size).toBeGreaterThan(0.9);
  });
});

it('pairs each of many alike with a few others only', () => {
  const sets = Array.from({ length: 2_000 }, (_none, at) => shinglesOf(`同一封公开信同一封公开信请尽快恢复这条公交线路的夜班车第${at % 10}组`, 3));
  expect(candidatePairs(sets, 1).length).toBeLessThan(2_000 * 200);
});

import fc from 'fast-check';
import { groupsOf, pairThreshold } from './grouping';
import { common, jaccard, shared, without } from './sets';

const everyPair = (count: number): Float64Array => Float64Array.from(Array.from({ length: count }, (_none, a) => Array.from({ length: count - a - 1 }, (_other, at) => a * count + a + 1 + at)).flat());
const sorted = (values: Iterable<number>): Uint32Array => Uint32Array.from(new Set(values)).sort();
const from = (low: number, count: number): Uint32Array => Uint32Array.from({ length: count }, (_none, at) => low + at);
const numbers = fc.array(fc.nat(30), { maxLength: 14 }).map(sorted);

describe('sets', () => {
  it('agree with the sets of the language', () => {
    fc.assert(fc.property(numbers, numbers, numbers, (a, b, c) => {
      const both = [...a].filter((value) => b.includes(value));
      expect(shared(a, b)).toBe(both.length);
      expect(jaccard(a, b)).toBe(both.length === 0 ? 0 : both.length / new Set([...a, ...b]).size);
      expect([...without(a, b)]).toEqual([...a].filter((value) => !b.includes(value)));
      const counted = (value: number): number => [a, b, c].filter((set) => set.includes(value)).length;
      expect([...common([a, b, c], 0.4)]).toEqual([...sorted([...a, ...b, ...c])].filter((value) => counted(value) >= 2));
    }));
  });
});

describe('groupsOf', () => {
  it('asks 0.4 of two sets alone, and 0.25 of each of more with what they share', () => {
    expect(pairThreshold(0.25)).toBeCloseTo(0.4);
    // 10 of 30 shared: too little for two; 10 of 24 is enough.
    expect(groupsOf([from(0, 20), from(10, 20)], 0.25, everyPair(2))).toEqual([]);
    expect(groupsOf([from(0, 17), from(7, 17)], 0.25, everyPair(2))).toMatchObject([{ members: [0, 1], common: null }]);
    // 0.31 with each of the others, and with what they share.
    const more = sorted([...from(7, 10), ...from(100, 15)]);
    expect(groupsOf([from(0, 17), from(7, 17), more], 0.25, everyPair(3))).toMatchObject([{ members: [0, 1] }]);
    expect(groupsOf([from(0, 17), from(7, 17), from(3, 17), more], 0.25, everyPair(4))).toMatchObject([{ members: [0, 1, 2, 3] }]);
    const less = sorted([...from(7, 10), ...from(100, 25)]);
    expect(groupsOf([from(0, 17), from(7, 17), from(3, 17), less], 0.25, everyPair(4))).toMatchObject([{ members: [0, 1, 2] }]);
    expect(groupsOf([], 0.25, everyPair(0))).toEqual([]);
  });

  it('keeps what it promises of every member, and has each set in one group at most', () => {
    const near = fc.tuple(fc.array(numbers, { minLength: 1, maxLength: 3 }), fc.array(fc.tuple(fc.nat(2), fc.array(fc.nat(60), { maxLength: 10 }), fc.array(fc.nat(13), { maxLength: 8 })), { minLength: 2, maxLength: 25 }))
      .map(([bases, variants]) => variants.map(([base, added, dropped]) => sorted([...[...(bases[base % bases.length] as Uint32Array)].filter((_value, at) => !dropped.includes(at)), ...added])));
    let larger = 0;
    fc.assert(fc.property(near, fc.constantFrom(0.2, 0.3, 0.5, 0.7), (sets, threshold) => {
      const groups = groupsOf(sets, threshold, everyPair(sets.length));
      const all = groups.flatMap(({ members }) => members);
      expect(new Set(all).size).toBe(all.length);
      for (const { members } of groups) {
        expect(members.length).toBeGreaterThan(1);
        const own = members.map((at) => sets[at] as Uint32Array);
        if (own.length === 2) expect(jaccard(own[0] as Uint32Array, own[1] as Uint32Array)).toBeGreaterThanOrEqual(threshold + 0.2 * (1 - threshold));
        else {
          larger += 1;
          for (const set of own) expect(jaccard(set, common(own, 0.4))).toBeGreaterThanOrEqual(threshold);
        }
      }
    }), { numRuns: 3_000 });
    expect(larger).toBeGreaterThan(500);
  });
});

import type { FrameUnit } from '@core/policy';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { allocate, drawSample, drawStrata, stratify } from './draw';

const unit = (id: string, industry: string | null, size: string | null = null): FrameUnit => ({ enterpriseId: id, profile: { industry, size, division: null, highTech: null } });
const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);

test('a frame is parted by profile, what is not known last, and every unit is in one stratum', () => {
  const strata = stratify([unit('3', null), unit('1', '食品', 'small'), unit('2', '软件', 'small'), unit('0', '食品', 'large')], ['industry', 'size']);
  expect(strata).toEqual([
    { no: 1, values: ['软件', 'small'], frame: ['2'] }, { no: 2, values: ['食品', 'large'], frame: ['0'] }, { no: 3, values: ['食品', 'small'], frame: ['1'] }, { no: 4, values: [null, null], frame: ['3'] },
  ]);
  expect(stratify([unit('b', '甲'), unit('a', '乙')], [])).toEqual([{ no: 1, values: [], frame: ['a', 'b'] }]);
});

test('proportional numbers add up, are within one of the share, and heed the minimum and the frame', () => {
  expect(allocate([50, 30, 20], { allocation: 'proportional', size: 10, minimum: 2 })).toEqual([5, 3, 2]);
  expect(allocate([97, 2, 1], { allocation: 'proportional', size: 10, minimum: 2 })).toEqual([10, 2, 1]);
  expect(allocate([97, 2, 1], { allocation: 'fixed', size: 5, minimum: 2 })).toEqual([5, 2, 1]);
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 800 }), (frames, size) => {
    const [all, numbers] = [sum(frames), allocate(frames, { allocation: 'proportional', size, minimum: 0 })];
    expect(sum(numbers)).toBe(Math.min(size, all));
    frames.forEach((frame, at) => {
      expect(numbers[at]).toBeLessThanOrEqual(frame);
      if (size < all) expect(Math.abs((numbers[at] as number) - (size * frame) / all)).toBeLessThan(1);
    });
    allocate(frames, { allocation: 'proportional', size, minimum: 3 }).forEach((number, at) => { expect(number).toBeGreaterThanOrEqual(Math.min(3, frames[at] as number)); });
  }));
});

test('a draw is repeated from its seed, by a hash of one\'s own too, whatever the order of the frame', () => {
  const frame = Array.from({ length: 40 }, (_none, at) => `unit-${at}`);
  const seed = 'a1'.repeat(32);
  const own = frame.map((id) => [createHash('sha256').update(`${seed}\n${id}`).digest('hex'), id] as const).sort((a, b) => (a[0] < b[0] ? -1 : 1)).slice(0, 7).map(([, id]) => id);
  expect(drawSample(seed, frame, 7)).toEqual(own);
  expect(drawSample(seed, [...frame].reverse(), 7)).toEqual(own);
  expect(drawSample('b2'.repeat(32), frame, 7)).not.toEqual(own);
  expect(new Set(drawSample(seed, frame, 40)).size).toBe(40);
});

test('each unit is drawn as often as another over many seeds', () => {
  const frame = Array.from({ length: 10 }, (_none, at) => `unit-${at}`);
  const times = new Map<string, number>();
  for (let seed = 0; seed < 3000; seed += 1) for (const id of drawSample(String(seed), frame, 3)) times.set(id, (times.get(id) ?? 0) + 1);
  // Chi-square with nine degrees of freedom, 0.999 quantile 27.9; variances shrink without replacement, so this is on the safe side.
  expect(frame.reduce((all, id) => all + ((times.get(id) ?? 0) - 900) ** 2 / 900, 0)).toBeLessThan(27.9);
});

test('a whole draw is stratified, and the same again', () => {
  const units = Array.from({ length: 60 }, (_none, at) => unit(`u${String(at).padStart(2, '0')}`, at % 3 === 0 ? '软件' : '食品'));
  const design = { frame: 'register', strataBy: ['industry'] as const, allocation: 'proportional' as const, size: 15, minimum: 2, minCell: 5, mapping: {} };
  const drawn = drawStrata('c3'.repeat(32), units, design);
  expect(drawn.map(({ frame, sample }) => [frame.length, sample.length])).toEqual([[20, 5], [40, 10]]);
  for (const { frame, sample } of drawn) expect(sample.every((id) => frame.includes(id))).toBe(true);
  expect(drawStrata('c3'.repeat(32), [...units].reverse(), design)).toEqual(drawn);
});

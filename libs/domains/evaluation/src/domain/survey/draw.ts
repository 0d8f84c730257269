import type { FrameUnit, ProfileField } from '@core/policy';
import { sha256Hex } from '@platform/kernel';
import type { SurveyDesign } from './design';

/** Units of a frame that have the same profile. */
export interface FrameStratum {
  /** From 1, in the order of the values. */
  no: number;
  /** By the fields of the design, in their order; null for what is not known. */
  values: (string | null)[];
  /** Ids in their order. */
  frame: string[];
}

export interface DrawnStratum extends FrameStratum {
  sample: string[];
}

/** Sizes as they are read, the largest first. */
const SIZES = ['large', 'medium', 'small', 'micro'];

/** Parts a frame by the fields. What is not known is a stratum of its own, the last. */
export function stratify(units: readonly FrameUnit[], by: readonly ProfileField[]): FrameStratum[] {
  const parts = new Map<string, { values: (string | null)[]; frame: string[] }>();
  for (const { enterpriseId, profile } of units) {
    const values = by.map((field) => profile[field]);
    const key = JSON.stringify(values);
    const part = parts.get(key) ?? { values, frame: [] };
    part.frame.push(enterpriseId);
    parts.set(key, part);
  }
  // Not `localeCompare`: the order of strata must be the same on every machine.
  const place = (value: string | null, at: number): string => (value === null ? '\u{10FFFF}' : by[at] === 'size' ? String(SIZES.indexOf(value)) : value);
  const sortKey = ({ values }: { values: (string | null)[] }): string => values.map(place).join('\u0000');
  return [...parts.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)).map((part, at) => ({ no: at + 1, values: part.values, frame: part.frame.sort() }));
}

/**
 * How many of each stratum. Proportional: by largest remainder (Hamilton), then the minimum; so the minimum may make the whole larger than `size`, and never a
 * stratum larger than its frame. Fixed: the same of each.
 */
export function allocate(frames: readonly number[], { allocation, size, minimum }: Pick<SurveyDesign, 'allocation' | 'size' | 'minimum'>): number[] {
  const within = (wanted: number, frame: number): number => Math.min(frame, Math.max(wanted, minimum));
  if (allocation === 'fixed') return frames.map((frame) => within(size, frame));
  const all = frames.reduce((sum, frame) => sum + frame, 0);
  if (size >= all) return [...frames];
  // Whole numbers throughout: a quotient of floating point could fall on the wrong side of its remainder.
  const shares = frames.map((frame) => Math.floor((size * frame) / all));
  const rest = frames.map((frame, at) => ({ at, left: (size * frame) % all })).sort((a, b) => b.left - a.left || a.at - b.at);
  const missing = size - shares.reduce((sum, share) => sum + share, 0);
  for (const { at } of rest.slice(0, missing)) shares[at] = (shares[at] ?? 0) + 1;
  return frames.map((frame, at) => within(shares[at] ?? 0, frame));
}

/** What a unit is sorted by: `SHA-256(seed, line feed, id)`, so that a draw can be checked with any tool that hashes. */
export const sortNumber = (seed: string, id: string): string => sha256Hex(`${seed}\n${id}`);

/**
 * A simple random sample without replacement: the units with the smallest random numbers. Each subset of that size is as likely as another, the seed being
 * random; the same seed and frame give the same sample.
 */
export function drawSample(seed: string, frame: readonly string[], size: number): string[] {
  const keyed = frame.map((id) => ({ id, number: sortNumber(seed, id) })).sort((a, b) => (a.number < b.number ? -1 : 1));
  return keyed.slice(0, size).map(({ id }) => id);
}

/** Parts, allots and draws: the whole of a stratified draw. */
export function drawStrata(seed: string, units: readonly FrameUnit[], design: SurveyDesign): DrawnStratum[] {
  const strata = stratify(units, design.strataBy);
  const sizes = allocate(strata.map(({ frame }) => frame.length), design);
  return strata.map((stratum, at) => ({ ...stratum, sample: drawSample(seed, stratum.frame, sizes[at] ?? 0) }));
}

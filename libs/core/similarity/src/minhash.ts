import { mixed } from './shingles';

/** Bands and the rows of each. Two texts of Jaccard s meet in a band with probability 1 - (1 - s^rows)^bands: at 0.2, 0.3, 0.4 and 0.5 it is 0.40, 0.83, 0.985 and 0.9998. */
export const BANDS = 64;
export const ROWS = 3;

/**
 * MinHash signature of a set (Broder, "On the resemblance and containment of documents", 1997): for each of the seeded hash functions, the least value that it gives to a
 * member. The share of places in which two signatures agree estimates the Jaccard similarity of the sets.
 */
export function signatureOf(shingles: Uint32Array, seeds: Uint32Array): Uint32Array {
  const signature = new Uint32Array(seeds.length).fill(0xffffffff);
  for (let at = 0; at < seeds.length; at += 1) {
    const seed = seeds[at] as number;
    let least = 0xffffffff;
    for (let i = 0; i < shingles.length; i += 1) {
      const value = mixed((shingles[i] as number) ^ seed);
      if (value < least) least = value;
    }
    signature[at] = least;
  }
  return signature;
}

/** Seeds of the family of hash functions: the same for the same number, so that a run can be repeated. */
export function seedsOf(seed: number): Uint32Array {
  const seeds = new Uint32Array(BANDS * ROWS);
  for (let at = 0; at < seeds.length; at += 1) seeds[at] = mixed(mixed(seed + 0x9e3779b9) + Math.imul(at + 1, 0x9e3779b9));
  return seeds;
}

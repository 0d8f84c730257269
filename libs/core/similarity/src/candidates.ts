import { mixed } from './shingles';

/** Looked up once: these loops run a hundred million times. */
const { floor, imul } = Math;

/** Bands and the hash functions in each: two sets of Jaccard s meet in a band with probability 1 - (1 - s^ROWS)^BANDS, which is 0.40 at 0.2, 0.83 at 0.3, 0.985 at 0.4. */
const BANDS = 64;
const ROWS = 3;

/** The family of hash functions x -> multiplier * x + addend modulo 2^32, the same for the same seed, so that a run can be repeated. */
interface Family {
  multipliers: Int32Array;
  addends: Int32Array;
}

function familyOf(seed: number): Family {
  const drawn = (at: number): number => mixed(mixed(seed) + imul(at + 1, 0x9e3779b9));
  const size = BANDS * ROWS;
  return { multipliers: Int32Array.from({ length: size }, (_none, at) => drawn(2 * at) | 1), addends: Int32Array.from({ length: size }, (_none, at) => drawn(2 * at + 1)) };
}

/**
 * MinHash signature of a set (A. Broder, "On the resemblance and containment of documents", 1997): for each hash function the least value that it gives to a member.
 * Two sets agree in a place with about the probability of their Jaccard similarity; the members are well mixed hashes themselves.
 */
export function signatureOf(set: Uint32Array, seed: number, family = familyOf(seed)): Int32Array {
  const { multipliers, addends } = family;
  const signature = new Int32Array(multipliers.length);
  for (let place = 0; place < signature.length; place += 1) {
    const [multiplier, addend] = [multipliers[place] as number, addends[place] as number];
    let least = 0x7fffffff;
    for (let at = 0; at < set.length; at += 1) {
      const value = (imul(set[at] as number, multiplier) + addend) | 0;
      if (value < least) least = value;
    }
    signature[place] = least;
  }
  return signature;
}

/**
 * Pairs of sets that are probably alike, by locality-sensitive hashing (P. Indyk and R. Motwani, 1998): sets whose signatures agree in a whole band. Where many meet in a
 * band, each is paired with a few of them only, so that the number of pairs grows with the number of sets and not with its square.
 *
 * @returns a * sets.length + b for each pair a < b, sorted, without repeats
 */
export function candidatePairs(sets: readonly Uint32Array[], seed: number): Float64Array {
  const family = familyOf(seed);
  const length = family.addends.length;
  const signatures = new Int32Array(sets.length * length);
  sets.forEach((set, at) => signatures.set(signatureOf(set, seed, family), at * length));
  const pairs = new Pairs(sets.length);
  const filled = sets.flatMap((set, at) => (set.length > 0 ? [at] : []));
  const keyed = new Float64Array(filled.length);
  for (let band = 0; band < BANDS; band += 1) {
    // Sets of one bucket have the same key, and stand side by side once sorted.
    filled.forEach((at, index) => { keyed[index] = keyOf(signatures, at * length + band * ROWS) * sets.length + at; });
    keyed.sort();
    let bucket: number[] = [];
    let open = -1;
    for (const value of keyed) {
      const key = floor(value / sets.length);
      if (key !== open) {
        pairUp(bucket, band, pairs);
        bucket = [];
        open = key;
      }
      bucket.push(value % sets.length);
    }
    pairUp(bucket, band, pairs);
  }
  return pairs.sorted();
}

/** The places of a band as one number below 2^32. */
function keyOf(signatures: Int32Array, from: number): number {
  let key = 0;
  for (let row = 0; row < ROWS; row += 1) key = mixed(key + (signatures[from + row] as number));
  return key;
}

/** Each with the first of its bucket, the two before it, and one in between that differs from band to band. */
function pairUp(bucket: readonly number[], band: number, pairs: Pairs): void {
  const add = (a: number, b: number): void => pairs.add(bucket[a] as number, bucket[b] as number);
  for (let at = 1; at < bucket.length; at += 1) {
    add(0, at);
    if (at > 1) add(at - 1, at);
    if (at > 2) add(at - 2, at);
    if (at > 3) add((mixed(at) + mixed(band)) % at, at);
  }
}

/** A growing list of pairs. */
class Pairs {
  private list = new Float64Array(1 << 12);
  private count = 0;

  constructor(private readonly size: number) {}

  add(a: number, b: number): void {
    if (this.count === this.list.length) {
      const longer = new Float64Array(2 * this.count);
      longer.set(this.list);
      this.list = longer;
    }
    this.list[this.count] = a * this.size + b;
    this.count += 1;
  }

  sorted(): Float64Array {
    const sorted = this.list.subarray(0, this.count).sort();
    return sorted.filter((pair, at) => at === 0 || pair !== sorted[at - 1]);
  }
}

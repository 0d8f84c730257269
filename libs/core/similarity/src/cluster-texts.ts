import { candidatePairs } from './candidates';
import { groupsOf, type Group } from './grouping';
import { ownWords } from './normalise';
import { sharedPassages } from './passages';
import { jaccard, without } from './sets';
import { shinglesOf } from './shingles';

export interface Text {
  id: string;
  text: string;
}

export interface ClusterOptions {
  /** Jaccard similarity with what a cluster shares, above 0 and up to 1. */
  threshold?: number;
  /** Length of the runs of characters that are compared; letters of an alphabet count half. */
  shingle?: number;
  /** A text that anybody may quote without being part of a campaign, such as the draft itself: its runs of characters do not count. */
  quotable?: string;
  /** Seed of the hash functions. Another one may find other pairs that are barely alike. */
  seed?: number;
}

export interface Member {
  id: string;
  /** Jaccard similarity with the common text of the cluster; in a cluster of two wordings with the other. 0 to 1. */
  similarity: number;
  /** Jaccard similarity with the representative. */
  toRepresentative: number;
}

export interface Cluster {
  /** Two or more, in order. */
  ids: string[];
  /** The text that is most like what all share. */
  representative: Text;
  /** In the order of `ids`. */
  members: Member[];
  /** How many wordings there are, apart from white space, punctuation, width and case. */
  wordings: number;
  /** The passages of the representative that many of the members have too, as they stand in it. */
  passages: string[];
}

export interface Clustering {
  /** The largest first. */
  clusters: Cluster[];
  threshold: number;
  shingle: number;
}

export const DEFAULTS = { threshold: 0.25, shingle: 3, seed: 1 } as const;
/** With fewer runs than this one changed word is the half of a text: then only the same words belong together. */
const FEWEST = 6;

/** One wording, and all who used it. */
interface Wording {
  key: string;
  set: Uint32Array;
  texts: Text[];
}

/**
 * Clusters of near-duplicates and of letters from one template, in any language. The same whatever the order of the texts; ids must be unique. Empty texts are in no
 * cluster; texts too short to compare are together only with those of the same words.
 */
export function clusterTexts(texts: readonly Text[], options: ClusterOptions = {}): Clustering {
  const { threshold, shingle, seed, quotable } = { ...DEFAULTS, ...options };
  if (!(threshold > 0 && threshold <= 1)) throw new RangeError('threshold: above 0, at most 1');
  if (!(Number.isInteger(shingle) && shingle > 0 && shingle <= 50)) throw new RangeError('shingle: a whole number from 1 to 50');
  const wordings = wordingsOf(texts, shingle, quotable);
  const sets = wordings.map(({ set }) => set);
  const groups = groupsOf(sets, threshold, candidatePairs(sets, seed));
  const grouped = new Set(groups.flatMap(({ members }) => members));
  const copies = wordings.flatMap(({ texts: same }, at): Group[] => (same.length > 1 && !grouped.has(at) ? [{ members: [at], common: null }] : []));
  const clusters = [...groups, ...copies].map((group) => explained(group, wordings, shingle));
  return { clusters: clusters.sort((a, b) => b.ids.length - a.ids.length || ordered(a.ids[0] ?? '', b.ids[0] ?? '')), threshold, shingle };
}

function wordingsOf(texts: readonly Text[], shingle: number, quotable: string | undefined): Wording[] {
  const known = quotable === undefined ? new Uint32Array() : shinglesOf(ownWords(quotable), shingle);
  const byKey = new Map<string, Text[]>();
  for (const text of texts) {
    const key = ownWords(text.text);
    const same = byKey.get(key);
    if (same) same.push(text);
    else if (key !== '') byKey.set(key, [text]);
  }
  return [...byKey].sort(([a], [b]) => ordered(a, b)).map(([key, same]) => {
    const set = without(shinglesOf(key, shingle), known);
    return { key, set: set.length < FEWEST ? new Uint32Array() : set, texts: same.sort((a, b) => ordered(a.id, b.id)) };
  });
}

function explained({ members, common }: Group, wordings: readonly Wording[], shingle: number): Cluster {
  const group = members.map((at) => wordings[at] as Wording);
  const [first, second] = group as [Wording, Wording | undefined];
  const similarity = group.map(({ set }) => (common ? jaccard(set, common) : second ? jaccard(first.set, second.set) : 1));
  const middle = group.reduce((best, { texts }, at) => {
    const ahead = (similarity[at] as number) - (similarity[best] as number) || texts.length - (group[best] as Wording).texts.length;
    return ahead > 0 ? at : best;
  }, 0);
  const chosen = group[middle] as Wording;
  const representative = chosen.texts[0] as Text;
  const all = group.flatMap(({ set, texts }, at) => {
    const toRepresentative = at === middle ? 1 : jaccard(set, chosen.set);
    return texts.map(({ id }) => ({ id, similarity: similarity[at] as number, toRepresentative }));
  }).sort((a, b) => ordered(a.id, b.id));
  const agreed = common ?? (second ? without(first.set, without(first.set, second.set)) : null);
  return {
    ids: all.map(({ id }) => id), representative, members: all, wordings: group.length, passages: sharedPassages(representative.text, agreed, shingle),
  };
}

/** By code units, the same on every machine. */
function ordered(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

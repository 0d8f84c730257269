import { common, jaccard } from './sets';

/** What at least so many of a group's texts share is its common text. */
const SHARE = 0.4;
/** A common text takes shape in a few rounds; more than this it would only sway. */
const ROUNDS = 6;
/** How often texts may go over to a group that they are more alike. */
const PASSES = 2;

/** Texts that belong together, by their index, rising. */
export interface Group {
  members: number[];
  /** What they share; null for two, which are compared with each other. */
  common: Uint32Array | null;
}

/** Two texts alone need more in common than each of many with what all of these share. */
export const pairThreshold = (threshold: number): number => threshold + 0.2 * (1 - threshold);

/**
 * Groups sets of shingles around what they share. In a group of two, both have a Jaccard similarity of `pairThreshold` at least; in a larger one each member has
 * at least `threshold` with the group's common text, so that A and C do not come together only because B resembles both.
 *
 * @param pairs which pairs to compare, as `candidatePairs` gives them
 */
export function groupsOf(sets: readonly Uint32Array[], threshold: number, pairs: Float64Array): Group[] {
  const near = neighbours(sets, threshold / 2, pairs);
  const owner = new Int32Array(sets.length).fill(-1);
  const start = sets.map((_set, at) => at).filter((at) => (near[at] as number[]).length > 0).sort((a, b) => (near[b] as number[]).length - (near[a] as number[]).length || a - b);
  let groups: Group[] = [];
  for (const centre of start) {
    if (owner[centre] !== -1) continue;
    const group = grown(centre, { sets, near, threshold, isFree: (at) => owner[at] === -1 });
    if (!group) continue;
    for (const member of group.members) owner[member] = groups.length;
    groups.push(group);
  }
  for (let pass = 0; pass < PASSES; pass += 1) groups = rearranged(merged(groups, sets, near, threshold), sets, near, threshold);
  return groups.flatMap((group) => settled(group.members, sets, threshold) ?? []);
}

/** For each set the others that it resembles, of those that are candidates, by exact Jaccard. */
function neighbours(sets: readonly Uint32Array[], least: number, pairs: Float64Array): number[][] {
  const near: number[][] = sets.map(() => []);
  for (const pair of pairs) {
    const [a, b] = [Math.floor(pair / sets.length), pair % sets.length];
    const [one, other] = [sets[a] as Uint32Array, sets[b] as Uint32Array];
    // Sets of very different sizes cannot be alike.
    if (Math.min(one.length, other.length) < least * Math.max(one.length, other.length) || jaccard(one, other) < least) continue;
    near[a]?.push(b);
    near[b]?.push(a);
  }
  return near;
}

interface Field {
  sets: readonly Uint32Array[];
  near: readonly number[][];
  threshold: number;
  isFree: (at: number) => boolean;
}

/** A group around one text: its like, then all that resemble what these share, until that no longer changes. */
function grown(centre: number, { sets, near, threshold, isFree }: Field): Group | null {
  const around = (near[centre] as number[]).filter((at) => isFree(at) && jaccard(sets[centre] as Uint32Array, sets[at] as Uint32Array) >= pairThreshold(threshold));
  let members = [centre, ...around].sort(rising);
  for (let round = 0; round < ROUNDS && members.length > 2; round += 1) {
    const profile = common(members.map((at) => sets[at] as Uint32Array), SHARE);
    const pool = new Set([...members, ...members.flatMap((at) => (near[at] as number[]).filter(isFree))]);
    const next = [...pool].filter((at) => jaccard(sets[at] as Uint32Array, profile) >= threshold).sort(rising);
    const same = next.length === members.length && next.every((at, index) => at === members[index]);
    members = next;
    if (same) break;
  }
  return settled(members, sets, threshold);
}

/** Puts groups together that share their common text: a campaign may have been begun from two ends. */
function merged(groups: readonly Group[], sets: readonly Uint32Array[], near: readonly number[][], threshold: number): Group[] {
  const owner = new Map(groups.flatMap(({ members }, at) => members.map((member) => [member, at] as const)));
  const texts = groups.map(({ members, common: profile }) => profile ?? common(members.map((at) => sets[at] as Uint32Array), SHARE));
  const into = groups.map((_group, at) => at);
  const root = (at: number): number => (into[at] === at ? at : root(into[at] as number));
  groups.forEach(({ members }, at) => {
    const touching = new Set(members.flatMap((member) => (near[member] as number[]).map((other) => owner.get(other) ?? at)));
    for (const other of touching) {
      if (other > at && jaccard(texts[at] as Uint32Array, texts[other] as Uint32Array) >= pairThreshold(threshold)) into[Math.max(root(at), root(other))] = Math.min(root(at), root(other));
    }
  });
  const joined: number[][] = groups.map(() => []);
  groups.forEach(({ members }, at) => joined[root(at)]?.push(...members));
  return joined.flatMap((members) => settled(members.sort(rising), sets, threshold) ?? []);
}

/** Lets each text go to the group whose common text it resembles most, of those where it has neighbours. */
function rearranged(groups: readonly Group[], sets: readonly Uint32Array[], near: readonly number[][], threshold: number): Group[] {
  const owner = new Int32Array(sets.length).fill(-1);
  groups.forEach(({ members }, at) => members.forEach((member) => { owner[member] = at; }));
  const alike = (at: number, group: number): number => {
    const profile = groups[group]?.common;
    return profile ? jaccard(sets[at] as Uint32Array, profile) : 0;
  };
  const moved: number[][] = groups.map(() => []);
  sets.forEach((_set, at) => {
    const own = owner[at] as number;
    let [best, most] = [own, own === -1 ? threshold : Math.max(threshold, alike(at, own))];
    for (const group of new Set((near[at] as number[]).map((other) => owner[other] as number).sort(rising))) {
      const found = group === -1 || group === own ? 0 : alike(at, group);
      if (found > most || (found === most && best === -1)) [best, most] = [group, found];
    }
    moved[best]?.push(at);
  });
  return moved.flatMap((members) => settled(members, sets, threshold) ?? []);
}

/** The group without those that are not alike enough, or null where fewer than two stay. */
function settled(members: readonly number[], sets: readonly Uint32Array[], threshold: number): Group | null {
  let kept = [...members];
  while (kept.length > 2) {
    const profile = common(kept.map((at) => sets[at] as Uint32Array), SHARE);
    const fit = kept.filter((at) => jaccard(sets[at] as Uint32Array, profile) >= threshold);
    if (fit.length === kept.length) return { members: kept, common: profile };
    kept = fit;
  }
  const [a, b] = kept.map((at) => sets[at] as Uint32Array);
  return a && b && jaccard(a, b) >= pairThreshold(threshold) ? { members: kept, common: null } : null;
}

const rising = (a: number, b: number): number => a - b;

import { longestRisingIndexes } from './longest-rising';

/** An article marker that may be real. `strong`: white space or the line's end follows it. */
export interface Candidate {
  /** Index of its line. */
  at: number;
  /** Number of the article, 第十条之一 being 10.001. */
  key: number;
  strong: boolean;
}

/**
 * Decides which article markers begin an article. Within one document the numbers rise, so of the strong markers the longest rising
 * sequence is taken: a quoted 第五十条 then costs itself and not the forty articles that follow. A marker without white space after it
 * counts only where it is the very next number. 第一条 begins a new sequence (an annexed document, or a second one in the file).
 *
 * @returns the line indexes of the real ones
 */
export function chooseArticles(candidates: Candidate[]): Set<number> {
  const chosen = new Set<number>();
  let segment: Candidate[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const restart = candidate.key === 1 && (candidate.strong || candidates[index + 1]?.key === 2);
    if (restart && segment.length > 0) {
      chooseInSegment(segment).forEach((at) => chosen.add(at));
      segment = [];
    }
    segment.push(candidate);
  }
  chooseInSegment(segment).forEach((at) => chosen.add(at));
  return chosen;
}

function chooseInSegment(segment: Candidate[]): number[] {
  const free = segment.filter((c) => c.strong);
  const rising = longestRisingIndexes(free.map((c) => c.key));
  const strong = free.filter((_, index) => rising.has(index));
  const kept = new Set(strong.map((c) => c.at));
  const chosen: number[] = [];
  let previous = 0;
  let ahead = 0;
  for (const candidate of segment) {
    while (ahead < strong.length && (strong[ahead]?.at ?? 0) <= candidate.at) ahead += 1;
    const limit = strong[ahead]?.key ?? Infinity;
    const next = candidate.key === Math.floor(previous) + 1 || (candidate.key > previous && candidate.key < Math.floor(previous) + 1);
    if (kept.has(candidate.at) || (!candidate.strong && next && candidate.key < limit)) {
      chosen.push(candidate.at);
      previous = candidate.key;
    }
  }
  return chosen;
}

import { normalise, placedSigns } from './normalise';
import { runsOf, shinglesOf, sortedWithoutRepeats, widthOf } from './shingles';

/** Shorter passages are turns of speech: six Chinese characters, twelve letters. */
const LEAST_WIDTH = 12;
const MOST_PASSAGES = 5;
/** A person is shown the beginning of a very long text only, in UTF-16 units. */
const LONGEST = 50_000;

/**
 * The longest passages of a text that are made of runs of characters in `agreed` (sorted), in the order of the text and as they stand in it; all of the text for null.
 */
export function sharedPassages(text: string, agreed: Uint32Array | null, size: number): string[] {
  if (!agreed) return [text.trim()];
  const signs = [...placedSigns(text.slice(0, LONGEST))];
  const shared = new Set(agreed);
  const runs = runsOf(signs.map(({ sign }) => sign).join(''), size).filter(({ hash }) => shared.has(hash));
  const stretches: { from: number; to: number }[] = [];
  for (const { from, to } of runs) {
    const last = stretches.at(-1);
    if (last && from <= last.to) last.to = to;
    else stretches.push({ from, to });
  }
  const wide = stretches.map((stretch) => ({ ...stretch, width: signs.slice(stretch.from, stretch.to).reduce((sum, { sign }) => sum + widthOf(sign.codePointAt(0) ?? 0), 0) }));
  const longest = wide.filter(({ width }) => width >= LEAST_WIDTH).sort((a, b) => b.width - a.width || a.from - b.from).slice(0, MOST_PASSAGES);
  return longest.sort((a, b) => a.from - b.from).map(({ from, to }) => text.slice(signs[from]?.from, signs[to - 1]?.to));
}

/** What a text shares with the passages of its cluster, as it stands there: for the eye of who reads the text. `size` is the run's `shingle`. */
export function passagesIn(text: string, passages: readonly string[], size: number): string[] {
  const runs = passages.flatMap((passage) => [...shinglesOf(normalise(passage), size)]);
  return sharedPassages(text, sortedWithoutRepeats(Uint32Array.from(runs)), size);
}

/** All but letters, numbers and the marks that belong to letters: it tells nothing about who wrote what. */
const ASIDE = /[^\p{L}\p{N}\p{M}]+/gu;
/** What somebody else's words stand in; shorter ones are names and single terms. */
const QUOTED = /“[^“”]{12,}”|「[^「」]{12,}」|『[^『』]{12,}』|"[^"\n]{12,}"|«[^«»]{12,}»/gu;
/** A text that would be shorter without its quotations is compared with them. */
const ENOUGH = 12;

/**
 * A text as it is compared: full and half width alike (NFKC), small letters, without white space, punctuation, signs and invisible characters. A text of signs alone
 * (👍, ！！！) stays as it is. Traditional and simplified characters stay different.
 */
export function normalise(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase();
  return folded.replace(ASIDE, '') || folded.trim();
}

/** A text without the longer passages that it quotes: many quote the same clause, and think differently of it. */
export function ownWords(text: string): string {
  const rest = normalise(text.replace(QUOTED, ' '));
  return rest.length >= ENOUGH ? rest : normalise(text);
}

/** The characters of a text that are compared, each with the place where it stands: `from` and `to` count UTF-16 units of the text given. */
export function* placedSigns(text: string): Generator<{ sign: string; from: number; to: number }> {
  // A character with what is written above or below it, also as half-width kana do.
  for (const unit of text.matchAll(/[\s\S][\p{M}\uff9e\uff9f]*/gu)) {
    for (const sign of unit[0].normalize('NFKC').toLowerCase().replace(ASIDE, '')) yield { sign, from: unit.index, to: unit.index + unit[0].length };
  }
}

/** Closing marks: no line begins with one. */
const CLOSERS = new Set('，。、；：！？）〕］｝》〉】」』〗”’…—·％‰℃°,.;:!?)]}%');
/** Opening marks: no line ends with one. */
const OPENERS = new Set('（〔［｛《〈【「『〖“‘([{￥＄');
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e01ef}]/gu;

export const closes = (char: string): boolean => CLOSERS.has(char);
export const opens = (char: string): boolean => OPENERS.has(char);

/** Narrow characters that keep together as a word: Latin, Greek, Cyrillic and other alphabets, digits, their marks. */
export function inWord(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return (code > 0x20 && code < 0x1100 && code !== 0xa0) || (code >= 0x2010 && code <= 0x2013) || code === 0x2032 || code === 0x2033;
}

/**
 * The text as it is set: characters that have no shape of their own (direction marks, joiners, control characters) are taken out, a line
 * break of the source between Chinese characters too, and any other white space is one space; a full-width one stays.
 */
export function settable(text: string): string {
  return text.replace(INVISIBLE, '')
    .replace(/[ \t\u00a0]*\n[ \t\u00a0]*/g, '\n').replace(/(?<=[!-~])\n(?=[!-~])/g, ' ').replaceAll('\n', '')
    .replace(/[\t\u00a0\u2000-\u200a\u202f ]+/g, ' ');
}

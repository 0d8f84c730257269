/** Tags between which nothing is text. */
const HIDDEN = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'object', 'iframe']);
const BLOCK = new Set(['p', 'div', 'br', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'table', 'ul', 'ol', 'hr', 'pre', 'section', 'article']);
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', mdash: '—', hellip: '…', middot: '·' };

const codePoint = (code: number): string => (code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd');

const unescaped = (text: string): string => text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (whole, decimal?: string, hex?: string, name?: string) =>
  (decimal ? codePoint(Number(decimal)) : hex ? codePoint(Number.parseInt(hex, 16)) : NAMED[name?.toLowerCase() ?? ''] ?? whole));

/**
 * The words of an HTML mail, for a person to read and check: no markup, nothing of scripts or styles, a line for each block. Goes over the text once, whatever stands in
 * it; what is no proper HTML loses at most its tags.
 */
export function htmlText(html: string): string {
  let text = '';
  let hidden: string | null = null;
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at);
    const until = open < 0 ? html.length : open;
    if (hidden === null) text += html.slice(at, until).replace(/\s+/g, ' ');
    if (open < 0) break;
    const comment = html.startsWith('<!--', open);
    const close = html.indexOf(comment ? '-->' : '>', open);
    if (close < 0) break;
    const [, end = '', name = ''] = /^<(\/?)([a-zA-Z][a-zA-Z0-9]*)/.exec(html.slice(open, open + 20)) ?? [];
    const tag = name.toLowerCase();
    if (hidden !== null) hidden = end && tag === hidden ? null : hidden;
    else if (!comment && !end && HIDDEN.has(tag)) hidden = tag;
    else if (BLOCK.has(tag)) text += '\n';
    at = close + (comment ? 3 : 1);
  }
  return unescaped(text).replace(/[ \t]*\n[ \t]*/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
}

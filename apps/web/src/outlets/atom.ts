export interface AtomEntry {
  /** An IRI that stays the same for ever, wherever the site moves. */
  id: string;
  title: string;
  href: string;
  author: string;
  published: Date;
  updated: Date;
  summary: string;
}

export interface AtomFeed {
  id: string;
  title: string;
  /** Address of the page that shows the same to people. */
  href: string;
  /** Address of the feed itself. */
  self: string;
  lang: string;
  author: string;
  /** Null if the feed never had an entry. */
  updated: Date | null;
  entries: readonly AtomEntry[];
}

/** What XML 1.0 cannot hold, escaped or not: control characters, halves of surrogate pairs, two non-characters. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\r': '&#13;' };

/** Text as it may stand in an element or an attribute; what XML cannot hold becomes U+FFFD. */
export const xmlText = (text: string): string => text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"'\r]/g, (char) => ESCAPES[char] ?? char);

const element = (name: string, text: string): string => `<${name}>${xmlText(text)}</${name}>`;
const link = (rel: string, type: string, href: string): string => `<link rel="${rel}" type="${type}" href="${xmlText(href)}"/>`;

/** Atom wants an instant even of a feed in which nothing ever happened. */
const NEVER = new Date(0);

/** A feed in Atom (RFC 4287). The same feed gives the same bytes. */
export function atomFeed({ id, title, href, self, lang, author, updated, entries }: AtomFeed): string {
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xmlText(lang)}">`,
    element('id', id), element('title', title), element('updated', (updated ?? NEVER).toISOString()), `<author>${element('name', author)}</author>`,
    link('self', 'application/atom+xml', self), link('alternate', 'text/html', href),
    ...entries.map((entry) => [
      '<entry>', element('id', entry.id), element('title', entry.title), element('updated', entry.updated.toISOString()), element('published', entry.published.toISOString()),
      `<author>${element('name', entry.author)}</author>`, link('alternate', 'text/html', entry.href), element('summary', entry.summary), '</entry>',
    ].join('\n')),
    '</feed>',
  ];
  return `${lines.join('\n')}\n`;
}

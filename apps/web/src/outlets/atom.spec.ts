import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { atomFeed } from './atom';

/** What a strict XML reader makes of it: elements with their texts, in order. */
function read(xml: string): [string, string][] {
  const parser = new SaxesParser({ xmlns: true });
  const found: [string, string][] = [];
  const open: { name: string; text: string }[] = [];
  parser.on('error', (error) => { throw error; });
  parser.on('opentag', ({ name, attributes }) => open.push({ name, text: attributes['href']?.value ?? '' }));
  parser.on('text', (text) => { const top = open.at(-1); if (top) top.text += text; });
  parser.on('closetag', () => { const top = open.pop(); if (top) found.push([top.name, top.text]); });
  parser.write(xml).close();
  return found;
}

const at = new Date('2026-03-02T01:00:00Z');
const feedOf = (title: string) => atomFeed({
  id: 'urn:uuid:a', title, href: 'http://x/?a=1&b="2"', self: 'http://x/f', lang: 'zh-CN', author: title, updated: at,
  entries: [{ id: 'urn:uuid:b', title, href: `http://x/${title}`, author: title, published: at, updated: at, summary: title }],
});

describe('an Atom feed', () => {
  const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(']]><script>', '&amp;', '\u0000\ud800a', '\ufffe', 'a\r\nb', '</title><evil/>', '\u202e\u0007'));

  it('is well-formed whatever stands in it, and says it unchanged where XML can', () => {
    fc.assert(fc.property(hostile, (text) => {
      const titles = read(feedOf(text)).filter(([name]) => name === 'title').map(([, words]) => words);
      expect(titles).toHaveLength(2);
      if (!/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)) expect(titles[1]).toBe(text);
    }));
  });

  it('has an instant even where nothing ever happened', () => {
    expect(read(atomFeed({ id: 'a', title: 't', href: '/', self: '/f', lang: 'en', author: 'a', updated: null, entries: [] }))).toContainEqual(['updated', '1970-01-01T00:00:00.000Z']);
  });
});

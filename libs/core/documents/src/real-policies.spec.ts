import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Document, Packer, Paragraph } from 'docx';
import { diffDocuments, parseText, readSource, reassemble, sameText } from './index';

const FOLDER = join(__dirname, '../../../../../shared/data/policies');
const files = existsSync(FOLDER) ? readdirSync(FOLDER).sort() : [];
if (files.length === 0) console.warn('NOT RUN: the real policies are not on this machine (../shared/data/policies)');

/** An own count, by other means than the parser's: lines that begin with 第N条 and white space, in rising order. */
function countArticles(source: string): number {
  const digits = '零一二三四五六七八九';
  let previous = 0;
  let count = 0;
  for (const line of source.split('\n')) {
    const found = /^\s*(?:#+\s*)?第([一二三四五六七八九十百零]+)条(?:\s|$)/.exec(line);
    if (!found) continue;
    const [hundreds, rest] = found[1]?.includes('百') ? (found[1].split('百') as [string, string]) : ['', found[1] ?? ''];
    const [tens, ones] = rest.includes('十') ? (rest.split('十') as [string, string]) : ['零', rest];
    const value = (text: string, none: number): number => (text === '' ? none : digits.indexOf(text.replace('零', '') || '零'));
    const number = value(hundreds, 0) * 100 + value(tens, 1) * 10 + value(ones, 0);
    if (number > previous) count += 1;
    previous = Math.max(previous, number);
  }
  return count;
}

(files.length > 0 ? describe : describe.skip)('the real policies', () => {
  it.each(files)('%s', async (file) => {
    const source = readFileSync(join(FOLDER, file), 'utf8');
    const parsed = parseText(source, file);
    expect(sameText(reassemble(parsed.provisions), source)).toBe(true);
    expect(parsed.articles).toBe(countArticles(source));
    expect(new Set(parsed.provisions.map((p) => p.clauseId)).size).toBe(parsed.provisions.length);
    expect(diffDocuments(parsed.provisions, parsed.provisions).changes.every((c) => c.type === 'same' && !c.moved)).toBe(true);
    // The same text out of Word, a paragraph a line, is the same document.
    const paragraphs = source.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => new Paragraph(line));
    const docx = await readSource(file, await Packer.toBuffer(new Document({ sections: [{ children: paragraphs }] })));
    expect(docx.notices).toEqual([]);
    expect(docx.provisions.map(({ clauseId, text }) => [clauseId, text])).toEqual(parseText(source, file).provisions.map(({ clauseId, text }) => [clauseId, text]));
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { officialDocx, officialPdf, readSource } from '@core/documents';
import { measurePdfs } from '../../support/measure-pdf';

const FOLDER = join(__dirname, '../../../../shared/data/policies');
const files = existsSync(FOLDER) ? readdirSync(FOLDER).sort() : [];
if (files.length === 0) console.warn('NOT RUN: the real policies are not on this machine (../shared/data/policies)');

const PARTICULARS = { number: '中工信规〔2026〕3号', date: '2026-03-01', issuer: null };
/** White space, and characters that have no shape. */
const letters = (text: string): string => text.replace(/[\s\u200b-\u200f\ufeff]/g, '');

function count(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  return counts;
}

/** Characters of the source that the laid-out text has fewer of. */
function lost(source: string, shown: string): string[] {
  const have = count(shown);
  return [...count(source)].filter(([char, times]) => (have.get(char) ?? 0) < times).map(([char]) => char);
}

(files.length > 0 ? describe : describe.skip)('the real policies, laid out', () => {
  it('keep every character and the order of every provision, in PDF and in DOCX', async () => {
    const sources = await Promise.all(files.map(async (file) => readSource(file, readFileSync(join(FOLDER, file)))));
    const laid: Buffer[] = [];
    for (const source of sources) laid.push((await officialPdf(source, PARTICULARS)).bytes);
    const measured = await measurePdfs(laid);
    for (const [index, source] of sources.entries()) {
      const pdf = letters((measured[index]?.pages ?? []).flatMap(({ items }) => items.filter(({ baseline }) => baseline < 37 + 225)).map(({ text }) => text).join(''));
      const docx = letters((await readSource('a.docx', (await officialDocx(source, PARTICULARS)).bytes)).source);
      const parts = source.provisions.map(({ label, text }) => letters(label + text));
      for (const shown of [pdf, docx]) {
        expect([files[index], lost(parts.join(''), shown)]).toEqual([files[index], []]);
        expect([files[index], parts.filter((part) => !shown.includes(part))]).toEqual([files[index], []]);
      }
    }
  }, 600_000);
});

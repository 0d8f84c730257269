import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Book, type BookDocument, bookDocx, parseText, readSource } from '@core/documents';
import { type Measured, measurePdfs } from '../../support/measure-pdf';

const FOLDER = join(__dirname, '../../../../shared/data/policies');
/** Five hundred take minutes to be read again: `BOOK_DOCUMENTS=500`. */
const COUNT = Number(process.env['BOOK_DOCUMENTS'] ?? 60);
const WORDS = { contents: '目　录', byNumber: '按发文字号索引', byTopic: '按主题索引', interpretation: '解读：' };
const DEPARTMENTS = ['市产业局', '市财政局', '市教育局'];

/** Texts of real policies where there are some, else made up; each title once. */
function someTexts(): { title: string; text: string }[] {
  if (existsSync(FOLDER)) return readdirSync(FOLDER).filter((name) => name.endsWith('.txt')).sort().map((name) => ({ title: name.replace(/\.txt$/, ''), text: readFileSync(join(FOLDER, name), 'utf8') }));
  return Array.from({ length: 7 }, (_, at) => ({
    title: `关于${'进一步'.repeat(at)}支持企业的办法`, text: Array.from({ length: 12 + at * 9 }, (_unused, no) => `第${no + 1}条　${'企业可以依照本办法提出申请。'.repeat(1 + ((no * 7 + at) % 9))}`).join('\n'),
  }));
}

function someBook(count: number): Book {
  const texts = someTexts();
  const documents = Array.from({ length: count }, (_, at): BookDocument => {
    const { title, text } = texts[at % texts.length] as { title: string; text: string };
    return {
      title: `${title}（${at + 1}）`, number: `云产规〔${2026 - (at % 9)}〕${at + 1}号`, department: DEPARTMENTS[at % 3] as string, date: '2026-03-01', note: '自2026年4月1日起施行，有效期至2031年3月31日',
      topics: [['就业', '企业'], ['教育'], []][at % 3] as string[], source: { title, provisions: parseText(text).provisions },
      interpretations: at % 4 === 0 ? [{ title: '一图读懂', text: '第一段。\n第二段。' }] : [],
    };
  });
  return {
    title: '云浦市现行有效文件汇编', subtitles: ['2026年3月2日现行有效文件'], issuer: '云浦市', date: '2026-03-02', words: WORDS,
    chapters: DEPARTMENTS.map((title, chapter) => ({ title, documents: documents.filter((_, at) => at % 3 === chapter) })),
  };
}

const letters = (text: string): string => text.replace(/[\s　.]/g, '');

interface Line {
  page: number;
  baseline: number;
  text: string;
  /** The number at the right edge. */
  number: string | null;
}

/** Lines of a page from above, running head and page number apart. */
function linesOf({ pages }: Measured, page: number): Line[] {
  const rows = new Map<number, Measured['pages'][number]['items']>();
  for (const item of pages[page]?.items ?? []) {
    if (item.baseline < 30 || item.baseline > 266) continue;
    const key = [...rows.keys()].find((baseline) => Math.abs(baseline - item.baseline) < 1) ?? item.baseline;
    rows.set(key, [...(rows.get(key) ?? []), item]);
  }
  return [...rows].sort(([one], [other]) => one - other).map(([baseline, items]) => {
    const sorted = items.sort((one, other) => one.x - other.x);
    const last = sorted.at(-1);
    const numbered = last !== undefined && /^\d+$/.test(last.text) && Math.abs(last.x + last.width - 185) < 1.5;
    return { page, baseline, text: letters((numbered ? sorted.slice(0, -1) : sorted).map(({ text }) => text).join('')), number: numbered ? last.text : null };
  });
}

/** Entries of these pages: what stands before a number, over as many lines as it takes. */
function entriesOf(measured: Measured, pages: readonly number[]): { text: string; number: number }[] {
  const entries: { text: string; number: number }[] = [];
  let text = '';
  for (const line of pages.flatMap((page) => linesOf(measured, page))) {
    text += line.text;
    if (line.number === null) continue;
    entries.push({ text, number: Number(line.number) });
    text = '';
  }
  return entries;
}

/** The number that a page bears outside its text. */
const folio = (measured: Measured, page: number): string | undefined => measured.pages[page]?.items.find(({ baseline, text }) => baseline > 266 && /^[\divxlc]+$/.test(text.trim()))?.text.trim();

describe(`a book of ${COUNT} documents`, () => {
  const book = someBook(COUNT);
  const documents = book.chapters.flatMap((chapter) => chapter.documents);
  let measured: Measured;
  let front: number;
  let figures: { seconds: number; megabytes: number; pages: number };

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'book-'));
    try {
      writeFileSync(join(folder, 'in.json'), JSON.stringify(book));
      const { stdout } = await promisify(execFile)(process.execPath,
        ['--require', join(__dirname, '../../support/typescript-thread.cjs'), join(__dirname, '../../support/make-book.ts'), join(folder, 'in.json'), join(folder, 'out.pdf')]);
      figures = JSON.parse(stdout) as typeof figures;
      [measured] = await measurePdfs([readFileSync(join(folder, 'out.pdf'))]) as [Measured];
    } finally {
      rmSync(folder, { recursive: true });
    }
    front = measured.pages.findIndex((_, page) => folio(measured, page) === '1');
    console.log(`${COUNT} documents, ${figures.pages} pages: ${figures.seconds.toFixed(1)} s, ${figures.megabytes.toFixed(0)} MB`);
  }, 600_000);

  it('names in its contents the page on which each document begins, once and in order', () => {
    const contents = entriesOf(measured, Array.from({ length: front - 2 }, (_, at) => at + 2));
    contents[0]!.text = contents[0]!.text.replace(/^目录/, '');
    const chapters = [...book.chapters.map(({ title }) => title), WORDS.byNumber, WORDS.byTopic];
    expect(contents.filter(({ text }) => !chapters.includes(text)).map(({ text }) => text)).toEqual(documents.map(({ title }) => letters(title)));
    for (const { text, number } of contents) {
      const page = front + number - 1;
      const lines = linesOf(measured, page);
      const beginning = lines.slice(0, 8).map((line) => line.text).join('');
      expect([text, beginning.includes(text)]).toEqual([text, true]);
      expect([text, folio(measured, page)]).toEqual([text, String(number)]);
    }
  });

  it('leads from both indexes to the same pages', () => {
    const contents = new Map(entriesOf(measured, Array.from({ length: front - 2 }, (_, at) => at + 2)).map(({ text, number }) => [text.replace(/^目录/, ''), number]));
    const start = (title: string): number => front + (contents.get(title) ?? NaN) - 1;
    const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);
    const [byNumber, byTopic] = [start(WORDS.byNumber), start(WORDS.byTopic)];
    const numbers = entriesOf(measured, range(byNumber, byTopic)).map((entry) => ({ ...entry, text: entry.text.replace(WORDS.byNumber, '') }));
    const expected = documents.map(({ number, title }) => ({ year: Number(number.slice(4, 8)), running: Number(/(\d+)号/.exec(number)?.[1]), text: letters(number + title), number: contents.get(letters(title)) }))
      .sort((one, other) => one.year - other.year || one.running - other.running).map(({ text, number }) => ({ text, number }));
    expect(numbers).toEqual(expected);
    // Two topics a document in the first chapter, one in the second, none in the third.
    const topics = entriesOf(measured, range(byTopic, measured.pages.length));
    expect(topics).toHaveLength(book.chapters[0]!.documents.length * 2 + book.chapters[1]!.documents.length);
    for (const { text, number } of topics) expect([...contents].some(([title, page]) => page === number && text.endsWith(title))).toBe(true);
  });

  it('has links, tags, bookmarks for chapters and documents, and nothing that a published file must not carry', () => {
    expect(measured.pages.slice(2, front).every(({ annotations, items }) => items.length === 0 || annotations > 0)).toBe(true);
    expect(measured.pages.every(({ tagged, items }) => tagged || items.length === 0)).toBe(true);
    const [cover, contents, ...chapters] = measured.outline;
    expect([cover?.title, contents?.title]).toEqual([book.title, WORDS.contents]);
    expect(chapters.map(({ title }) => title)).toEqual([...DEPARTMENTS, WORDS.byNumber, WORDS.byTopic]);
    expect(chapters.flatMap(({ items }) => items.map(({ title }) => title))).toEqual(documents.map(({ title }) => title));
    expect([measured.attachments, measured.scripts, measured.lang]).toEqual([null, null, true]);
  });

  it('begins chapters on right-hand pages, and heads every page', () => {
    for (const [page, { items }] of measured.pages.entries()) {
      if (page < front || items.length === 0) continue;
      const head = letters(items.filter(({ baseline }) => baseline < 30).map(({ text }) => text).join(''));
      if ((page - front) % 2 === 1) expect(head).toBe(letters(book.title));
      else expect(head.length).toBeGreaterThan(3);
    }
    const begins = measured.pages.flatMap(({ items }, page) => (page >= front && items.some(({ text, size, baseline }) => size === 16 && baseline < 50 && DEPARTMENTS.includes(text)) ? [page] : []));
    expect(begins.every((page) => (page - front) % 2 === 0)).toBe(true);
  });

  it('keeps in the DOCX every title, number and text, in order', async () => {
    const small = someBook(6);
    const { bytes } = await bookDocx(small);
    const { source } = await readSource('book.docx', bytes);
    const shown = letters(source);
    let from = 0;
    for (const document of small.chapters.flatMap((chapter) => chapter.documents)) {
      for (const part of [document.title, document.number, document.note, ...document.interpretations.map(({ title }) => `解读：${title}`)]) {
        const at = shown.indexOf(letters(part), from);
        expect([part, at >= from]).toEqual([part, true]);
        from = at;
      }
    }
  });
});

import { Flow, lengthOf } from '../layout/flow';
import type { FontBook } from '../layout/fonts';
import type { Line } from '../layout/line-breaker';
import type { TextBlock } from '../layout/official-document';
import { type Element, newPage, type Page, type SetDocument } from '../layout/page';
import { dateWords, type Face, PAGE } from '../layout/standard';
import { titleLines } from '../layout/title-lines';
import { Typesetter } from '../layout/typesetter';
import { type Book, byNumber, byTopic, documentsOf } from './book';
import { BOOK_GRID } from './book-grid';
import { composeDocument } from './compose-document';
import { type Entry, setEntries } from './entries';
import { setEnds } from './page-ends';

const { area, pitch, size } = BOOK_GRID;
const COVER = { title: 30, subtitle: 16, issuer: 18 };

/** A book on its pages, and where its parts begin: pages are counted from 0, over the whole file. */
export interface SetBook extends SetDocument {
  /** Pages before the first numbered 1: the cover and the contents. */
  front: number;
  /** First page of each document in reading order. */
  documents: number[];
}

/**
 * Sets a book: cover, contents, chapters in which each document begins a page, an index by number and one by topic; running heads and page numbers
 * on all but the cover and the blank pages. The text is numbered from 1, what stands before it in Roman numerals, so that the number of pages of
 * the contents changes no page of the text.
 *
 * @throws DomainError invalid `layout:error.noGlyph` where no font has a character
 */
export function setBook(book: Book, fonts: FontBook): SetBook {
  const setter = new Typesetter(fonts);
  // The front is set last, when all pages are known, and read first.
  const body = new Body(book, setter);
  const frontElements: Element[] = [];
  const front = setFront(book, body, setter, frontElements);
  shift(body.pages, body.elements, frontElements.length, front.length);
  for (const page of front) for (const op of page.ops) if (op.type === 'link') op.page += front.length;
  setEnds(front, { book: book.title, heads: front.map(() => book.words.contents), roman: true }, setter);
  setEnds(body.pages, { book: book.title, heads: body.heads, roman: false }, setter);
  setter.finish();
  return {
    ...PAGE, pages: [...front, ...body.pages], elements: [...frontElements, ...body.elements], front: front.length,
    documents: body.documents.map((page) => page + front.length), numbering: [{ page: 0, style: 'roman' }, { page: front.length, style: 'arabic' }],
  };
}

/** Makes room before the elements and the pages for those of the front. */
function shift(pages: Page[], elements: Element[], by: number, front: number): void {
  for (const element of elements) if (element.parent !== null) element.parent += by;
  for (const page of pages) {
    for (const op of page.ops) {
      if (op.element !== null) op.element += by;
      if (op.type === 'link') op.page += front;
    }
  }
}

/** Chapters and indexes. Pages are counted from 0 here: the first bears the number 1. */
class Body {
  readonly elements: Element[] = [];
  readonly pages: Page[];
  /** First page of each document, and what stands over each page. */
  readonly documents: number[] = [];
  readonly heads: string[] = [];
  readonly contents: Entry[] = [];
  private readonly flow: Flow;

  constructor(private readonly book: Book, private readonly setter: Typesetter) {
    this.flow = new Flow(setter, BOOK_GRID, this.elements);
    this.pages = this.flow.pages;
    for (const [index, chapter] of book.chapters.entries()) {
      this.begin(chapter.title, index === 0);
      for (const [at, document] of chapter.documents.entries()) {
        // The first document stands under the title of its chapter.
        if (at > 0) this.flow.nextPage();
        this.documents.push(this.pages.length - 1);
        this.enter(document.title, 1);
        this.flow.set(composeDocument(document, book.words));
        this.over(document.title);
      }
    }
    const documents = documentsOf(book);
    const entry = (at: number, text: string, indent: number): Entry =>
      ({ text, indent, face: 'fangsong', target: { page: this.documents[at] as number, label: String((this.documents[at] as number) + 1) }, before: 0 });
    const title = (at: number): string => documents[at]?.title ?? '';
    this.index(book.words.byNumber, byNumber(book).flatMap(({ label, documents: [at = 0] }) => [entry(at, `${label}　${title(at)}`, 0)]));
    this.index(book.words.byTopic, byTopic(book).flatMap(({ label, documents: found }) =>
      [{ text: label, indent: 0, face: 'heiti', target: null, before: 1 }, ...found.map((at) => entry(at, title(at), 1))]));
  }

  /** A chapter or an index begins on a right-hand page. */
  private begin(title: string, first = false): void {
    if (!first) this.flow.nextPage();
    if (this.pages.length % 2 === 0) {
      (this.pages.at(-1) as Page).numbered = false;
      this.over('');
      this.flow.nextPage();
    }
    this.enter(title, 0);
    this.flow.set([{ ...heading(title), outline: { title, level: 0 } }]);
  }

  private enter(text: string, indent: number): void {
    const target = { page: this.pages.length - 1, label: String(this.pages.length) };
    this.contents.push({ text, indent, face: indent === 0 ? 'heiti' : 'fangsong', target, before: indent === 0 ? 1 : 0 });
  }

  /** What stands over the pages since the last ones. */
  private over(head: string): void {
    while (this.heads.length < this.pages.length) this.heads.push(head);
  }

  private index(title: string, entries: Entry[]): void {
    if (entries.length === 0) return;
    this.begin(title);
    this.flow.row = setEntries(entries, this.setter, this.pages, this.elements, this.flow.row);
    this.over(title);
  }
}

/** Cover and contents, an even number of pages, so that the text begins on a right-hand page. Links count the pages of the text from 0. */
function setFront(book: Book, body: Body, setter: Typesetter, elements: Element[]): Page[] {
  const pages = [cover(book, setter, elements), blank()];
  const flow = new Flow(setter, BOOK_GRID, elements);
  flow.set([{ ...heading(book.words.contents), outline: { title: book.words.contents, level: 0 } }]);
  setEntries(body.contents, setter, flow.pages, elements, flow.row);
  pages.push(...flow.pages);
  if (pages.length % 2 === 1) pages.push(blank());
  return pages;
}

const blank = (): Page => ({ ...newPage(), numbered: false });

const heading = (title: string): TextBlock => ({
  type: 'text', runs: [{ text: title, face: 'xiaobiaosong' }], heading: 1, first: 0, rest: 0, centred: true, title: true, before: 0, after: 2, page: null, outline: null,
});

function cover(book: Book, setter: Typesetter, elements: Element[]): Page {
  const page = blank();
  const put = (lines: Line[], tag: 'H1' | 'P', top: number, points: number): number => {
    const element = elements.push({ tag, parent: null }) - 1;
    for (const [at, line] of lines.entries()) {
      const x = area.left + (area.width - (lengthOf(line) * points) / 2) / 2;
      page.ops.push(...setter.set(line, { x, top: top + at * points * 1.6, size: points, pitch: points, element }));
    }
    return top + lines.length * points * 1.6;
  };
  const balanced = (text: string, face: Face, points: number): Line[] => titleLines(text, { face }, Math.floor(area.width / points), setter);
  page.bookmarks.push({ title: book.title, level: 0 });
  let top = put(balanced(book.title, 'xiaobiaosong', COVER.title), 'H1', area.top + area.height * 0.2, COVER.title) + size.title;
  for (const subtitle of book.subtitles) top = put(balanced(subtitle, 'kaiti', COVER.subtitle), 'P', top, COVER.subtitle) + size.small;
  const foot = area.top + area.height - COVER.issuer * 4;
  const end = put(balanced(book.issuer, 'songti', COVER.issuer), 'P', foot, COVER.issuer);
  put(balanced(dateWords(book.date), 'songti', COVER.subtitle), 'P', end + pitch.line / 2, COVER.subtitle);
  return page;
}

import {
  AlignmentType, convertMillimetersToTwip, Document, type FileChild, Footer, Header, type IPropertiesOptions, type ISectionOptions, LeaderType, NumberFormat, PageNumber,
  PageReference, Packer, type Paragraph, SectionType, SimpleField, Tab, TableOfContents, TabStopType, TextRun, VerticalAlignSection,
} from 'docx';
import { cleanDocx } from '../layout/docx-clean';
import type { TextBlock } from '../layout/official-document';
import type { LaidOut } from '../layout/official-pdf';
import { dateWords, type Face, PAGE } from '../layout/standard';
import { empty, font, paragraph, TWIPS, words, WordSetter, wordStyles } from '../layout/word-setter';
import { type Book, byNumber, byTopic, documentsOf } from './book';
import { BOOK_GRID } from './book-grid';
import { composeDocument } from './compose-document';

const { area, size } = BOOK_GRID;

/**
 * Writes a book as DOCX, for editors: the parts of the PDF as headings of Word, contents and indexes as fields. Word makes the pages, and with them the
 * numbers: it asks to fill them in when the file is opened. The same book gives the same bytes.
 */
export async function bookDocx(book: Book): Promise<LaidOut> {
  const file = new Document({
    title: book.title, subject: book.subtitles.join(' '), creator: book.issuer, lastModifiedBy: '', keywords: '', description: '',
    styles: { default: wordStyles(BOOK_GRID) }, evenAndOddHeaderAndFooters: true, features: { updateFields: true },
    sections: [cover(book), contents(book), ...chapters(book), ...indexes(book)],
  } satisfies IPropertiesOptions);
  return { bytes: await cleanDocx(await Packer.toBuffer(file), book.date), pages: null };
}

const PAGE_SETTING = {
  size: { width: Math.round(PAGE.width * TWIPS), height: Math.round(PAGE.height * TWIPS) },
  margin: {
    top: Math.round(area.top * TWIPS), bottom: Math.round((PAGE.height - area.top - area.height) * TWIPS), left: Math.round(area.left * TWIPS),
    right: Math.round((PAGE.width - area.left - area.width) * TWIPS), header: convertMillimetersToTwip(20), footer: convertMillimetersToTwip(18),
  },
};

const centred = (text: string, face: Face, points: number): Paragraph =>
  paragraph(words([{ text, face }], points), { alignment: AlignmentType.CENTER, spacing: { line: Math.round(points * 1.6 * TWIPS), after: points * TWIPS } });

function cover(book: Book): ISectionOptions {
  return {
    properties: { page: PAGE_SETTING, verticalAlign: VerticalAlignSection.CENTER },
    children: [
      centred(book.title, 'xiaobiaosong', 30), ...book.subtitles.map((line) => centred(line, 'kaiti', 16)), ...empty(8), centred(book.issuer, 'songti', 18),
      centred(dateWords(book.date), 'songti', 16),
    ],
  };
}

function contents(book: Book): ISectionOptions {
  return section(book, [centred(book.words.contents, 'xiaobiaosong', size.title), new TableOfContents(book.words.contents, { hyperlink: true, headingStyleRange: '1-2' })], {
    head: book.words.contents, numbers: { start: 1, formatType: NumberFormat.LOWER_ROMAN },
  });
}

function chapters(book: Book): ISectionOptions[] {
  let at = 0;
  return book.chapters.map((chapter, index) => {
    const blocks = chapter.documents.flatMap((document, place) => {
      const [title, ...rest] = composeDocument(document, book.words);
      const first = title?.type === 'text' ? [{ ...title, anchor: anchorOf(at), page: place === 0 ? null : 0 }] : [];
      at += 1;
      return [...first, ...rest];
    });
    // The running head is the title of the document on the page: Word looks it up.
    return section(book, new WordSetter(BOOK_GRID).blocks([heading(chapter.title), ...blocks]), index === 0 ? { numbers: { start: 1, formatType: NumberFormat.DECIMAL } } : {});
  });
}

function indexes(book: Book): ISectionOptions[] {
  const documents = documentsOf(book);
  const entry = (at: number, text: string, indent: number): Paragraph => paragraph([
    ...words([{ text, face: 'fangsong' }], size.body), new TextRun({ children: [new Tab()] }), new PageReference(anchorOf(at), { hyperlink: true }),
  ], { indent: { left: indent + 480, hanging: 480, right: 900 }, tabStops: [{ type: TabStopType.RIGHT, position: Math.round(area.width * TWIPS), leader: LeaderType.DOT }] });
  const numbers = byNumber(book).flatMap(({ label, documents: [at = 0] }) => [entry(at, `${label}　${documents[at]?.title ?? ''}`, 0)]);
  const topics = byTopic(book).flatMap(({ label, documents: found }) =>
    [...empty(1), paragraph(words([{ text: label, face: 'heiti' }], size.body), { keepNext: true }), ...found.map((at) => entry(at, documents[at]?.title ?? '', 240))]);
  return [[book.words.byNumber, numbers] as const, [book.words.byTopic, topics] as const].filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => section(book, [...new WordSetter(BOOK_GRID).blocks([heading(title)]), ...lines], { head: title }));
}

const anchorOf = (at: number): string => `document_${at + 1}`;

const heading = (title: string): TextBlock => ({
  type: 'text', runs: [{ text: title, face: 'xiaobiaosong' }], heading: 1, first: 0, rest: 0, centred: true, title: true, before: 0, after: 1, page: null, outline: null,
});

/** Without `head` the title of the document on the page stands over right-hand pages. */
function section(book: Book, children: FileChild[], { head, numbers }: { head?: string; numbers?: { start: number; formatType: (typeof NumberFormat)[keyof typeof NumberFormat] } }): ISectionOptions {
  const line = (content: TextRun | SimpleField, alignment: 'left' | 'right', ruled: boolean): Paragraph =>
    paragraph([content], { alignment, ...(ruled ? { border: { bottom: { style: 'single', size: 4, color: '000000', space: 4 } } } : {}) });
  const small = (text: string): TextRun => new TextRun({ text, font: font('songti'), size: size.small * 2 });
  const number = new TextRun({ children: [PageNumber.CURRENT], font: font('songti'), size: size.small * 2 });
  return {
    properties: { type: SectionType.ODD_PAGE, page: { ...PAGE_SETTING, ...(numbers ? { pageNumbers: numbers } : {}) } },
    headers: {
      default: new Header({ children: [line(head === undefined ? new SimpleField('STYLEREF "heading 2"') : small(head), AlignmentType.RIGHT, true)] }),
      even: new Header({ children: [line(small(book.title), AlignmentType.LEFT, true)] }),
    },
    footers: { default: new Footer({ children: [line(number, AlignmentType.RIGHT, false)] }), even: new Footer({ children: [line(number, AlignmentType.LEFT, false)] }) },
    children,
  };
}

import { openFonts } from '../layout/fonts';
import type { LaidOut } from '../layout/official-pdf';
import { drawPdf } from '../layout/pdf';
import { type Book } from './book';
import { setBook } from './set-book';

/**
 * Draws a book as PDF for print and screen: A4, bookmarks, links from contents and indexes, page labels, tagged. The same book and fonts give the same bytes.
 *
 * @throws DomainError invalid `layout:error.noGlyph` where no font has a character, and those of `openFonts`
 */
export async function bookPdf(book: Book): Promise<LaidOut> {
  const set = setBook(book, openFonts());
  const bytes = await drawPdf(set, { title: book.title, author: book.issuer, subject: book.subtitles.join(' '), keywords: [], date: book.date });
  return { bytes, pages: set.pages.length };
}

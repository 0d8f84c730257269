import { composeOfficial, type Source } from './compose';
import { openFonts } from './fonts';
import type { OfficialDocument, Particulars } from './official-document';
import { setOfficial } from './official-pages';
import { drawPdf, type Properties } from './pdf';

/** A file that was laid out; `pages` is null where the program that opens it makes the pages. */
export interface LaidOut {
  bytes: Buffer;
  pages: number | null;
}

/**
 * Lays a text out as an official document in PDF, to GB/T 9704-2012. The same input and fonts give the same bytes.
 *
 * @throws DomainError invalid `layout:error.noGlyph` where no font has a character, and those of `openFonts`
 */
export async function officialPdf(source: Source, particulars: Particulars): Promise<LaidOut> {
  const document = composeOfficial(source, particulars);
  const set = setOfficial(document, openFonts());
  return { bytes: await drawPdf(set, propertiesOf(document)), pages: set.pages.length };
}

/** Properties of a laid-out document: no person and no program path is among them. */
export function propertiesOf(document: OfficialDocument): Properties {
  const keywords = [document.number, document.issuer, document.draftMark].filter((word): word is string => word !== null);
  return { title: document.title, author: document.issuer, subject: document.number, keywords, date: document.date };
}

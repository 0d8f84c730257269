import { Flow } from './flow';
import type { FontBook } from './fonts';
import type { OfficialDocument } from './official-document';
import { setFolios, setImprint } from './page-ends';
import type { SetDocument } from './page';
import { setHead } from './page-head';
import { OFFICIAL_GRID, PAGE } from './standard';
import { Typesetter } from './typesetter';

/**
 * Sets an official document on pages of GB/T 9704-2012: head, text, annexes, imprint, page numbers.
 *
 * @throws DomainError invalid `layout:error.noGlyph` where no font has a character
 */
export function setOfficial(document: OfficialDocument, fonts: FontBook): SetDocument {
  const setter = new Typesetter(fonts);
  const flow = new Flow(setter, OFFICIAL_GRID);
  flow.row = setHead(document, setter, flow.page, flow.elements);
  flow.set(document.blocks);
  if (document.imprint) setImprint(document.imprint, setter, flow.pages, flow.row, flow.elements);
  setFolios(flow.pages, setter);
  setter.finish();
  return { ...PAGE, pages: flow.pages, elements: flow.elements };
}

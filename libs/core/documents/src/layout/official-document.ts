import type { Face } from './standard';

/** Words in one typeface. `insert` and `delete` are marks of a comparison: underlined and bold, struck through. */
export interface Run {
  text: string;
  face: Face;
  mark?: 'insert' | 'delete';
}

/** A paragraph. Indents count characters. */
export interface TextBlock {
  type: 'text';
  runs: Run[];
  /** What it is for a reader that reads aloud, and for Word: a heading of level 1 to 6, or a paragraph. */
  heading: number | null;
  /** Indent of the first line and of the others. */
  first: number;
  rest: number;
  centred: boolean;
  /** Set in 2号, broken into balanced lines. */
  title: boolean;
  /** Empty lines over and under it; those over it fall away at the head of a page. */
  before: number;
  after: number;
  /** Begins a new page, its first line standing in this line of the page (0 is the first). */
  page: number | null;
  /** Name by which an index of a Word file finds it. */
  anchor?: string;
  /** Entry of the outline; null for none. Deeper ones have higher levels. */
  outline: { title: string; level: number } | null;
}

export interface TableBlock {
  type: 'table';
  head: string[];
  rows: string[][];
}

/** Names of the issuing organs and the day of the document (7.3.5). */
export interface SignatureBlock {
  type: 'signature';
  organs: string[];
  date: string;
}

export type Block = TextBlock | TableBlock | SignatureBlock;

/** The particulars of a document that do not stand in its text. */
export interface Particulars {
  /** 发文字号; null for a draft. */
  number: string | null;
  /** The day of the document, `2026-03-01`; null for a draft, which is not signed. */
  date: string | null;
  /** 发文机关; null where nobody says it and the text does not show it. */
  issuer: string | null;
  /** 主送机关, where the text does not name them. */
  to?: string;
  /** 抄送机关, where the text does not name them. */
  copies?: string;
  /** Instead of what the text shows. */
  title?: string;
  /** What stands at the head of an unpublished text, such as 送审稿. */
  draftMark?: string;
}

/** The last lines of the last page (7.4). */
export interface Imprint {
  copies: string | null;
  organ: string | null;
  date: string;
}

/** A document whose parts are known; what `officialPdf` and `officialDocx` draw. */
export interface OfficialDocument {
  title: string;
  number: string | null;
  date: string | null;
  issuer: string | null;
  draftMark: string | null;
  blocks: Block[];
  imprint: Imprint | null;
}

/**
 * What a provision is. `paragraph` is a 款 inside an article and any plain paragraph outside one; `heading` is a numbered or Markdown
 * heading of a document without articles (一、（一）1.（1）), its level being its depth; `table` is a whole table, whose text `tableRows` takes apart;
 * `contents` is a line of a table of contents and
 * `clutter` a line of the web page around the document: both are kept, so that nothing is lost, and hidden where people read.
 */
export type ProvisionKind =
  | 'title' | 'part' | 'chapter' | 'section' | 'article' | 'paragraph' | 'item' | 'subitem'
  | 'heading' | 'annex' | 'table' | 'contents' | 'clutter';

/**
 * One provision of a document: the documents are flat lists in reading order, a parent always before its children.
 *
 * The first 款 of an article is the article's own text, so `art_3` is 第三条 and its 第一款; the second is `art_3__para_2`; the items
 * of the first 款 are `art_3__item_1`.
 */
export interface Provision {
  /** Unique within the document: `art_3__para_2__item_1`, `art_10_1` (第十条之一), `h_1__h_2`, `annex_1__art_1`, `art_3__table_1`. */
  clauseId: string;
  /** The clause id of the parent, null at the top. */
  parent: string | null;
  kind: ProvisionKind;
  /** The number that the marker names; null without a marker. */
  number: number | null;
  /** The marker as it stands in the text, such as 第三条 or （一）; empty without one. */
  label: string;
  /** Own text without the marker; line breaks of the source are kept as `\n`. */
  text: string;
  /** Markup that stands before the marker, such as `## `; needed to put the text together again. */
  lead: string;
  /** It looks like structure, but was not understood; kept as a paragraph. */
  unrecognised: boolean;
}

/** A line that looks like structure and was not understood; `line` counts from 1 in the source. */
export interface UnrecognisedLine {
  line: number;
  text: string;
}

/** A document taken apart. `articles` counts the provisions of kind `article`. */
export interface ParsedDocument {
  title: string;
  provisions: Provision[];
  articles: number;
  unrecognised: UnrecognisedLine[];
  /** The line of the source on which each provision begins, from 1; in the order of the provisions. */
  lines: number[];
}

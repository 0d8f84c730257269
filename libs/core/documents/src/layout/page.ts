import type { FontFile } from './fonts';

/** Letters in one font on one base line; `spacing` is added to the width of each character. Lengths in points from the upper left corner. */
export interface TextOp {
  type: 'text';
  file: FontFile;
  text: string;
  x: number;
  baseline: number;
  size: number;
  spacing: number;
  colour: string;
}

export interface RuleOp {
  type: 'rule';
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  width: number;
  colour: string;
}

/** A place that leads to a page of the document, counted from 0. */
export interface LinkOp {
  type: 'link';
  x: number;
  y: number;
  width: number;
  height: number;
  page: number;
}

/** What is drawn, and the element of the document that it belongs to; null for what is no content, such as page numbers and lines. */
export type Op = (TextOp | RuleOp | LinkOp) & { element: number | null };

export interface Bookmark {
  title: string;
  level: number;
}

export interface Page {
  ops: Op[];
  bookmarks: Bookmark[];
  /** False for the pages that carry no page number. */
  numbered: boolean;
}

/** An element of the structure: its tag of the PDF standard and the element around it. */
export interface Element {
  tag: 'P' | 'H1' | 'H2' | 'H3' | 'H4' | 'H5' | 'H6' | 'Table' | 'TR' | 'TH' | 'TD' | 'TOC' | 'TOCI' | 'Link';
  parent: number | null;
}

/** Pages that are set and only need to be drawn. */
export interface SetDocument {
  width: number;
  height: number;
  pages: Page[];
  elements: Element[];
  /** Where other numbers begin: the page, counted from 0, and how those from there on are numbered, from 1. None for 1, 2, 3 … from the first page. */
  numbering?: { page: number; style: 'roman' | 'arabic' }[];
}

export const newPage = (): Page => ({ ops: [], bookmarks: [], numbered: true });

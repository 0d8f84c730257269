import { parseText } from '@core/documents';

/** One provision as the structure beside the text shows it. */
interface StructureRow {
  kind: string;
  /** How deep it stands, 0 to 4. */
  depth: number;
  label: string;
  /** The beginning of its words. */
  text: string;
  /** Where it begins in the text, from 1. */
  line: number;
  unrecognised: boolean;
}

export interface StructureView {
  rows: StructureRow[];
  counts: { chapters: number; articles: number; items: number; tables: number; characters: number; unrecognised: number };
  unrecognised: { line: number; text: string }[];
}

const FIRST_WORDS = 48;
const MOST_DEPTH = 4;
const CHAPTERS = new Set(['part', 'chapter', 'section']);
const ITEMS = new Set(['item', 'subitem']);

const begin = (text: string): string => {
  const letters = [...text.slice(0, 2 * FIRST_WORDS)];
  return letters.length > FIRST_WORDS ? `${letters.slice(0, FIRST_WORDS).join('')}…` : text;
};

/** Takes a text apart and says what was understood of it, without keeping anything. */
export function structureOf(source: string): StructureView {
  const { provisions, lines, unrecognised } = parseText(source);
  const depths = new Map<string, number>();
  const rows = provisions.map((provision, at) => {
    const depth = provision.parent === null ? 0 : (depths.get(provision.parent) ?? 0) + 1;
    depths.set(provision.clauseId, depth);
    return { kind: provision.kind, depth: Math.min(depth, MOST_DEPTH), label: provision.label, text: begin(provision.text), line: lines[at] ?? 1, unrecognised: provision.unrecognised };
  });
  const count = (test: (kind: string) => boolean): number => provisions.filter(({ kind }) => test(kind)).length;
  return {
    rows,
    counts: {
      chapters: count((kind) => CHAPTERS.has(kind)), articles: count((kind) => kind === 'article'), items: count((kind) => ITEMS.has(kind)),
      tables: count((kind) => kind === 'table'), characters: [...source.replace(/\s+/g, '')].length, unrecognised: unrecognised.length,
    },
    unrecognised: unrecognised.map(({ line, text }) => ({ line, text: begin(text) })),
  };
}

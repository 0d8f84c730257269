import { type Candidate, chooseArticles } from './article-sequence';
import { splitLines, type SourceLine } from './lines';
import { LIST_STYLES, type ListStyle, type Mark, recognise } from './markers';
import { findContents, findSignatures, findTitle, isClutter } from './surroundings';

/** What is known of a whole document before its tree is built, all by line index. */
export interface Survey {
  lines: SourceLine[];
  marks: (Mark | null)[];
  articles: Set<number>;
  contents: Set<number>;
  signatures: Set<number>;
  clutter: Set<number>;
  /** Line of the title, -1 for none. */
  title: number;
  /** The number of the next list marker of a style, before an outer entry, article, chapter or annex; 0 for none. */
  nextInList: (index: number, style: ListStyle) => number;
  /** The number of the next article or chapter after a line; 0 for none. */
  nextStructure: (index: number) => number;
}

/** Reads every line once, recognises the markers and decides what can only be decided by looking at the whole. */
export function survey(source: string): Survey {
  const lines = splitLines(source);
  const marks = lines.map(markOf);
  const articles = chooseArticles(articleCandidates(lines, marks));
  const contents = findContents(lines, marks, articles);
  return {
    lines, marks, articles, contents,
    signatures: findSignatures(lines, marks),
    clutter: findClutter(lines, marks),
    title: findTitle(lines, marks),
    ...lookAhead(marks, articles),
  };
}

/** Bold markers (`**第一条**`) count as well; the asterisks before the marker become its lead. */
function markOf(line: SourceLine): Mark | null {
  if (line.table) return null;
  const plain = recognise(line.body);
  if (plain || !line.body.startsWith('**')) return plain;
  const bold = recognise(line.body.slice(2));
  if (bold && bold.type !== 'broken') {
    line.lead += '**';
    line.body = line.body.slice(2);
    return bold;
  }
  return null;
}

function articleCandidates(lines: SourceLine[], marks: (Mark | null)[]): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [at, mark] of marks.entries()) {
    if (mark?.type !== 'article') continue;
    // In the middle of a sentence only a marker that stands free can be an article.
    const midSentence = /[，、《（〔“]$/.test(lines[at - 1]?.body ?? '');
    if (mark.strong || !midSentence) candidates.push({ at, key: mark.number + mark.sub / 1000, strong: mark.strong });
  }
  return candidates;
}

/** Clutter stands around a document, not in it: only what comes before the first marker or after the last is taken for it. */
function findClutter(lines: SourceLine[], marks: (Mark | null)[]): Set<number> {
  const real = (mark: Mark | null): boolean => mark !== null && mark.type !== 'broken';
  const first = marks.findIndex(real);
  const last = marks.findLastIndex(real);
  const found = new Set<number>();
  for (const [index, line] of lines.entries()) {
    if ((first < 0 || index < first || index > last) && !line.table && isClutter(line.body)) found.add(index);
  }
  return found;
}

function lookAhead(marks: (Mark | null)[], articles: Set<number>): Pick<Survey, 'nextInList' | 'nextStructure'> {
  const width = LIST_STYLES.length;
  const lists = new Int32Array((marks.length + 1) * width);
  const structure = new Int32Array(marks.length + 1);
  for (let index = marks.length - 1; index >= 0; index -= 1) {
    const mark = marks[index];
    const boundary = isBoundary(mark ?? null) && (mark?.type !== 'article' || articles.has(index));
    for (let style = 0; style < width; style += 1) {
      lists[index * width + style] = boundary ? 0 : (lists[(index + 1) * width + style] ?? 0);
    }
    structure[index] = structure[index + 1] ?? 0;
    if (mark?.type === 'list') {
      // An outer entry ends the inner lists.
      const own = LIST_STYLES.indexOf(mark.style);
      lists.fill(0, index * width + own, (index + 1) * width);
      lists[index * width + own] = mark.number;
    }
    if (boundary && (mark?.type === 'part' || mark?.type === 'chapter' || mark?.type === 'article')) structure[index] = mark.number;
  }
  return {
    nextInList: (index, style) => lists[(index + 1) * width + LIST_STYLES.indexOf(style)] ?? 0,
    nextStructure: (index) => structure[index + 1] ?? 0,
  };
}

const isBoundary = (mark: Mark | null): boolean => mark !== null && mark.type !== 'list' && mark.type !== 'broken';

import type { SourceLine } from './lines';
import type { ListStyle, Mark } from './markers';
import { type Frame, RANK, type Tree } from './tree';

type ListMark = Mark & { type: 'list' };
type ContainerMark = Mark & { type: 'part' | 'chapter' | 'section' | 'article' | 'annex' };

const NAME = { part: 'part', chapter: 'chap', section: 'sec', article: 'art', annex: 'annex' } as const;

/** Adds an annex, part, chapter, section or article and opens it. Articles are numbered through: only an annex stands before their id. */
export function addContainer(tree: Tree, line: SourceLine, mark: ContainerMark): void {
  if (beginsNewDocument(tree, mark)) tree.closeTo(RANK.part);
  tree.closeTo(RANK[mark.type]);
  const parent = tree.top;
  const scope = mark.type === 'article' ? (tree.has('annex')?.id ?? '') : markdownFree(tree);
  const number = mark.number ?? tree.count(parent, 'annex');
  const sub = 'sub' in mark && mark.sub > 0 ? `_${mark.sub}` : '';
  const draft = tree.add(parent, scope, `${NAME[mark.type]}_${number}${sub}`, {
    kind: mark.type, number: mark.number, label: mark.label, lead: line.lead, unrecognised: false, line: line.line,
  }, mark.rest.trim());
  if (mark.type === 'article') for (const frame of tree.chain()) tree.count(frame, 'art');
  tree.open(draft, RANK[mark.type]);
}

/** 第一条 in a chapter that already has articles: a second document begins, which has no chapters so far. */
function beginsNewDocument(tree: Tree, mark: ContainerMark): boolean {
  if (mark.type !== 'article' || mark.number !== 1 || mark.sub > 0) return false;
  return (tree.has('section') ?? tree.has('chapter') ?? tree.has('part'))?.counts.has('art') ?? false;
}

/** The id that stands before a chapter or section: of its part, chapter or annex, not of a Markdown heading around them. */
function markdownFree(tree: Tree): string {
  for (const frame of tree.chain()) if (frame.rank !== RANK.markdown && frame.rank !== RANK.inner && frame.kind !== 'article') return frame.id;
  return '';
}

/**
 * Adds an entry of a list (（一） in an article) or a numbered heading (一、 elsewhere). Its number must follow the entry before it in
 * the same style, or be 1; a gap is let pass, since texts are cut short, a step back is not.
 *
 * @returns false when the number cannot be understood
 */
export function addListEntry(tree: Tree, line: SourceLine, mark: ListMark): boolean {
  if (mark.style === '一、' && tree.has('article') && !isItemOfArticle(tree, mark)) tree.closeTo(RANK.article);
  const sibling = openEntry(tree, mark.style);
  if (sibling && mark.number > sibling.number) {
    tree.closeInside(sibling);
    tree.pop();
  } else if (mark.number === 1) {
    beginList(tree, sibling, mark);
  } else if (!resumeList(tree, mark)) {
    return false;
  }
  addEntry(tree, line, mark);
  return true;
}

/** 一、 inside an article is an item only where the article announces a list; otherwise it heads what comes after the articles. */
function isItemOfArticle(tree: Tree, mark: ListMark): boolean {
  if (openEntry(tree, mark.style)) return true;
  return mark.number === 1 && /[：:]$/.test(tree.drafts.at(-1)?.pieces.at(-1) ?? '');
}

function openEntry(tree: Tree, style: ListStyle): Frame | undefined {
  for (const frame of tree.chain()) {
    if (frame.rank < RANK.inner) return undefined;
    if (frame.style === style) return frame;
  }
  return undefined;
}

function beginList(tree: Tree, sibling: Frame | undefined, mark: ListMark): void {
  if (sibling) {
    tree.closeInside(sibling);
    tree.pop();
  }
  // Outside articles 一、 after "现通知如下：" is a heading, not an item of that sentence; a second list under one heading is.
  if (tree.top.kind === 'paragraph' && !tree.has('article')) {
    const paragraph = tree.top;
    const announced = /^附/.test(tree.drafts.at(-1)?.pieces[0] ?? '') || paragraph.seen.has(mark.style);
    tree.pop();
    const repeated = tree.top.style !== null && tree.top.seen.has(mark.style) && /[：:]$/.test(tree.drafts.at(-1)?.pieces.at(-1) ?? '');
    if (announced || repeated) tree.reopen(paragraph);
  }
}

/** A number above 1 without an open list: the list went on after a paragraph, or runs on across headings. */
function resumeList(tree: Tree, mark: ListMark): boolean {
  for (const frame of tree.chain()) {
    const last = frame.seen.get(mark.style) ?? 0;
    if (last > 0 && last < mark.number) {
      tree.closeInside(frame);
      return true;
    }
    if (frame.rank < RANK.inner) break;
  }
  return tree.lastOf(mark.style) === mark.number - 1;
}

function addEntry(tree: Tree, line: SourceLine, mark: ListMark): void {
  const parent = tree.top;
  const [kind, name] = entryKind(tree, parent);
  const draft = tree.add(parent, parent.id, `${name}_${mark.number}`, {
    kind, number: mark.number, label: mark.label, lead: line.lead, unrecognised: false, line: line.line,
  }, mark.rest.trim());
  tree.open(draft, RANK.inner, mark.style);
}

function entryKind(tree: Tree, parent: Frame): readonly ['heading' | 'item' | 'subitem', string] {
  if (parent.kind === 'item' || parent.kind === 'subitem') return ['subitem', 'sub'];
  return tree.has('article') || (parent.kind === 'paragraph' && parent.rank === RANK.inner) ? ['item', 'item'] : ['heading', 'h'];
}

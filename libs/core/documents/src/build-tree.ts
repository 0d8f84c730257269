import type { SourceLine } from './lines';
import type { Mark } from './markers';
import { addContainer, addListEntry } from './place-marks';
import type { ProvisionKind } from './provision';
import type { Survey } from './survey';
import { isTitleLike } from './surroundings';
import { type Draft, type Frame, grow, RANK, Tree } from './tree';

const TERMINAL = /[。！？；：…!?;:](?:[”’"'）)》〉】」』*]{0,3})$/;
const CLOSER_FIRST = /^[，。、；：！？）〕》〉】”’％%,;!?)\]]/;
const OPENER_LAST = /[，、（(《〈〔“,]$/;
const ANNEX_LIST = /^附(?:\s{0,2}[件录表])?\s{0,2}[0-9０-９一二三四五六七八九十]{0,3}(?:[-—至][0-9]{1,2})?\s{0,2}(?:[:：]|[\s.]|下载)/;
const END_MATTER = /^(?:公开方式|信息公开(?:选项|方式)|抄\s{0,4}送|主题词|联系人)\s{0,2}[:：]/;
/** What a following line never belongs to. */
const NOT_GROWING: ReadonlySet<ProvisionKind> = new Set(['clutter', 'contents', 'table']);
const FILE_NAME = /\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|jpe?g|png|ofd|pptx?)[”"）)]?$/i;

/** Builds the tree of a surveyed document: every line becomes a provision of its own or grows the one before. */
export function buildTree(survey: Survey): Draft[] {
  const tree = new Tree();
  for (const [index, line] of survey.lines.entries()) place(tree, survey, index, line);
  return tree.drafts;
}

function place(tree: Tree, survey: Survey, index: number, line: SourceLine): void {
  const mark = survey.marks[index] ?? null;
  if (line.table) return addTable(tree, survey, index, line);
  if (index === survey.title && mark === null) return addAside(tree, line, 'title', 'title');
  if (survey.clutter.has(index)) return addAside(tree, line, 'clutter', `clutter_${index + 1}`);
  if (survey.contents.has(index)) return addAside(tree, line, 'contents', `contents_${index + 1}`);
  if (mark?.type === 'article' && survey.articles.has(index)) return addContainer(tree, line, mark);
  if (mark?.type === 'part' || mark?.type === 'chapter' || mark?.type === 'section') {
    if (addStructure(tree, line, mark)) return;
    return addPlain(tree, survey, index, line, true);
  }
  if (continues(tree, line, mark)) return grow(tree.drafts.at(-1) as Draft, line.lead + line.body);
  if (mark?.type === 'annex' && opensAnnex(survey, index, mark)) return addContainer(tree, line, mark);
  if (mark?.type === 'list' && addListEntry(tree, line, mark)) return;
  // A free-standing 第九条 out of sequence looks like an article; 第九条 at the head of a sentence is a reference.
  const unrecognised = mark !== null && (mark.type === 'broken' || mark.type === 'list' || (mark.type === 'article' && mark.strong));
  if (!unrecognised && mark?.type !== 'annex' && completes(tree, survey, index, line)) return;
  if (mark === null && line.level > 0) return addMarkdownHeading(tree, line);
  if (!unrecognised && inSentence(tree, survey, index, line)) return grow(tree.drafts.at(-1) as Draft, line.lead + line.body);
  addPlain(tree, survey, index, line, unrecognised);
}

/** Chapters and sections must rise within their parent; 第一 begins anew. Says false when the number cannot be understood. */
function addStructure(tree: Tree, line: SourceLine, mark: Mark & { type: 'part' | 'chapter' | 'section' }): boolean {
  const open = tree.has(mark.type);
  if (open && mark.number !== 1 && mark.number <= open.number) return false;
  addContainer(tree, line, mark);
  return true;
}

/** A line that belongs to the one before whatever stands in it: the page layout broke it in mid-sentence. */
function continues(tree: Tree, line: SourceLine, mark: Mark | null): boolean {
  const last = tree.drafts.at(-1);
  if (!last || NOT_GROWING.has(last.kind)) return false;
  if (CLOSER_FIRST.test(line.body)) return true;
  if (mark && !(mark.type === 'list' && /^[0-9０-９]/.test(mark.label) && /[）)]$/.test(mark.label) && last.open > 0)) return false;
  if (line.level > 0) return false;
  return OPENER_LAST.test(last.pieces.at(-1) ?? '') || (last.open > 0 && last.pieces.length <= 6);
}

/** 第一章 or 第三条 alone on its line: the next plain line is its text. */
function completes(tree: Tree, survey: Survey, index: number, line: SourceLine): boolean {
  const last = tree.drafts.at(-1);
  if (!last || last.label === '' || last.pieces.length > 0 || line.level > 0 || survey.signatures.has(index)) return false;
  const heading = last.kind === 'part' || last.kind === 'chapter' || last.kind === 'section' || last.kind === 'annex';
  if (heading && (line.body.length > 60 || /[。；]/.test(line.body))) return false;
  grow(last, line.lead + line.body);
  return true;
}

/** A line that follows an unfinished sentence continues it: always inside an article, elsewhere only where it plainly is one. */
function inSentence(tree: Tree, survey: Survey, index: number, line: SourceLine): boolean {
  const last = tree.drafts.at(-1);
  const ending = last?.pieces.at(-1) ?? '';
  if (!last || last.unrecognised || NOT_GROWING.has(last.kind) || TERMINAL.test(ending) || survey.signatures.has(index) || leavesArticle(survey, index, line)) return false;
  if (tree.has('article')) return true;
  if (tree.has('annex') || (last.kind !== 'paragraph' && last.kind !== 'heading') || isTitleLike(line.body)) return false;
  return ending.length >= 20 && ending.includes('，') && !survey.signatures.has(index - 1);
}

/** The list of annexes, and the title of the next document, do not belong to the article before them. */
function leavesArticle(survey: Survey, index: number, line: SourceLine): boolean {
  if (ANNEX_LIST.test(line.body) && (line.body.length < 12 || FILE_NAME.test(line.body) || /^附件?\s{0,2}[:：]/.test(line.body))) return true;
  return FILE_NAME.test(line.body) || END_MATTER.test(line.body) || (isTitleLike(line.body) && survey.nextStructure(index) === 1);
}

function addPlain(tree: Tree, survey: Survey, index: number, line: SourceLine, unrecognised: boolean): void {
  const leaves = !unrecognised && (survey.signatures.has(index) || leavesArticle(survey, index, line));
  if (leaves) tree.closeTo(RANK.markdown);
  else while (closesBefore(tree.top, survey, index, line)) tree.pop();
  const parent = tree.top;
  // The first 款 of an article is the article's own text.
  if (parent.kind === 'article' && !parent.counts.has('para')) tree.count(parent, 'para');
  const number = tree.count(parent, 'para');
  const draft = tree.add(parent, parent.id, `para_${number}`, {
    kind: 'paragraph', number: null, label: '', lead: line.lead, unrecognised, line: line.line,
  }, line.body);
  const frame = tree.open(draft, RANK.inner);
  const first = /^附件?\s{0,2}[:：]\s{0,4}([0-9]{1,2})[.．、]/.exec(line.body)?.[1];
  if (first) frame.seen.set('1.', Number(first));
}

/** Whether an open paragraph or list entry ends before a plain line. A list that goes on after the line keeps it inside. */
function closesBefore(frame: Frame, survey: Survey, index: number, line: SourceLine): boolean {
  if (frame.kind === 'paragraph' && frame.rank === RANK.inner) return true;
  if (frame.style === null) return false;
  const next = survey.nextInList(index, frame.style);
  return frame.kind === 'heading' ? /[：:]$/.test(line.body) && next === 1 : next !== frame.number + 1;
}

/** A list of annexes (附件：1.… 2.…) is not the annexes; an annex begins where its marker stands alone or with a title over a text. */
function opensAnnex(survey: Survey, index: number, mark: Mark & { type: 'annex' }): boolean {
  const next = survey.lines[index + 1]?.body;
  if (next === undefined || FILE_NAME.test(mark.rest) || mark.rest.length > 60) return false;
  if (/[:：]$/.test(mark.label) && (mark.number === null || mark.rest === '')) return false;
  const nextMark = survey.marks[index + 1];
  return nextMark?.type !== 'annex' && !FILE_NAME.test(next);
}

/** A table belongs to what is open: the article or item that announces it, or the annex whose only text it is. */
function addTable(tree: Tree, survey: Survey, index: number, line: SourceLine): void {
  while (closesBefore(tree.top, survey, index, line)) tree.pop();
  const parent = tree.top;
  tree.add(parent, parent.id, `table_${tree.count(parent, 'table')}`, {
    kind: 'table', number: null, label: '', lead: '', unrecognised: false, line: line.line,
  }, line.body);
}

function addMarkdownHeading(tree: Tree, line: SourceLine): void {
  while (tree.top.rank > RANK.markdown || (tree.top.rank === RANK.markdown && tree.top.number >= line.level)) tree.pop();
  const parent = tree.top;
  const draft = tree.add(parent, parent.id, `head_${tree.count(parent, 'head')}`, {
    kind: 'heading', number: null, label: '', lead: line.lead, unrecognised: false, line: line.line,
  }, line.body);
  tree.open(draft, RANK.markdown).number = line.level;
}

/** Title, contents and clutter stand at the top and close whatever is open. */
function addAside(tree: Tree, line: SourceLine, kind: 'title' | 'contents' | 'clutter', name: string): void {
  tree.closeTo(RANK.annex);
  tree.add(tree.top, '', name, { kind, number: null, label: '', lead: line.lead, unrecognised: false, line: line.line }, line.body);
}

import type { ListStyle } from './markers';
import type { Provision, ProvisionKind } from './provision';

/** A provision while its text is still growing. */
export interface Draft extends Omit<Provision, 'text'> {
  pieces: string[];
  line: number;
  /** Brackets and quotation marks that are still open. */
  open: number;
}

/** An open node: what comes next may become its child. */
export interface Frame {
  id: string;
  kind: ProvisionKind;
  rank: number;
  style: ListStyle | null;
  number: number;
  /** How many children of a kind it has had. */
  counts: Map<string, number>;
  /** The last number of each style of list directly under it. */
  seen: Map<ListStyle, number>;
}

/** What closes what: a node closes every open one of its own rank or more. */
export const RANK = { root: -1, annex: 0, markdown: 1, part: 2, chapter: 3, section: 4, article: 5, inner: 6 } as const;

const OPENING = /[（(《〈「『【〔［[“]/g;
const CLOSING = /[）)》〉」』】〕］\]”]/g;

/** The tree under construction: drafts in reading order and the chain of nodes that are open. */
export class Tree {
  readonly drafts: Draft[] = [];
  private readonly frames: Frame[] = [];
  private readonly used = new Map<string, number>();
  private last = new Map<ListStyle, number>();
  private readonly root = frameOf({ id: '', kind: 'paragraph', rank: RANK.root });

  get top(): Frame {
    return this.frames.at(-1) ?? this.root;
  }

  /** The open nodes, innermost first, the root last. */
  *chain(): Generator<Frame> {
    for (let index = this.frames.length - 1; index >= 0; index -= 1) yield this.frames[index] as Frame;
    yield this.root;
  }

  has(kind: ProvisionKind): Frame | undefined {
    return this.frames.find((frame) => frame.kind === kind);
  }

  pop(): void {
    this.frames.pop();
  }

  /** Closes every open node of this rank or an inner one. */
  closeTo(rank: number): void {
    while (this.frames.length > 0 && this.top.rank >= rank) this.frames.pop();
  }

  /** Closes what is open inside a frame, and leaves the frame itself open. */
  closeInside(frame: Frame): void {
    while (this.frames.length > 0 && this.top !== frame) this.frames.pop();
  }

  /** Opens the node of a provision that was just added. */
  open(draft: Draft, rank: number, style: ListStyle | null = null): Frame {
    // Numbering may run on across parts and chapters.
    if (rank === RANK.annex || rank === RANK.article) this.last = new Map();
    if (style) {
      this.top.seen.set(style, draft.number ?? 0);
      this.last.set(style, draft.number ?? 0);
    }
    const frame = frameOf({ id: draft.clauseId, kind: draft.kind, rank, style, number: draft.number ?? 0 });
    this.frames.push(frame);
    return frame;
  }

  /** Opens a paragraph again that was closed too early. */
  reopen(frame: Frame): void {
    this.frames.push(frame);
  }

  /** The last number of a style of list since the last article or annex began; 0 for none. */
  lastOf(style: ListStyle): number {
    return this.last.get(style) ?? 0;
  }

  /** The next number of a kind of child under a frame. */
  count(frame: Frame, kind: string): number {
    const next = (frame.counts.get(kind) ?? 0) + 1;
    frame.counts.set(kind, next);
    return next;
  }

  /** Adds a provision under a parent; `name` is its own part of the clause id, `scope` what stands before it. */
  add(parent: Frame, scope: string, name: string, draft: Omit<Draft, 'clauseId' | 'parent' | 'open' | 'pieces'>, text: string): Draft {
    const clauseId = this.unique(scope === '' ? name : `${scope}__${name}`);
    const { kind, number, label, lead, unrecognised, line } = draft;
    const under = parent === this.root ? null : parent.id;
    const added: Draft = { clauseId, parent: under, kind, number, label, lead, unrecognised, line, pieces: [], open: 0 };
    this.drafts.push(added);
    if (text !== '') grow(added, text);
    return added;
  }

  /** A repeated id gets `_b`, `_c`, … `_z`, `_x27`, …; no id ends like that by itself. */
  private unique(id: string): string {
    const turn = (this.used.get(id) ?? 0) + 1;
    this.used.set(id, turn);
    if (turn === 1) return id;
    return `${id}_${turn <= 26 ? String.fromCharCode(96 + turn) : `x${turn}`}`;
  }
}

/** Appends one line of text to a provision. */
export function grow(draft: Draft, text: string): void {
  draft.pieces.push(text);
  draft.open = Math.max(0, draft.open + (text.match(OPENING)?.length ?? 0) - (text.match(CLOSING)?.length ?? 0));
}

function frameOf(frame: Pick<Frame, 'id' | 'kind' | 'rank'> & Partial<Frame>): Frame {
  return { style: null, number: 0, counts: new Map(), seen: new Map(), ...frame };
}

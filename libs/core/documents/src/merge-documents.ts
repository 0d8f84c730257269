import { comparedClauses, type ComparedClause, isChange } from './compared-clauses';
import { diffDocuments } from './diff-documents';
import { longestRisingIndexes } from './longest-rising';
import { matchClauses } from './match-clauses';
import { parseText } from './parse-text';
import type { Provision } from './provision';
import { reassemble, sameText } from './reassemble';

/** Stand before the two wordings of a clause that both sides changed; no text with one of them is finished. */
export const CONFLICT_MARKS = { mine: '〔冲突·我的文字〕', theirs: '〔冲突·对方的文字〕', gone: '（删去本条）' } as const;

/** Whether somebody still has to choose between two wordings. */
export const hasConflictMarks = (text: string): boolean => text.includes(CONFLICT_MARKS.mine) || text.includes(CONFLICT_MARKS.theirs);

/** What each side did to one clause of the common base; null where it did nothing. */
export interface SideBySide {
  mine: ComparedClause | null;
  theirs: ComparedClause | null;
  /** Both changed its words, and not to the same. */
  conflict: boolean;
}

/** Two texts that grew out of one, brought together. */
export interface DocumentMerge {
  /** The merged text; a clause in conflict stands in it twice, each time after its mark. */
  text: string;
  conflicts: number;
  /** Both sides moved clauses: the order is theirs alone. */
  reordered: boolean;
  /** Markers that stand twice, as when both sides added a 第六条. */
  doubled: string[];
  /** Every clause that a side changed, in the order of the base. */
  rows: SideBySide[];
}

type Side = 'mine' | 'theirs';

interface Part {
  name: Side;
  provisions: Provision[];
  /** Index of a provision → index in the base. */
  toBase: Map<number, number>;
  fromBase: Map<number, number>;
}

/**
 * Three-way merge by clauses. What only one side did is done; where both changed the words of one clause differently, or one changed what the
 * other took out, both wordings stay in the text, marked. Marker and words are merged apart, so that a renumbering by one side and a new
 * wording by the other go together.
 */
export function mergeDocuments(base: string, mine: string, theirs: string): DocumentMerge {
  const root = parseText(base).provisions;
  const sides = { mine: partOf('mine', root, parseText(mine).provisions), theirs: partOf('theirs', root, parseText(theirs).provisions) };
  const mineMoved = isReordered(sides.mine);
  const theirsMoved = isReordered(sides.theirs);
  const [main, other] = mineMoved && !theirsMoved ? [sides.mine, sides.theirs] : [sides.theirs, sides.mine];
  const merged = weave(root, main, other);
  return {
    text: merged.map(({ lines }) => lines.join('\n')).join('\n'),
    conflicts: merged.filter(({ conflict }) => conflict).length,
    reordered: mineMoved && theirsMoved,
    doubled: doubledLabels(merged),
    rows: sideBySide(root, sides),
  };
}

function partOf(name: Side, base: Provision[], provisions: Provision[]): Part {
  const toBase = matchClauses(base, provisions);
  return { name, provisions, toBase, fromBase: new Map([...toBase].map(([at, from]) => [from, at])) };
}

function isReordered({ toBase }: Part): boolean {
  const order = [...toBase].sort(([one], [next]) => one - next).map(([, from]) => from);
  return longestRisingIndexes(order).size < order.length;
}

interface Unit {
  lines: string[];
  label: string;
  conflict: boolean;
}

const plain = (provision: Provision): Unit => ({ lines: [reassemble([provision])], label: provision.kind === 'article' ? provision.label : '', conflict: false });

/** The clauses of `main` in their order, each as merged; behind each what `other` has put there. */
function weave(base: Provision[], main: Part, other: Part): Unit[] {
  const behind = additions(base, main, other);
  const added = new Set(main.provisions.filter((_, at) => !main.toBase.has(at)).map((provision) => reassemble([provision])));
  const result: Unit[] = [];
  const append = (anchor: number): void => {
    for (const unit of behind.get(anchor) ?? []) if (!added.has(unit.lines[0] ?? '')) result.push(unit);
  };
  append(-1);
  for (const [at, provision] of main.provisions.entries()) {
    const from = main.toBase.get(at);
    if (from === undefined) result.push(plain(provision));
    else {
      const root = base[from] as Provision;
      const unit = mergeClause(root, main.name, provision, other.provisions[other.fromBase.get(from) ?? -1]);
      if (unit) result.push(unit);
      append(from);
    }
  }
  return result;
}

/** What `other` added, and what it changed of that which `main` took out, by the clause of the base (that `main` still has) that it follows. */
function additions(base: Provision[], main: Part, other: Part): Map<number, Unit[]> {
  const behind = new Map<number, Unit[]>();
  let anchor = -1;
  for (const [at, provision] of other.provisions.entries()) {
    const from = other.toBase.get(at);
    if (from !== undefined && main.fromBase.has(from)) {
      anchor = from;
      continue;
    }
    const root = base[from ?? -1];
    if (root && sameText(root.text, provision.text)) continue;
    const unit = root ? bothWordings(main.name, null, provision) : plain(provision);
    behind.set(anchor, [...(behind.get(anchor) ?? []), unit]);
  }
  return behind;
}

function mergeClause(root: Provision, main: Side, here: Provision, there: Provision | undefined): Unit | null {
  const changedHere = !sameText(root.text, here.text);
  if (!there) return changedHere ? bothWordings(main, here, null) : null;
  const changedThere = !sameText(root.text, there.text);
  if (changedHere && changedThere && !sameText(here.text, there.text)) return bothWordings(main, here, there);
  const words = changedHere ? here : there;
  const marker = sameText(root.lead + root.label, here.lead + here.label) ? there : here;
  return plain({ ...words, kind: here.kind, lead: marker.lead, label: marker.label });
}

function bothWordings(mainName: Side, main: Provision | null, other: Provision | null): Unit {
  const [mine, theirs] = mainName === 'mine' ? [main, other] : [other, main];
  const wording = (provision: Provision | null): string => (provision ? reassemble([provision]) : CONFLICT_MARKS.gone);
  return { lines: [CONFLICT_MARKS.mine + wording(mine), CONFLICT_MARKS.theirs + wording(theirs)], label: '', conflict: true };
}

function doubledLabels(units: readonly Unit[]): string[] {
  const seen = new Set<string>();
  const doubled = new Set<string>();
  for (const { label } of units) {
    if (label !== '' && seen.has(label)) doubled.add(label);
    seen.add(label);
  }
  return [...doubled];
}

/** The changes of both sides, a row for each clause of the base, additions behind the clause that they follow. */
function sideBySide(base: Provision[], sides: Record<Side, Part>): SideBySide[] {
  const position = new Map(base.map((provision, at) => [provision, at]));
  const rows = new Map<string, SideBySide & { at: number }>();
  for (const name of ['theirs', 'mine'] as const) {
    let follows = -1;
    for (const [index, change] of comparedClauses(diffDocuments(base, sides[name].provisions)).entries()) {
      if (change.old) follows = position.get(change.old) ?? follows;
      if (!isChange(change)) continue;
      const key = change.old ? `${follows}` : `${name}/${index}`;
      const row = rows.get(key) ?? { mine: null, theirs: null, conflict: false, at: change.old ? follows : follows + 0.5 };
      rows.set(key, { ...row, [name]: change });
    }
  }
  return [...rows.values()].sort((one, next) => one.at - next.at).map(({ mine, theirs }) => ({ mine, theirs, conflict: disagree(mine, theirs) }));
}

function disagree(mine: ComparedClause | null, theirs: ComparedClause | null): boolean {
  if (!mine || !theirs || mine.type === 'same' || theirs.type === 'same') return false;
  if (mine.next === null || theirs.next === null) return mine.next !== theirs.next;
  return !sameText(mine.next.text, theirs.next.text);
}

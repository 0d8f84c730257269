import type { ClauseChange, DocumentDiff } from './diff-documents';
import type { ComparisonTable } from './layout/comparison-table';
import type { Provision } from './provision';
import type { TextRun } from './text-diff';

/** One clause of two versions, in the words of a table of changes (修改对照表). */
export interface ComparedClause extends ClauseChange {
  kind: Provision['kind'];
  /** The markers down to the clause: 第三条（二）; empty where it has none, null where it is not there. */
  from: string | null;
  to: string | null;
  /** Kept and deleted words. */
  before: TextRun[];
  /** Kept and inserted words. */
  after: TextRun[];
}

/** What stood around a document and is no part of it. */
const ASIDE = new Set<Provision['kind']>(['contents', 'clutter']);

/** Every clause of a comparison, in the order of the new version, with where it stands and stood. */
export function comparedClauses({ changes }: Pick<DocumentDiff, 'changes'>): ComparedClause[] {
  const olds = markersOf(changes.map(({ old }) => old));
  const news = markersOf(changes.map(({ next }) => next));
  return changes.flatMap((change) => {
    const { old, next, runs } = change;
    const kind = (next ?? old)?.kind;
    if (!kind || ASIDE.has(kind)) return [];
    return [{ ...change, kind, from: old && olds(old), to: next && news(next), before: without(runs, 'insert'), after: without(runs, 'delete') }];
  });
}

/** The runs of one side; kept words that only the other side's parted are one run again. */
function without(runs: readonly TextRun[], op: TextRun['op']): TextRun[] {
  const side: TextRun[] = [];
  for (const run of runs) {
    const last = side.at(-1);
    if (run.op === op) continue;
    if (last?.op === run.op) side[side.length - 1] = { op: run.op, text: last.text + run.text };
    else side.push(run);
  }
  return side;
}

/** Whether a person who looks for changes wants to see it; an item is not changed by the new number of its article. */
export const isChange = ({ type, moved, renumbered }: Pick<ClauseChange, 'type' | 'moved' | 'renumbered'>): boolean => type !== 'same' || moved || renumbered;

/** The markers from the article (or the outermost heading) down to a provision. */
function markersOf(provisions: (Provision | null)[]): (provision: Provision) => string {
  const byId = new Map(provisions.flatMap((provision) => (provision ? [[provision.clauseId, provision] as const] : [])));
  return (provision) => {
    let markers = provision.label;
    let at: Provision | undefined = provision;
    while (at && INSIDE.has(at.kind)) {
      at = at.parent === null ? undefined : byId.get(at.parent);
      if (at && !OUTSIDE.has(at.kind)) markers = at.label + markers;
    }
    return markers;
  };
}

const INSIDE = new Set<Provision['kind']>(['paragraph', 'item', 'subitem', 'heading']);
const OUTSIDE = new Set<Provision['kind']>(['title', 'part', 'chapter', 'section']);

export interface ComparisonWords {
  title: string;
  /** Heads of the two columns. */
  columns: readonly [string, string];
  note?: string;
  /** Stands behind the marker of a clause that was moved. */
  moved: string;
}

/** A table of changes for print: changed clauses alone, one row each. */
export function comparisonTable(clauses: readonly ComparedClause[], { title, columns, note, moved }: ComparisonWords): ComparisonTable {
  const rows = clauses.filter(isChange).map((clause) => ({ label: labelOf(clause) + (clause.moved ? moved : ''), cells: [clause.before, clause.after] }));
  return { title, columns, rows, ...(note ? { note } : {}) };
}

/** 第三条, or 第三条 → 第五条 where the number changed. */
export function labelOf({ from, to }: Pick<ComparedClause, 'from' | 'to'>): string {
  return from !== null && to !== null && from !== to ? `${from} → ${to}` : (to ?? from ?? '');
}

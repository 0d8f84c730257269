import { comparedClauses, type ComparedClause, type DocumentDiff, type DocumentMerge, isChange, labelOf, type TextRun } from '@core/documents';

/** One clause of a comparison as the component `compare-row` shows it. */
export interface CompareRow {
  id: string;
  label: string;
  tags: { key: string; tone: string }[];
  before: TextRun[];
  after: TextRun[];
  /** Anchors of the change before and after; none at the ends. */
  previous?: string;
  next?: string;
}

/** A run of clauses that nothing happened to. */
interface SameGroup {
  same: { label: string; text: string }[];
  first: string;
  last: string;
}

export interface CompareView {
  entries: (CompareRow | SameGroup)[];
  counts: { kind: string; n: number }[];
  changes: number;
}

const TONES: Readonly<Record<string, string>> = { added: 'success', removed: 'danger', changed: 'info', moved: 'warning', renumbered: 'neutral' };

const tagsOf = ({ type, moved, renumbered }: ComparedClause): CompareRow['tags'] =>
  [...(type === 'same' ? [] : [type]), ...(moved ? ['moved'] : []), ...(renumbered ? ['renumbered'] : [])].map((key) => ({ key, tone: TONES[key] ?? 'neutral' }));

const wordsOf = (runs: readonly TextRun[]): string => runs.map(({ text }) => text).join('');

/** Two versions beside each other: changed clauses, and between them what stayed, folded up. */
export function compareView(diff: DocumentDiff): CompareView {
  const clauses = comparedClauses(diff);
  const changes = clauses.filter(isChange).length;
  const entries: CompareView['entries'] = [];
  let n = 0;
  for (const clause of clauses) {
    const last = entries.at(-1);
    if (isChange(clause)) {
      n += 1;
      entries.push({
        id: `change-${n}`, label: labelOf(clause), tags: tagsOf(clause), before: clause.before, after: clause.after,
        ...(n > 1 ? { previous: `change-${n - 1}` } : {}), ...(n < changes ? { next: `change-${n + 1}` } : {}),
      });
    } else if (last && 'same' in last) {
      last.same.push({ label: clause.to ?? '', text: wordsOf(clause.after) });
      last.last = clause.to || last.last;
    } else entries.push({ same: [{ label: clause.to ?? '', text: wordsOf(clause.after) }], first: clause.to ?? '', last: clause.to ?? '' });
  }
  const { added, removed, changed, moved, renumbered } = diff.counts;
  return { entries, changes, counts: Object.entries({ changed, added, removed, moved, renumbered }).map(([kind, count]) => ({ kind, n: count })) };
}

/** Two saves that met: what each side did, clause by clause. */
export function conflictView(merge: DocumentMerge): { rows: object[]; counts: { mine: number; theirs: number; both: number }; mergeable: boolean; doubled: string[]; reordered: boolean } {
  const side = (clause: ComparedClause | null) => clause && { tags: tagsOf(clause), runs: clause.runs, label: labelOf(clause) };
  const rows = merge.rows.map((row) => {
    const [mine, theirs] = [side(row.mine), side(row.theirs)];
    return { mine, theirs, conflict: row.conflict, label: (theirs ?? mine)?.label ?? '' };
  });
  return {
    rows, doubled: merge.doubled, reordered: merge.reordered, mergeable: merge.conflicts === 0,
    counts: { mine: rows.filter(({ mine }) => mine).length, theirs: rows.filter(({ theirs }) => theirs).length, both: rows.filter(({ conflict }) => conflict).length },
  };
}

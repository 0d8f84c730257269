import type { ClauseChange, DocumentDiff } from './diff-documents';
import type { Provision } from './provision';
import { reassemble } from './reassemble';
import type { TextRun } from './text-diff';

export const CHANGE_OPS = ['added', 'removed', 'changed', 'moved', 'renumbered'] as const;
export type ChangeOp = (typeof CHANGE_OPS)[number];

/**
 * One change between two versions, for machines. `from` and `to` are the clause ids in the old and in the new version (`art_3__item_2`), null where
 * the clause is not there. `words` are runs: of an added, removed or moved clause the whole of it, marker first; of a changed one its text, kept words
 * included; of a renumbered one its markers, old and new.
 */
export interface ChangeLine {
  op: ChangeOp;
  from: string | null;
  to: string | null;
  words: TextRun[];
}

/**
 * The changes of a comparison, in the order of the new version, a removed clause after the one that it followed. A clause that was renumbered, moved and
 * reworded has a line for each.
 */
export const changeLines = ({ changes }: Pick<DocumentDiff, 'changes'>): ChangeLine[] => changes.flatMap(linesOf);

function linesOf({ type, old, next, moved, renumbered, runs }: ClauseChange): ChangeLine[] {
  const line = (op: ChangeOp, words: TextRun[]): ChangeLine => ({ op, from: old?.clauseId ?? null, to: next?.clauseId ?? null, words: words.filter(({ text }) => text !== '') });
  if (!old || !next) {
    const [op, run] = next ? (['added', 'insert'] as const) : (['removed', 'delete'] as const);
    return [line(op, [{ op: run, text: whole(next ?? old) }])];
  }
  return [
    ...(renumbered ? [line('renumbered', [{ op: 'delete', text: old.label }, { op: 'insert', text: next.label }])] : []),
    ...(moved ? [line('moved', [{ op: 'keep', text: whole(next) }])] : []),
    ...(type === 'changed' ? [line('changed', runs)] : []),
  ];
}

const whole = (provision: Provision | null): string => (provision ? reassemble([{ ...provision, lead: '' }]) : '');

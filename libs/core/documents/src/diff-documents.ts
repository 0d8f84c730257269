import { longestRisingIndexes } from './longest-rising';
import { matchClauses } from './match-clauses';
import type { Provision } from './provision';
import { sameText } from './reassemble';
import { diffText, type TextRun } from './text-diff';

/** What became of one clause. `old` is null for an added one, `next` for a removed one. */
export interface ClauseChange {
  type: 'same' | 'changed' | 'added' | 'removed';
  old: Provision | null;
  next: Provision | null;
  /** It stands in another order or under another parent than before; an article only when its order changed. */
  moved: boolean;
  /** Its marker changed: 第三条 is now 第五条. */
  renumbered: boolean;
  /** Keeps and deletions joined give the old text, keeps and insertions the new one. */
  runs: TextRun[];
}

/** All clauses in the order of the new version; a removed clause stands after the one that it followed. */
export interface DocumentDiff {
  changes: ClauseChange[];
  counts: { added: number; removed: number; changed: number; moved: number; renumbered: number };
}

/**
 * Compares two versions clause by clause; white space alone is no change.
 *
 * @param matches index in `next` → index in `old`, where it is known what comes from what; by the words otherwise
 */
export function diffDocuments(old: Provision[], next: Provision[], matches: Map<number, number> = matchClauses(old, next)): DocumentDiff {
  const movedClauses = findMoved(old, next, matches);
  const back = new Map([...matches].map(([to, from]) => [from, to]));
  const removedAfter = new Map<number, ClauseChange[]>();
  let follows = -1;
  for (const [at, provision] of old.entries()) {
    const to = back.get(at);
    if (to !== undefined) follows = to;
    else append(removedAfter, follows, change('removed', provision, null, false));
  }
  const changes = [...(removedAfter.get(-1) ?? [])];
  for (const [at, provision] of next.entries()) {
    const from = old[matches.get(at) ?? -1];
    changes.push(from
      ? change(sameText(from.text, provision.text) ? 'same' : 'changed', from, provision, movedClauses.has(at))
      : change('added', null, provision, false));
    changes.push(...(removedAfter.get(at) ?? []));
  }
  const count = (test: (one: ClauseChange) => boolean): number => changes.filter(test).length;
  return {
    changes,
    counts: {
      added: count((one) => one.type === 'added'),
      removed: count((one) => one.type === 'removed'),
      changed: count((one) => one.type === 'changed'),
      moved: count((one) => one.moved),
      renumbered: count((one) => one.renumbered),
    },
  };
}

/** What comes from what by the identity that clauses carry; undefined where the two have none in common, as the texts of two policies. */
export function matchByIdentity(old: readonly { identity: string }[], next: readonly { identity: string }[]): Map<number, number> | undefined {
  const places = new Map(old.map(({ identity }, at) => [identity, at]));
  const matches = new Map<number, number>();
  for (const [at, { identity }] of next.entries()) {
    const from = places.get(identity);
    if (from === undefined) continue;
    matches.set(at, from);
    places.delete(identity);
  }
  return matches.size > 0 ? matches : undefined;
}

function change(type: ClauseChange['type'], old: Provision | null, next: Provision | null, moved: boolean): ClauseChange {
  const renumbered = old !== null && next !== null && !sameText(old.label, next.label);
  return { type, old, next, moved, renumbered, runs: diffText(old?.text ?? '', next?.text ?? '') };
}

/** Among the matched children of one parent those outside the longest common order have moved; so has what changed its parent. */
function findMoved(old: Provision[], next: Provision[], matches: Map<number, number>): Set<number> {
  const oldIds = new Map(old.map((provision, at) => [provision.clauseId, at]));
  const nextIds = new Map(next.map((provision, at) => [provision.clauseId, at]));
  const moved = new Set<number>();
  const groups = new Map<string, { to: number; from: number }[]>();
  for (const [to, from] of [...matches].sort(([one], [other]) => one - other)) {
    const parent = next[to]?.parent ?? null;
    const was = old[from]?.parent ?? null;
    // Articles are numbered through: a chapter put over them does not move them.
    const throughout = next[to]?.kind === 'article' || next[to]?.kind === 'chapter';
    const parentKept = parent === null || was === null ? parent === was : matches.get(nextIds.get(parent) ?? -1) === oldIds.get(was);
    if (!throughout && !parentKept) moved.add(to);
    const group = throughout ? `*${next[to]?.kind}` : (parent ?? '');
    append(groups, group, { to, from });
  }
  for (const group of groups.values()) {
    const kept = longestRisingIndexes(group.map(({ from }) => from));
    group.forEach(({ to }, index) => { if (!kept.has(index)) moved.add(to); });
  }
  return moved;
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

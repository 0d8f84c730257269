export const DISPOSITIONS = ['adopted', 'partly', 'not_adopted', 'noted'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];
export const STANCES = ['support', 'oppose', 'suggest'] as const;
export type Stance = (typeof STANCES)[number];
export const AUTHOR_KINDS = ['enterprise', 'resident', 'anonymous'] as const;
export type AuthorKind = (typeof AUTHOR_KINDS)[number];

/** Whether everybody reads an opinion: it is shown, the department hid it, or its author took it back. */
export type Moderation = 'shown' | 'hidden' | 'withdrawn';

/** An adopted opinion, wholly or partly, names the clause that changes because of it. */
export const namesClause = (disposition: Disposition): boolean => disposition === 'adopted' || disposition === 'partly';

export interface Counted {
  moderation: Moderation;
  /** Null of what was withdrawn, which wants no answer. */
  disposition: Disposition | null;
  stance: Stance;
  authorKind: AuthorKind;
}

/** The figures of a result report. `received` is always `shown + hidden + withdrawn`; each breakdown is of what was not withdrawn. */
export interface ResultFigures {
  received: number;
  shown: number;
  hidden: number;
  /** Not in reports published before an opinion could be withdrawn: none was. */
  withdrawn?: number;
  byDisposition: Record<Disposition, number>;
  byStance: Record<Stance, number>;
  byAuthor: Record<AuthorKind, number>;
}

/** Counts groups of opinions, each standing for `count` of them. */
export function resultFigures(groups: readonly (Counted & { count: number })[]): ResultFigures {
  const sum = (of: (group: Counted) => boolean): number => groups.filter(of).reduce((total, group) => total + group.count, 0);
  const by = <K extends string>(keys: readonly K[], of: (group: Counted) => K | null): Record<K, number> =>
    Object.fromEntries(keys.map((key) => [key, sum((group) => group.moderation !== 'withdrawn' && of(group) === key)])) as Record<K, number>;
  return {
    received: sum(() => true),
    shown: sum((group) => group.moderation === 'shown'),
    hidden: sum((group) => group.moderation === 'hidden'),
    withdrawn: sum((group) => group.moderation === 'withdrawn'),
    byDisposition: by(DISPOSITIONS, (group) => group.disposition),
    byStance: by(STANCES, (group) => group.stance),
    byAuthor: by(AUTHOR_KINDS, (group) => group.authorKind),
  };
}

import type { Provision, ProvisionKind } from './provision';

/** Containers first, so that what is in them can ask whether its parents belong together. */
const ORDER: readonly ProvisionKind[] = [
  'title', 'annex', 'part', 'chapter', 'section', 'article', 'heading', 'paragraph', 'item', 'subitem', 'table', 'contents', 'clutter',
];
/** How much of their pairs of characters (Dice) two clauses must share: anywhere, and in the same place of the document. */
const ALIKE = 0.5;
const ALIKE_IN_PLACE = 0.25;
/** Pairs of characters that more clauses than this contain tell nothing apart. */
const COMMON = 150;
/** Of so many clauses with the very same text any one will do. */
const MAX_TWINS = 50;

interface Clause {
  at: number;
  provision: Provision;
  /** Its words and those of everything in it. */
  text: string;
  /** Its own words alone; the sign at their end depends on what follows. */
  own: string;
}

/**
 * Finds for each clause of a new version the clause of the old one that it comes from, by its text, so that it keeps its identity
 * through renumbering. An article is compared with everything in it.
 *
 * @returns index in `next` → index in `old`; a clause is matched at most once
 */
export function matchClauses(old: Provision[], next: Provision[]): Map<number, number> {
  const matched = new Map<number, number>();
  const before = describe(old);
  const after = describe(next);
  const oldIndex = new Map(old.map((provision, at) => [provision.clauseId, at]));
  const nextIndex = new Map(next.map((provision, at) => [provision.clauseId, at]));
  const sameParents = (a: Clause, b: Clause): boolean => {
    if (a.provision.parent === null || b.provision.parent === null) return a.provision.parent === b.provision.parent;
    return matched.get(nextIndex.get(b.provision.parent) ?? -1) === oldIndex.get(a.provision.parent);
  };
  for (const kind of ORDER) {
    const olds = before.filter((clause) => clause.provision.kind === kind);
    const news = after.filter((clause) => clause.provision.kind === kind);
    matchEqual(olds, news, (clause) => clause.text, sameParents, matched);
    // An article that got an item is still itself, and no other that resembles it more on the whole.
    matchEqual(left(olds, matched.values()), left(news, matched.keys()), (clause) => clause.own, sameParents, matched);
    matchAlike(left(olds, matched.values()), left(news, matched.keys()), sameParents, matched);
  }
  return matched;
}

function left(clauses: Clause[], taken: Iterable<number>): Clause[] {
  const gone = new Set(taken);
  return clauses.filter((clause) => !gone.has(clause.at));
}

function describe(provisions: Provision[]): Clause[] {
  const index = new Map(provisions.map((provision, at) => [provision.clauseId, at]));
  const texts = provisions.map((provision) => [provision.text]);
  for (let at = provisions.length - 1; at >= 0; at -= 1) {
    const provision = provisions[at];
    // Up through the items of an article to the article, not beyond it.
    if (!provision?.parent || !['paragraph', 'item', 'subitem', 'table'].includes(provision.kind)) continue;
    const parent = index.get(provision.parent);
    if (parent !== undefined) texts[parent]?.splice(1, 0, ...(texts[at] ?? []).slice(0, 60));
  }
  const plain = (text: string): string => text.replace(/\s+/g, '').slice(0, 3000);
  return provisions.map((provision, at) => ({ at, provision, text: plain((texts[at] ?? []).join('')), own: plain(provision.text).replace(/[：:；;。，]+$/, '') }));
}

function matchEqual(olds: Clause[], news: Clause[], wordsOf: (clause: Clause) => string, sameParents: (a: Clause, b: Clause) => boolean, matched: Map<number, number>): void {
  const byText = new Map<string, Clause[]>();
  for (const clause of olds) {
    const list = byText.get(wordsOf(clause));
    if (list) list.push(clause);
    else byText.set(wordsOf(clause), [clause]);
  }
  const rank = (a: Clause, b: Clause): number => (sameParents(a, b) ? 2 : 0) + (a.provision.clauseId === b.provision.clauseId ? 1 : 0);
  for (const clause of news) {
    const same = byText.get(wordsOf(clause));
    // An empty clause is like every other empty one: only its place tells.
    const fit = same?.slice(0, MAX_TWINS).filter((a) => wordsOf(clause) !== '' || a.provision.clauseId === clause.provision.clauseId);
    const best = fit?.reduce<Clause | undefined>((top, a) => (top && rank(top, clause) >= rank(a, clause) ? top : a), undefined);
    if (!best || !same) continue;
    matched.set(clause.at, best.at);
    same.splice(same.indexOf(best), 1);
  }
}

function matchAlike(olds: Clause[], news: Clause[], sameParents: (a: Clause, b: Clause) => boolean, matched: Map<number, number>): void {
  const oldPairs = olds.map((clause) => pairsOf(clause.text));
  const postings = new Map<string, number[]>();
  oldPairs.forEach((pairs, index) => pairs.forEach((pair) => {
    const list = postings.get(pair);
    if (list) list.push(index);
    else postings.set(pair, [index]);
  }));
  const inPlace = new Map(olds.map((clause, index) => [clause.provision.clauseId, index]));
  const candidates: { score: number; a: Clause; b: Clause }[] = [];
  for (const b of news) {
    const pairs = pairsOf(b.text);
    const shared = new Map<number, number>();
    const here = inPlace.get(b.provision.clauseId);
    for (const pair of pairs) {
      const list = postings.get(pair) ?? [];
      if (list.length <= COMMON) for (const index of list) shared.set(index, (shared.get(index) ?? 0) + 1);
      else if (here !== undefined && oldPairs[here]?.has(pair)) shared.set(here, (shared.get(here) ?? 0) + 1);
    }
    for (const [index, count] of shared) {
      const a = olds[index];
      if (!a) continue;
      const alike = (2 * count) / (pairs.size + (oldPairs[index]?.size ?? 0));
      const place = index === here && sameParents(a, b);
      if (alike >= (place ? ALIKE_IN_PLACE : ALIKE)) candidates.push({ score: alike + (place ? 0.1 : 0) + (sameParents(a, b) ? 0.1 : 0), a, b });
    }
  }
  const taken = new Set<number>();
  candidates.sort((one, other) => other.score - one.score || one.b.at - other.b.at || one.a.at - other.a.at);
  for (const { a, b } of candidates) {
    if (taken.has(a.at) || matched.has(b.at)) continue;
    taken.add(a.at);
    matched.set(b.at, a.at);
  }
}

/** The set of neighbouring characters; a text of one character counts as one. */
function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>();
  if (text.length === 1) pairs.add(text);
  for (let at = 0; at + 1 < text.length; at += 1) pairs.add(text.slice(at, at + 2));
  return pairs;
}

import { AUTHOR_KINDS, CHANNELS, type ConsultedProvision, NONE, type Officer, OPINION_STATES, type OpinionFacets, type OpinionFilter, STANCES, type Topic, UNREAD } from '@domains/consultation';
import { clauseNames } from '../outlets/result-charts';

/** One choice of a filter: its words are a key of the catalogue or a name. */
interface Choice {
  value: string;
  key?: string;
  label?: string;
  count: number;
  chosen: boolean;
}

/** A filter as an address has it, without what does not narrow. */
export function filterQuery(filter: OpinionFilter, more: Record<string, string> = {}): string {
  const given = Object.entries({ ...filter, ...more }).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '');
  return new URLSearchParams(given).toString();
}

/** The selects above the list, each choice with how many it would leave. */
export function filterChoices(filter: OpinionFilter, facets: OpinionFacets, provisions: readonly ConsultedProvision[], officers: readonly Officer[]) {
  const choices = (name: Exclude<keyof OpinionFacets, 'load' | 'total'>, all: readonly (Omit<Choice, 'count' | 'chosen'>)[]): { name: string; choices: Choice[] } => ({
    name, choices: all.map((one) => ({ ...one, count: facets[name].get(one.value) ?? 0, chosen: filter[name] === one.value })),
  });
  const keyed = (group: string, values: readonly string[]) => values.map((value) => ({ value, key: `${group}.${value}` }));
  const names = clauseNames([...provisions]);
  const clauses = provisions.filter(({ clauseId }) => facets.clause.has(clauseId) || filter.clause === clauseId).map(({ clauseId }) => ({ value: clauseId, label: names.get(clauseId) ?? clauseId }));
  return [
    choices('state', keyed('opinion-desk:state', OPINION_STATES)),
    choices('clause', [{ value: NONE, key: 'opinion-desk:whole' }, ...clauses]),
    choices('stance', keyed('consultation:stance', STANCES)),
    choices('kind', keyed('consultation:author', AUTHOR_KINDS)),
    choices('channel', keyed('consultation:channel', CHANNELS)),
    choices('officer', [{ value: NONE, key: 'opinion-desk:nobody' }, ...officers.map(({ accountId, name }) => ({ value: accountId, label: name }))]),
    choices('unread', keyed('opinion-desk:unread', UNREAD)),
  ];
}

/** Clause by stance by kind of participant: bars for the clauses, and a table whose figures lead into the list. */
export function topicsView(topics: readonly Topic[], provisions: readonly ConsultedProvision[], base: string) {
  const names = clauseNames([...provisions]);
  const href = (filter: OpinionFilter): string => `${base}?${filterQuery(filter)}`;
  const named = topics.map((topic) => ({ ...topic, ...(topic.clause === NONE ? { key: 'opinion-desk:whole' } : { label: names.get(topic.clause) ?? topic.clause }), href: href({ clause: topic.clause }) }));
  return {
    bars: named.map(({ clause: _clause, byStance: _byStance, rows: _rows, count, ...name }) => ({ ...name, value: count })),
    stances: STANCES, kinds: AUTHOR_KINDS,
    rows: named.map(({ rows, count, byStance, ...topic }) => ({
      ...topic, count,
      shares: STANCES.map((stance) => ({ stance, count: byStance[stance], x: 0 })).map((share, at, all) => ({ ...share, x: all.slice(0, at).reduce((sum, one) => sum + one.count, 0) })),
      cells: STANCES.flatMap((stance) => AUTHOR_KINDS.map((kind) => ({
        stance, kind, count: rows.find((row) => row.stance === stance && row.kind === kind)?.count ?? 0, href: href({ clause: topic.clause, stance, kind }),
      }))),
    })),
  };
}

import type { Kind, Labelled } from './labelled-set';

export interface Score {
  precision: number;
  recall: number;
}

export interface Scores {
  /** Over all pairs of texts: which of those put together belong together, and the other way round. */
  pairs: Score;
  /** B-cubed (Bagga and Baldwin, 1998): the same for each text by itself, averaged. */
  bcubed: Score;
  /** B-cubed and the number of texts for each kind alone. */
  byKind: Map<Kind, Score & { texts: number }>;
}

/** Compares clusters with labels. A text in no cluster is a cluster of its own. */
export function scores(set: readonly Labelled[], clusters: readonly (readonly string[])[]): Scores {
  const place = new Map(clusters.flatMap((ids, at) => ids.map((id) => [id, at] as const)));
  const clusterOf = (one: Labelled, at: number): string => String(place.get(one.id) ?? `alone-${at}`);
  const counts = { cluster: new Map<string, number>(), label: new Map<string, number>(), both: new Map<string, number>() };
  const count = (map: Map<string, number>, key: string): void => { map.set(key, (map.get(key) ?? 0) + 1); };
  set.forEach((one, at) => {
    count(counts.cluster, clusterOf(one, at));
    count(counts.label, one.label);
    count(counts.both, `${clusterOf(one, at)} ${one.label}`);
  });
  const pairsIn = (map: Map<string, number>): number => [...map.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const each = set.map((one, at) => {
    const both = counts.both.get(`${clusterOf(one, at)} ${one.label}`) ?? 0;
    return { kind: one.kind, precision: both / (counts.cluster.get(clusterOf(one, at)) ?? 1), recall: both / (counts.label.get(one.label) ?? 1) };
  });
  const mean = (list: readonly Score[]): Score & { texts: number } => ({
    texts: list.length, precision: list.reduce((sum, { precision }) => sum + precision, 0) / list.length, recall: list.reduce((sum, { recall }) => sum + recall, 0) / list.length,
  });
  const together = pairsIn(counts.both);
  return {
    pairs: { precision: together / (pairsIn(counts.cluster) || 1), recall: together / (pairsIn(counts.label) || 1) },
    bcubed: mean(each),
    byKind: new Map([...new Set(each.map(({ kind }) => kind))].map((kind) => [kind, mean(each.filter((one) => one.kind === kind))])),
  };
}

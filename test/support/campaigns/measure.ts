import { type ClusterOptions, clusterTexts } from '@core/similarity';
import { type Labelled, labelledSet, OPERATORS, type SetOptions } from './labelled-set';
import { type Score, type Scores, scores } from './scores';
import { MATTERS } from './vocabulary';

/** Every clause that the set's opinions quote. */
export const CLAUSES = MATTERS.map(({ clause }) => clause).join('\n');
/** The threshold and everything else were chosen on these seeds; report on others. */
export const CHOSEN_ON: readonly number[] = [1, 2, 3, 4, 8];

export interface Figures extends Scores {
  clusters: number;
  seconds: number;
}

export function measured(set: readonly Labelled[], options: ClusterOptions = {}): Figures {
  const start = performance.now();
  const clusters = clusterTexts(set, options).clusters.map(({ ids }) => ids);
  return { ...scores(set, clusters), clusters: clusters.length, seconds: (performance.now() - start) / 1000 };
}

const figure = (value: number): string => value.toFixed(3);
const both = ({ precision, recall }: Score): string => `${figure(precision)} / ${figure(recall)}`;

/** One line of a report: pairs and B-cubed, each precision / recall. */
export function line(name: string, { pairs, bcubed, clusters, seconds }: Figures): string {
  return `${name.padEnd(30)} pairs ${both(pairs)}   B-cubed ${both(bcubed)}   ${clusters} clusters, ${seconds.toFixed(1)} s`;
}

/** The whole report: the mixture, kind by kind, thresholds and lengths of runs, and each operator alone. */
export function* report(options: SetOptions): Generator<string> {
  const set = labelledSet(options);
  const campaign = set.filter(({ label }) => label.startsWith('campaign')).length;
  yield `${set.length} texts, ${campaign} of them in ${options.campaigns} campaigns, seed ${options.seed}; precision / recall`;
  const usual = measured(set);
  yield line('default', usual);
  yield line('default, clauses as --draft', measured(set, { quotable: CLAUSES }));
  for (const [kind, score] of [...usual.byKind].sort(([a], [b]) => (a < b ? -1 : 1))) yield `  ${kind.padEnd(28)} B-cubed ${both(score)}   ${score.texts} texts`;
  for (const threshold of [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.8]) yield line(`threshold ${threshold}`, measured(set, { threshold }));
  for (const shingle of [2, 4, 5]) yield line(`shingle ${shingle}`, measured(set, { shingle }));
  for (const operator of OPERATORS) {
    const alone = labelledSet({ ...options, size: 1_500, campaigns: 15, operators: [operator] });
    yield line(`all campaigns: ${operator}`, measured(alone));
  }
}

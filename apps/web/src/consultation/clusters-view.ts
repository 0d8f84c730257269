import { CLUSTER_THRESHOLD, type ClusterAnswer, type ClusterItem, type ClusterJob, type ClusterMember, type ClusterRun, type Likeness } from '@domains/consultation';
import { passagesIn } from '@core/similarity';
import { staffCard, TONE_OF_DISPOSITION } from './consultation-view';

export interface MarkedRun {
  text: string;
  shared: boolean;
}

/** A text cut where the passages begin and end, which stand in it in this order. */
export function markedRuns(text: string, passages: readonly string[]): MarkedRun[] {
  const runs: MarkedRun[] = [];
  let at = 0;
  for (const passage of passages) {
    const from = text.indexOf(passage, at);
    if (from < 0 || passage === '') continue;
    if (from > at) runs.push({ text: text.slice(at, from), shared: false });
    runs.push({ text: passage, shared: true });
    at = from + passage.length;
  }
  if (at < text.length) runs.push({ text: text.slice(at), shared: false });
  return runs;
}

const THRESHOLDS: readonly [number, string?][] = [[CLUSTER_THRESHOLD.least, 'wide'], [0.2], [CLUSTER_THRESHOLD.usual, 'usual'], [0.3], [0.4], [0.5, 'strict'], [0.6], [CLUSTER_THRESHOLD.most, 'copies']];
const percent = (part: number): number => Math.round(part * 100);

/** The settings that the form offers, from wide to strict; that of the current run is chosen. */
export const thresholdOptions = (current: number | undefined) => {
  const chosen = THRESHOLDS.some(([value]) => value === current) ? current : CLUSTER_THRESHOLD.usual;
  return THRESHOLDS.map(([value, word]) => ({ value, word, percent: percent(value), chosen: value === chosen }));
};

const TONE_OF_LIKENESS: Readonly<Record<Likeness, string>> = { same: 'success', nearly: 'success', mostly: 'info', partly: 'neutral', little: 'warning' };

/** A row of the list, or the head of a cluster's page. */
export const clusterCard = (item: ClusterItem, base: string) => ({
  ...item, href: `${base}/${item.id}`, runs: markedRuns(item.representative, item.passages), waiting: item.waiting,
  stances: Object.entries(item.byStance).filter(([, value]) => value > 0).map(([stance, value]) => ({ key: `consultation:stance.${stance}`, value })),
});

/** A member with its words marked where they are those of the cluster. */
export const memberCard = (member: ClusterMember, { passages, shingle, accountId }: { passages: readonly string[]; shingle: number; accountId: string | null }) => ({
  ...staffCard(member, accountId), runs: markedRuns(member.text, passagesIn(member.text, passages, shingle)),
  likenessKey: `clusters:likeness.${member.likeness}`, likenessTone: TONE_OF_LIKENESS[member.likeness], percent: percent(member.toCommon),
});

/** An answer that a second person may approve wherever the cluster got it. */
export const answerCard = (answer: ClusterAnswer, accountId: string | null) => ({
  ...answer, tone: TONE_OF_DISPOSITION[answer.disposition], pending: answer.pendingIds.length, mine: answer.answeredBy === accountId,
});

/** What a run covers, and what came after it. */
export const runView = (run: ClusterRun, received: number) => ({ ...run, percent: percent(run.threshold), outside: received - run.inClusters, since: received - run.opinions });

/** For so long, in milliseconds, the list says that a wish is done: it may have been opened before. */
const FRESH_MS = 2 * 60_000;

/** A wish for clusters as the list tells of it; `fresh` where it has just ended. */
export const jobView = (job: ClusterJob, at: Date) => ({
  ...job, percent: percent(job.threshold), computing: job.state === 'computing', failed: job.state === 'failed',
  fresh: job.state === 'done' && job.endedAt !== null && at.getTime() - job.endedAt.getTime() < FRESH_MS,
});

import type { Dependent, Dependents, PolicyKind } from '@core/policy';
import type { Fen, UnmetGate } from '@platform/kernel';
import type { NotAskedGround, OpinionsState, ReviewOutcome } from './abolition';

/** What is to become of one thing that hangs on the policy. */
export interface Settlement {
  kind: string;
  itemId: string;
  /** Counts the settlements of the same thing; the newest stands. */
  no: number;
  title: string;
  way: string;
  reason: string;
  people: number;
  fundsFen: Fen;
  settledBy: string;
  settledAt: Date;
}

/** What an abolition is judged by when it is decided, and what its page shows to be missing before. */
export interface CaseFacts {
  policy: { kind: PolicyKind; affectsMarket: boolean };
  matter: { opinions: OpinionsState | null; opinionsGround: NotAskedGround | null; replacedBy: string | null; reviewOutcome: ReviewOutcome | null };
  dependents: Dependents;
  settled: readonly Settlement[];
  /** What asks for the legality review of such a document; null where nothing does. */
  reviewArticle: string | null;
}

/** The settlement that stands for a thing; one whose way is no longer open to it does not, for the thing has moved on meanwhile. */
export const standingFor = (dependent: Dependent, settled: readonly Settlement[]): Settlement | null =>
  settled.find(({ kind, itemId, way }) => kind === dependent.kind && itemId === dependent.id && dependent.ways.includes(way)) ?? null;

/** Everything that hangs on the policy has its settlement, also what has come since the first were made. */
export const unsettled = ({ dependents, settled }: CaseFacts): UnmetGate[] => dependents.items.filter((item) => !standingFor(item, settled)).map(unsettledGate);

export const unsettledGate = ({ kind, title, article }: Dependent): UnmetGate => (
  { gate: 'ledger.dependents_settled', key: `abolition:gate.unsettled.${kind}`, params: { title }, article });

/** What has no settlement and needs a person for it: there is a choice, or applicants or money are concerned. What is left has one way only and concerns nobody's right. */
export const openChoices = (items: readonly Dependent[], settled: readonly Settlement[]): Dependent[] =>
  items.filter((item) => !standingFor(item, settled) && (item.ways.length > 1 || item.people > 0 || item.fundsFen > 0));

/** Changing or ending a document takes the steps of making it; a major decision is not ended at will. */
export function opinionsArticle({ kind, affectsMarket }: CaseFacts['policy']): string | null {
  if (kind === 'major_decision') return '《重大行政决策程序暂行条例》第十四条、第三十七条';
  if (affectsMarket) return '《优化营商环境条例》第六十二条';
  return kind === 'normative_document' ? '国办发〔2018〕37号' : null;
}

/** The case says that the public was asked, or why not; and the reason is borne out by what hangs on the policy. */
export function opinionsUnstated({ policy, matter, dependents }: CaseFacts): UnmetGate[] {
  const article = opinionsArticle(policy);
  if (!article) return [];
  const unmet = (key: string, params?: Record<string, unknown>): UnmetGate[] => [{ gate: 'ledger.opinions_stated', key: `abolition:gate.${key}`, article, ...(params ? { params } : {}) }];
  if (matter.opinions === null) return unmet('opinionsUnstated');
  if (matter.opinionsGround === 'fulfilled' && dependents.people > 0) return unmet('rightsConcerned', { people: dependents.people });
  return matter.opinionsGround === 'replaced' && !matter.replacedBy ? unmet('replacementMissing') : [];
}

/** A reviewer of legality has passed the case as it stands. */
export const unreviewed = ({ matter, reviewArticle }: CaseFacts): UnmetGate[] => (reviewArticle === null || matter.reviewOutcome === 'passed' ? []
  : [{ gate: 'ledger.abolition_reviewed', key: matter.reviewOutcome === 'returned' ? 'abolition:gate.reviewReturned' : 'abolition:gate.unreviewed', article: reviewArticle }]);

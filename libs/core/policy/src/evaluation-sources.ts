import type { IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { Injectable } from '@nestjs/common';

/** A figure that the system knows of a policy. `value` is null where there is nothing to count, which is not nought. Money is fen, shares are hundredths. */
export interface EvidenceFigure {
  /** Its words are `appraisal:evidence.<source>.<key>`. */
  key: string;
  value: number | null;
  unit: 'count' | 'fen' | 'days' | 'percent';
}

/** What a room can tell of how a policy went. It only reads. */
export interface EvidenceSource {
  key: string;
  /** What happened in a time, both days included; statements name the city. */
  gather(tx: TenantTx, policyId: string, period: { from: IsoDate; to: IsoDate }): Promise<EvidenceFigure[]>;
  /** How many voices a room has heard on policies that are in force since an instant; of one department, or of the city for null. */
  voices?(tx: TenantTx, departmentId: string | null, since: Date): Promise<{ policyId: string; count: number }[]>;
}

export type Part = 'drafted' | 'assessed';

/** What part a person had in these policies before they were decided: wrote them, or carried out an argument or assessment of them (《重大行政决策程序暂行条例》第三十六条); null for none. */
export interface InvolvementSource {
  key: string;
  partOf(tx: TenantTx, policyIds: readonly string[], accountId: string): Promise<Part | null>;
}

/** How far a conclusion of an evaluation has come in the room that carries it out. */
export interface Outcome {
  reportId: string;
  state: 'taken_up' | 'done' | 'refused';
  /** Where it stands, as that room says it: a key under `appraisal:stage`. */
  stage: string;
  /** The year of the plan it is in, where it is in one. */
  planYear: number | null;
  /** Why it was refused. */
  reason: string;
}

/** A conclusion that asks for something, as the room that carries it out is asked about it. */
export interface OpenConclusion {
  reportId: string;
  policyId: string;
  conclusion: 'amend' | 'abolish';
  publishedAt: Date;
  /** What came to it: the report of an evaluation unless it says otherwise, or the item of a clean-up, whose id then stands for the report's. */
  origin?: 'cleanup';
}

export interface OutcomeSource {
  key: string;
  outcomes(tx: TenantTx, conclusions: readonly OpenConclusion[]): Promise<Outcome[]>;
}

export interface GatheredEvidence {
  source: string;
  figures: EvidenceFigure[];
}

/**
 * What the rooms tell to an evaluation, and what it asks them about its consequences. Rooms register when they start, as they do their gates; neither
 * knows the other.
 */
@Injectable()
export class EvaluationSources {
  private readonly evidence: EvidenceSource[] = [];
  private readonly involvements: InvolvementSource[] = [];
  private readonly outcomeSources: OutcomeSource[] = [];

  registerEvidence(source: EvidenceSource): void {
    put(this.evidence, source);
  }

  registerInvolvement(source: InvolvementSource): void {
    put(this.involvements, source);
  }

  registerOutcomes(source: OutcomeSource): void {
    put(this.outcomeSources, source);
  }

  /** Everything the rooms know, source by source in the order of their keys. */
  async gather(tx: TenantTx, policyId: string, period: { from: IsoDate; to: IsoDate }): Promise<GatheredEvidence[]> {
    const gathered: GatheredEvidence[] = [];
    for (const source of [...this.evidence].sort(byKey)) gathered.push({ source: source.key, figures: await source.gather(tx, policyId, period) });
    return gathered;
  }

  /** Voices on each policy, all rooms together. */
  async voices(tx: TenantTx, departmentId: string | null, since: Date): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const source of this.evidence) {
      for (const { policyId, count } of (await source.voices?.(tx, departmentId, since)) ?? []) counts.set(policyId, (counts.get(policyId) ?? 0) + count);
    }
    return counts;
  }

  async partOf(tx: TenantTx, policyIds: readonly string[], accountId: string): Promise<Part | null> {
    for (const source of this.involvements) {
      const part = await source.partOf(tx, policyIds, accountId);
      if (part) return part;
    }
    return null;
  }

  /** How far conclusions have come; one that no room knows of is not in the answer. */
  async outcomes(tx: TenantTx, conclusions: readonly OpenConclusion[]): Promise<Map<string, Outcome>> {
    const found = new Map<string, Outcome>();
    for (const source of this.outcomeSources) for (const outcome of await source.outcomes(tx, conclusions)) found.set(outcome.reportId, outcome);
    return found;
  }
}

const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);

function put<S extends { key: string }>(sources: S[], source: S): void {
  if (sources.some(({ key }) => key === source.key)) throw new Error(`two sources of evaluations are called ${source.key}`);
  sources.push(source);
}

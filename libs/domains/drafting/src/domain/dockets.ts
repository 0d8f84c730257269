import type { Docket, PolicyState, ProcedureFacts } from '@core/policy';
import type { IsoDate, Role } from '@platform/kernel';

/** 通过, 退回修改, 另行审议. */
export const OUTCOMES = ['passed', 'returned', 'deferred'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What another department takes part as; the table `participation` of the spine knows the same words. */
export const CAPACITIES = ['countersign', 'legal_review', 'fair_competition_review', 'risk_assessment', 'evaluation'] as const;
export type Capacity = (typeof CAPACITIES)[number];

/** Who signs a docket: the role, and as what a department must be invited so that its people with that role may sign too. */
export const SIGNERS: Readonly<Record<Docket, { role: Role; capacity: Capacity | null }>> = {
  // The department that carries the decision calls the experts together (重大行政决策程序暂行条例 §19).
  expert_argument: { role: 'argument_convener', capacity: null },
  risk_assessment: { role: 'risk_assessor', capacity: 'risk_assessment' },
  legality: { role: 'legal_reviewer', capacity: 'legal_review' },
  fair_competition: { role: 'fair_competition_reviewer', capacity: 'fair_competition_review' },
  // The organ itself decides: its meeting is nobody else's.
  collective_deliberation: { role: 'deliberation_secretary', capacity: null },
};

/** The state of the policy in which a docket may be signed. */
export const stateOf = (docket: Docket): PolicyState => (docket === 'collective_deliberation' ? 'deliberating' : 'reviewing');

/** A statutory period with its reckoning, as it stood when the docket was opened. */
export interface BasisPeriod {
  parameter: string;
  days: number;
  unit: 'wd' | 'cd';
  from: IsoDate;
  /** Null where the holiday notice of the year is not out yet. */
  due: IsoDate | null;
  skipped: { date: IsoDate; why: string }[];
  /** Whether the rule stops an act, or only warns (`mayBlock`). */
  blocks: boolean;
}

/** Under what a docket was opened; it is judged by this, whatever the rules say later. */
export interface DocketBasis {
  pack: string;
  packVersion: IsoDate;
  facts: ProcedureFacts;
  parameters: { id: string; value: unknown; source: string }[];
  period: BasisPeriod | null;
  /** The files that stood beside the text. */
  attachments: string[];
}

/** Dockets that were opened before their basis was written down have none. */
export const basisOf = (basis: Partial<DocketBasis>): DocketBasis | null => (basis.pack ? (basis as DocketBasis) : null);

import type { ParameterId } from '@core/statutes';
import type { IsoDate } from '@platform/kernel';
import type { PolicyKind } from './kinds';

/** 专家论证, 风险评估, 合法性审核（审查）, 公平竞争审查, 集体审议; in the order in which they come. */
export const DOCKETS = ['expert_argument', 'risk_assessment', 'legality', 'fair_competition', 'collective_deliberation'] as const;
export type Docket = (typeof DOCKETS)[number];

/** What is filed beside the text: 制定依据, 征求意见采纳情况, 履行程序情况说明, 专家论证材料, 风险评估报告, 公平竞争初审意见, 会议材料, 请示报告材料, 政策解读方案, 其他. */
export const ATTACHMENT_KINDS = [
  'basis', 'consultation_summary', 'procedure_statement', 'expert_material', 'risk_report', 'fair_competition_form', 'meeting_material', 'party_report',
  'interpretation_plan', 'other',
] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

/** Sections of a drafting note (起草说明): 制定的必要性, 制定依据, 主要内容. */
export const NOTE_SECTIONS = ['necessity', 'basis', 'content'] as const;
export type NoteSection = (typeof NOTE_SECTIONS)[number];

export const ISSUERS = ['department', 'government'] as const;
/** In whose name a policy goes out: the department's, or the government's (政府名义). */
export type Issuer = (typeof ISSUERS)[number];

/** What is asked about a policy so that its steps follow from it. */
export interface ProcedureFacts {
  affectsMarket: boolean;
  /** 专业性、技术性较强 (重大行政决策程序暂行条例 §19). */
  technical: boolean;
  /** 实施可能对社会稳定、公共安全等方面造成不利影响 (§22). */
  publicRisk: boolean;
  issuer: Issuer;
  /** 突发事件应急处置 (§3), or an urgent order from above (国办发〔2018〕115号). */
  emergency: boolean;
}

/** On what a step or a material depends. */
export type Condition = 'always' | 'affects_market' | 'technical' | 'public_risk' | 'government_issued_market';

/** A statutory period: which day count of a parameter, counted from the day after the docket is opened. */
export interface Period {
  parameter: ParameterId;
  take: 'min' | 'max';
}

export interface DocketRule {
  kind: Docket;
  when: Condition;
  /** Whether the step stays when the matter is an emergency. */
  inEmergency: boolean;
  article: string;
  /** What the step is decided by; their values on the day are written on the docket. */
  parameters: readonly ParameterId[];
  /** Null where no rule sets one. */
  period: Period | null;
}

export interface AttachmentRule {
  kind: AttachmentKind;
  when: Condition;
  article: string;
}

export interface KindProcedure {
  dockets: readonly DocketRule[];
  /** What must be on file before the text goes to review. */
  attachments: readonly AttachmentRule[];
  /** Sections that the drafting note must have, and the article that asks for the note. */
  note: { sections: readonly NoteSection[]; article: string };
  /** The parameter that sets the longest time in force, in years, and that of trial rules; null where no rule sets one. */
  validity: { parameter: 'nrd.validity.GD' } | null;
}

/** The procedure of a place as data: dated, and named in every record that was made under it. */
export interface RulePack {
  id: string;
  /** The day of this edition of the pack. */
  version: IsoDate;
  kinds: Readonly<Record<PolicyKind, KindProcedure>>;
}

const HOLDS: Readonly<Record<Condition, (facts: ProcedureFacts) => boolean>> = {
  always: () => true,
  affects_market: (facts) => facts.affectsMarket,
  technical: (facts) => facts.technical,
  public_risk: (facts) => facts.publicRisk,
  government_issued_market: (facts) => facts.affectsMarket && facts.issuer === 'government',
};

/** The dockets that a policy needs, in order. */
export const docketsFor = (pack: RulePack, kind: PolicyKind, facts: ProcedureFacts): DocketRule[] =>
  pack.kinds[kind].dockets.filter((rule) => HOLDS[rule.when](facts) && (rule.inEmergency || !facts.emergency));

/** The attachments that must be on file before review. */
export const attachmentsFor = (pack: RulePack, kind: PolicyKind, facts: ProcedureFacts): AttachmentRule[] =>
  pack.kinds[kind].attachments.filter((rule) => HOLDS[rule.when](facts));

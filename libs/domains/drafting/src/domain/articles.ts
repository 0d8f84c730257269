import type { PolicyKind } from '@core/policy';

/** Citations of the rules that this room enforces, as they are shown beside a refusal. */
export const ARTICLES = {
  /** Emergencies are dealt with outside the procedure. */
  decisionScope: '《重大行政决策程序暂行条例》第三条',
  /** 决策启动: the organ decides which matters enter the procedure. */
  decisionStart: '《重大行政决策程序暂行条例》第十二条',
  /** Departments whose duties are concerned are consulted in full; what they cannot agree on is put to the organ that decides. */
  decisionDepartments: '《重大行政决策程序暂行条例》第十四条',
  /** What touches the duties of several departments does not go out before they agree (item 4). */
  departmentsAgree: '《党政机关公文处理工作条例》第十六条',
  /** A draft goes out for comment with its explanation. */
  decisionConsultation: '《重大行政决策程序暂行条例》第十五条',
  /** Experts argue professional and technical matters, and sign what they say. */
  expertArgument: '《重大行政决策程序暂行条例》第十九条',
  /** No expert with a direct interest is chosen. */
  expertInterest: '《重大行政决策程序暂行条例》第二十条',
  riskAssessment: '《重大行政决策程序暂行条例》第二十二条',
  /** Departments are heard; the report names risks and measures. */
  riskReport: '《重大行政决策程序暂行条例》第二十三条',
  /** What is not under control is not decided. */
  riskControl: '《重大行政决策程序暂行条例》第二十四条',
  /** A decision that has not passed the legality review is not deliberated. */
  decisionLegality: '《重大行政决策程序暂行条例》第二十五条',
  /** What is handed in for the legality review, and the time that it must be given. */
  decisionLegalityMaterials: '《重大行政决策程序暂行条例》第二十六条',
  /** The review asks whether the steps before it were taken. */
  decisionLegalityScope: '《重大行政决策程序暂行条例》第二十七条',
  /** 常务会议或者全体会议讨论; dissent is recorded. */
  decisionMeeting: '《重大行政决策程序暂行条例》第三十条',
  /** The party committee of the same level is asked before the decision goes out. */
  partyReport: '《重大行政决策程序暂行条例》第三十一条',
  /** Making, approving and issuing normative documents. */
  normative: '国办发〔2018〕37号',
  /** Legality review of normative documents. */
  normativeLegality: '国办发〔2018〕115号',
  /** Purpose, no lesser alternative, an end: all three. */
  competitionException: '《公平竞争审查条例》第十二条',
  /** What the government issues is reviewed by the market regulator, after a first review by the drafters. */
  competitionGovernment: '《公平竞争审查条例》第十四条',
  competitionHearing: '《公平竞争审查条例》第十六条',
  competitionConclusion: '《公平竞争审查条例》第十七条',
  competitionGate: '《公平竞争审查条例》第十八条',
} as const;

/** The article for a step, by the kind of document: major decisions have their own regulation. */
export const planArticle = (kind: PolicyKind): string => (kind === 'major_decision' ? ARTICLES.decisionStart : ARTICLES.normative);
export const materialsArticle = (kind: PolicyKind): string => (kind === 'major_decision' ? ARTICLES.decisionLegalityMaterials : ARTICLES.normativeLegality);
export const circulationArticle = (kind: PolicyKind): string => (kind === 'major_decision' ? ARTICLES.decisionDepartments : ARTICLES.departmentsAgree);
export const meetingArticle = (kind: PolicyKind): string => (kind === 'major_decision' ? ARTICLES.decisionMeeting : ARTICLES.normative);

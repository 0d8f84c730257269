import type { PolicyKind } from '@core/policy';

/** Citations of the rules that this room enforces, as they are shown beside a refusal. */
export const ARTICLES = {
  /** 决策启动: the organ decides which matters enter the procedure. */
  decisionStart: '《重大行政决策程序暂行条例》第十二条',
  /** A draft goes out for comment with its explanation. */
  decisionConsultation: '《重大行政决策程序暂行条例》第十五条',
  /** A decision that has not passed the legality review is not deliberated. */
  decisionLegality: '《重大行政决策程序暂行条例》第二十五条',
  /** What is handed in for the legality review. */
  decisionLegalityMaterials: '《重大行政决策程序暂行条例》第二十六条',
  /** 常务会议或者全体会议讨论; dissent is recorded. */
  decisionMeeting: '《重大行政决策程序暂行条例》第三十条',
  /** Making, approving and issuing normative documents. */
  normative: '国办发〔2018〕37号',
  /** Legality review of normative documents. */
  normativeLegality: '国办发〔2018〕115号',
  fairCompetition: '《公平竞争审查条例》第十二条至第十八条',
} as const;

/** The article for a step, by the kind of document: major decisions have their own regulation. */
export const planArticle = (kind: PolicyKind): string => (kind === 'major_decision' ? ARTICLES.decisionStart : ARTICLES.normative);
export const legalityArticle = (kind: PolicyKind): string => (kind === 'major_decision' ? ARTICLES.decisionLegality : ARTICLES.normativeLegality);
export const materialsArticle = (kind: PolicyKind): string => (kind === 'major_decision' ? ARTICLES.decisionLegalityMaterials : ARTICLES.normativeLegality);
export const meetingArticle = (kind: PolicyKind): string => (kind === 'major_decision' ? ARTICLES.decisionMeeting : ARTICLES.normative);

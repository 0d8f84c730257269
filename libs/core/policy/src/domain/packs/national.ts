import type { DocketRule, KindProcedure, RulePack } from '../procedure';

const MAD = (article: string): string => `《重大行政决策程序暂行条例》第${article}`;
const LEGALITY = '国办发〔2018〕115号';
const MEETING = '国办发〔2018〕37号';

const fairCompetition: DocketRule = {
  kind: 'fair_competition', when: 'affects_market', inEmergency: true, article: '《公平竞争审查条例》第十二条至第十八条', parameters: ['fcr'], period: null,
};

/** Normative documents, and policies that go out without being one: reviewed for legality and competition, and decided by a meeting. */
const documents = (kind: 'normative' | 'other'): KindProcedure => ({
  dockets: [
    { kind: 'legality', when: 'always', inEmergency: true, article: LEGALITY, parameters: ['nrd.legal_review'], period: { parameter: 'nrd.legal_review', take: 'max' } },
    fairCompetition,
    { kind: 'collective_deliberation', when: 'always', inEmergency: true, article: MEETING, parameters: ['nrd.unified'], period: null },
  ],
  attachments: [
    ...(kind === 'normative' ? [
      { kind: 'basis', when: 'always', article: LEGALITY } as const,
      { kind: 'consultation_summary', when: 'always', article: LEGALITY } as const,
    ] : []),
    { kind: 'fair_competition_form', when: 'government_issued_market', article: '《公平竞争审查条例》第十四条' },
  ],
  note: { sections: kind === 'normative' ? ['necessity', 'basis', 'content'] : [], article: LEGALITY },
  validity: null,
});

const decisions: KindProcedure = {
  dockets: [
    { kind: 'expert_argument', when: 'technical', inEmergency: false, article: MAD('十九条'), parameters: ['mad.expert'], period: null },
    { kind: 'risk_assessment', when: 'public_risk', inEmergency: false, article: MAD('二十二条'), parameters: ['mad.risk'], period: null },
    { kind: 'legality', when: 'always', inEmergency: true, article: MAD('二十五条'), parameters: ['mad.legal_review'], period: { parameter: 'mad.legal_review', take: 'min' } },
    fairCompetition,
    { kind: 'collective_deliberation', when: 'always', inEmergency: true, article: MAD('三十条'), parameters: ['mad.meeting'], period: null },
  ],
  attachments: [
    { kind: 'basis', when: 'always', article: MAD('二十六条') },
    { kind: 'procedure_statement', when: 'always', article: MAD('二十六条') },
    { kind: 'consultation_summary', when: 'always', article: MAD('二十九条') },
    { kind: 'risk_report', when: 'public_risk', article: MAD('二十三条') },
    { kind: 'fair_competition_form', when: 'government_issued_market', article: '《公平竞争审查条例》第十四条' },
  ],
  note: { sections: ['necessity', 'basis', 'content'], article: MAD('二十六条') },
  validity: null,
};

/** What State Council rules ask everywhere. */
export const NATIONAL: RulePack = {
  id: 'CN', version: '2026-01-01',
  kinds: { normative_document: documents('normative'), major_decision: decisions, policy_document: documents('other') },
};

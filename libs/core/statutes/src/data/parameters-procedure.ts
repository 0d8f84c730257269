import type { Parameter } from './parameter';

/** GB/T 9704-2012 7.2.5: code of the issuing body, year in 〔〕, sequence without 第 and without leading zeros. */
export const DOCUMENT_NUMBER_PATTERN = '^[\\p{Script=Han}]{1,12}〔20\\d{2}〕[1-9]\\d*号$';

/**
 * Making and deciding: the calendar, normative documents (nrd), document numbers, major administrative decisions (mad),
 * fair-competition review (fcr), interpretation. How `from` was chosen is told in ../../README.md.
 */
export const PROCEDURE_PARAMETERS = [
  {
    id: 'cal', value: { statutory: 11, makeup_workdays: 'annual notice, versioned data', missing_year: 'refuse' }, unit: null,
    source: { zh: '《全国年节及纪念日放假办法》（国务院令第513号、第644号）第二条', en: 'Regulation on Public Holidays for National Annual Festivals and Memorial Days (State Council Decrees 513 and 644), art. 2' },
    from: '2008-01-01', to: '2024-12-31', confidence: 'M',
  },
  {
    id: 'cal', value: { statutory: 13, makeup_workdays: 'annual notice, versioned data', missing_year: 'refuse' }, unit: null,
    source: { zh: '《全国年节及纪念日放假办法》（2024年修订）第二条', en: 'Regulation on Public Holidays for National Annual Festivals and Memorial Days (2024 revision), art. 2' },
    from: '2025-01-01', to: null, confidence: 'S',
  },
  {
    id: 'cal.count_from', value: 'next_day', unit: null,
    source: { zh: '国办公开办函〔2015〕207号', en: 'Letter Guo Ban Gong Kai Ban Han [2015] No. 207' },
    from: '2016-01-01', to: null, confidence: 'M',
  },
  {
    id: 'nrd.legal_review', value: { min: 5, max: 15, skip: ['emergency', 'superior_urgent_order'] }, unit: 'wd',
    source: { zh: '《国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见》（国办发〔2018〕115号）', en: 'Guiding Opinions on the Legality Review of Administrative Normative Documents (Guo Ban Fa [2018] No. 115)' },
    from: '2018-12-04', to: null, confidence: 'M',
  },
  {
    id: 'nrd.consult.market', value: { min: 30, soft: true, adoption_feedback: true }, unit: 'cd',
    source: { zh: '《优化营商环境条例》第六十二条', en: 'Regulation on Optimizing the Business Environment, art. 62' },
    from: '2020-01-01', to: null, confidence: 'S',
  },
  {
    id: 'nrd.consult.other', value: { min: 7 }, unit: 'wd',
    source: { zh: '《市县法治政府建设示范指标体系》（2021年版）第24项', en: 'Indicators for Model Law-based Governments of Cities and Counties (2021), item 24' },
    from: '2022-01-01', to: null, confidence: 'P',
  },
  {
    id: 'nrd.market', value: { fair_competition: true, legal_review: true, adaptation_period: 'record yes/no', unpublished_is_no_basis: true }, unit: null,
    source: { zh: '《优化营商环境条例》第六十三条至第六十五条', en: 'Regulation on Optimizing the Business Environment, arts. 63–65' },
    from: '2020-01-01', to: null, confidence: 'S',
  },
  {
    id: 'nrd.unified', value: ['register', 'number', 'issue'], unit: null,
    source: { zh: '《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）；《广东省行政规范性文件管理规定》（粤府令第277号）', en: 'Notice on the Making and Supervision of Administrative Normative Documents (Guo Ban Fa [2018] No. 37); Guangdong Provisions on Administrative Normative Documents (Decree 277)' },
    from: '2018-05-16', to: null, confidence: 'M',
  },
  {
    id: 'nrd.validity', value: { assess_before_m: 6, on_expiry: 'lapse' }, unit: null,
    source: { zh: '《广东省行政规范性文件管理规定》（粤府令第277号）', en: 'Guangdong Provisions on Administrative Normative Documents (Decree 277)' },
    from: '2021-01-01', to: null, confidence: 'M',
  },
  {
    id: 'nrd.validity.GD', value: { y: 5, trial_y: 3 }, unit: null,
    source: { zh: '《广东省行政规范性文件管理规定》（粤府令第277号）', en: 'Guangdong Provisions on Administrative Normative Documents (Decree 277)' },
    from: '2021-01-01', to: null, confidence: 'M',
  },
  {
    id: 'nrd.validity.SD_司法厅', value: { y: [3, 5], trial_y: [1, 2] }, unit: null,
    source: { zh: '山东省司法厅行政规范性文件管理办法第十一条、第二十三条', en: 'Measures of the Shandong Department of Justice on Administrative Normative Documents, arts. 11 and 23' },
    from: '2021-01-01', to: null, confidence: 'P',
  },
  {
    id: 'nrd.cleanup', value: { every_y: 2 }, unit: null,
    source: { zh: '《国务院关于加强法治政府建设的意见》（国发〔2010〕33号）；各省规定', en: 'Opinions of the State Council on Building a Law-based Government (Guo Fa [2010] No. 33); provincial rules' },
    from: '2010-10-10', to: null, confidence: 'M',
  },
  {
    id: 'nrd.effect_delay', value: { nrd: null, rule: 30, rule_filing: 30 }, unit: 'cd',
    source: { zh: '《规章制定程序条例》第三十二条、第三十四条', en: 'Regulation on Procedures for the Formulation of Rules, arts. 32 and 34' },
    from: '2018-05-01', to: null, confidence: 'S',
  },
  {
    id: 'doc.no', value: { re: DOCUMENT_NUMBER_PATTERN, flags: 'u', uniq: ['tenant', 'code', 'year', 'seq'] }, unit: null,
    source: { zh: '《党政机关公文格式》（GB/T 9704-2012）7.2.5', en: 'Layout for Official Documents of Party and Government Organs (GB/T 9704-2012), 7.2.5' },
    from: '2012-07-01', to: null, confidence: 'M',
  },
  {
    id: 'mad.consult', value: { min: 30, shorten: 'published_reason', national_floor: null }, unit: 'cd',
    source: { zh: '《重大行政决策程序暂行条例》第十五条', en: 'Interim Regulation on the Procedures for Major Administrative Decisions, art. 15' },
    from: '2019-09-01', to: null, confidence: 'S',
  },
  {
    id: 'mad.hearing', value: { materials_delivered_before: 7, participants_published: true, minutes_signed: true }, unit: 'cd',
    source: { zh: '《重大行政决策程序暂行条例》第十六条、第十七条', en: 'Interim Regulation on the Procedures for Major Administrative Decisions, arts. 16–17' },
    from: '2019-09-01', to: null, confidence: 'S',
  },
  {
    id: 'mad.expert', value: { direct_interest: 'ban', opinion_signed: true }, unit: null,
    source: { zh: '《重大行政决策程序暂行条例》第十九条、第二十条', en: 'Interim Regulation on the Procedures for Major Administrative Decisions, arts. 19–20' },
    from: '2019-09-01', to: null, confidence: 'S',
  },
  {
    id: 'mad.risk', value: { uncontrollable: 'block' }, unit: null,
    source: { zh: '《重大行政决策程序暂行条例》第二十四条', en: 'Interim Regulation on the Procedures for Major Administrative Decisions, art. 24' },
    from: '2019-09-01', to: null, confidence: 'S',
  },
  {
    id: 'mad.legal_review', value: { min: 7, unreviewed_or_illegal: 'block', exploratory_reform: 'flag_risk' }, unit: 'wd',
    source: { zh: '《重大行政决策程序暂行条例》第二十五条、第二十六条', en: 'Interim Regulation on the Procedures for Major Administrative Decisions, arts. 25–26' },
    from: '2019-09-01', to: null, confidence: 'S',
  },
  {
    id: 'mad.meeting',
    value: { type: ['常务', '全体'], head_speaks_last: true, dissent_recorded: true, against_majority: 'reason', party_report_before: true, archive: true }, unit: null,
    source: { zh: '《重大行政决策程序暂行条例》第三十条至第三十三条', en: 'Interim Regulation on the Procedures for Major Administrative Decisions, arts. 30–33' },
    from: '2019-09-01', to: null, confidence: 'S',
  },
  {
    id: 'mad.posteval', value: { triggers: ['missed_effect', 'many_opinions', 'organ_decides'], evaluator_not: 'pre-decision main assessor' }, unit: null,
    source: { zh: '《重大行政决策程序暂行条例》第三十六条', en: 'Interim Regulation on the Procedures for Major Administrative Decisions, art. 36' },
    from: '2019-09-01', to: null, confidence: 'S',
  },
  {
    id: 'fcr',
    value: { unreviewed: 'block', gov_issued: 'drafter prelim + 市监', stakeholders_heard: true, exception_needs: ['purpose∈4', 'no_lesser_alternative', 'end_date|termination'] }, unit: null,
    source: { zh: '《公平竞争审查条例》第十二条至第十八条', en: 'Fair Competition Review Regulation, arts. 12–18' },
    from: '2024-08-01', to: null, confidence: 'S',
  },
  {
    id: 'fcr.implementing_rules', value: { order: 99 }, unit: null,
    source: { zh: '《公平竞争审查条例实施办法》（国家市场监督管理总局令第99号）', en: 'Implementing Measures for the Fair Competition Review Regulation (SAMR Order 99)' },
    from: '2025-04-20', to: null, confidence: 'P',
  },
  {
    id: 'interp', value: { plan_and_material_with_draft: 'else reject', publish: 'with document', max: 3 }, unit: 'wd',
    source: { zh: '《〈关于全面推进政务公开工作的意见〉实施细则》（国办发〔2016〕80号）', en: 'Rules Implementing the Opinions on Advancing Government Openness (Guo Ban Fa [2016] No. 80)' },
    from: '2016-11-10', to: null, confidence: 'P',
  },
] as const satisfies readonly Parameter[];

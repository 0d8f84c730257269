import type { OtherPolicyContent } from './other-policy-type';
import { readText } from './text';

/** Policies of the first city in the middle of their reviews: a major decision that is argued and assessed, and a text that was sent back. */
export const reviewedPolicies: readonly OtherPolicyContent[] = [
  {
    key: 'low-altitude', city: '999901', department: 'industry', state: 'reviewing', kind: 'major_decision', affectsMarket: true,
    title: '明川市城区低空物流航线试点方案', titleEn: 'Mingchuan Trial of Low-altitude Delivery Routes',
    summary: '在三条航线开展为期二年的低空物流试点，规定参加条件、飞行和噪声限制、事故报告和终止试点的情形；条件不看注册地和所有制。',
    topics: ['数字经济', '公共安全'], audience: ['物流企业', '居民'],
    text: readText('low-altitude'),
    draftingNote: '城区急救样本和港口小件的地面运输受高峰拥堵影响较大。本方案选择三条航线先行试点，明确安全、噪声和保险要求，并规定风险不可控时终止试点。事项专业性、技术性较强，可能影响公共安全和居民生活，起草部门同时组织专家论证和风险评估。',
    interpretation: null,
    purpose: '本方案拟开通三条低空物流试点航线。航线避开学校和人员密集场所，夜间不飞行。我们想听您说：最担心哪些安全和噪声问题。',
    validYears: 2,
    facts: { technical: true, technicalReason: '', publicRisk: true, publicRiskReason: '', issuer: 'department', emergency: false, emergencyReason: '' },
  },
  {
    key: 'home-services', city: '999901', department: 'labour', state: 'reviewing', kind: 'normative_document', affectsMarket: true,
    title: '明川市家政服务质量提升补助办法', titleEn: 'Mingchuan Measures on Subsidies for Better Home Services',
    summary: '家政服务企业组织岗前培训、为从业人员购买职业保险的给予补助；公平竞争审查已退回，正在修改申请条件。',
    topics: ['就业创业', '便民服务'], audience: ['家政服务企业', '居民'],
    text: readText('home-services'),
    draftingNote: '家政从业人员流动性大、培训和保险不足。本办法对岗前培训和职业保险给予补助，资金在现有就业补助资金中列支，不设许可、不收费用。',
    interpretation: null,
    purpose: '本办法拟对家政服务企业的培训和保险给予补助。补助按人数计算，审核结果公示。我们想听您说：标准和条件是否合适。',
    validYears: 3,
  },
];

import { applications } from './funding-applications';

/** Ten thousand yuan in fen. */
const WAN = 1_000_000;

/** One condition over one fact of the city's register, with the clause of the second text that asks for it. */
export interface ConditionContent {
  fact: 'industry' | 'revenue_fen' | 'premises_in_city' | 'high_tech' | 'rd_percent';
  operator: '=' | '>=' | 'in';
  value: number | boolean | string[];
  clauseId: string;
  label: string;
}

const conditions: ConditionContent[] = [
  {
    fact: 'industry', operator: 'in', clauseId: 'art_18__para_2__item_1', label: '属于支持的六个领域',
    value: ['集成电路', '智能终端与新型显示', '软件和信息技术服务', '工业互联网与物联网', '新型材料及器件', '网络与信息安全'],
  },
  { fact: 'premises_in_city', operator: '=', value: true, clauseId: 'art_18__item_1', label: '在本市有固定的研发、生产或者经营场所' },
  { fact: 'revenue_fen', operator: '>=', value: 2_000 * WAN, clauseId: 'art_18__item_2', label: '上一年度营业收入不低于2000万元' },
  { fact: 'high_tech', operator: '=', value: true, clauseId: 'art_18__para_2__item_2', label: '牵头单位为有效期内的高新技术企业' },
  { fact: 'rd_percent', operator: '>=', value: 3, clauseId: 'art_18__para_2__item_3', label: '上一年度研究开发费用占营业收入的比例不低于3%' },
];

/** The programme and the call under the industry policy; money in fen. */
export const funding = {
  programme: { name: '新一代信息技术关键技术攻关与产业化', nameEn: 'Key Technologies and Their Industrialisation', clauseId: 'art_9' },
  call: {
    title: '明川市新一代信息技术关键技术攻关与产业化项目申报',
    guide: '支持在六个领域突破关键技术并形成产品的项目，按照核定研究开发投入的百分之三十给予资助，单个项目最高三百万元。请通过政务服务平台提交材料；营业执照、纳税、社会保险信息由部门共享，不用提交。方向选错的，工作人员会与您联系，经您同意转入正确方向，提交时间不变。',
    budgetFen: 1_200 * WAN,
    perAwardMaxFen: 300 * WAN,
    /** Calendar days from notice to close: art_20 asks for thirty at least. */
    openDays: 35,
    noticeWorkingDays: 7,
    expertsNeeded: 3,
    divergenceThreshold: 20,
    conditions,
    materials: ['项目申报书', '项目可行性报告', '项目投入明细以及相应的合同、票据', '上一年度财务审计报告', '知识产权或者合作协议等证明材料', '材料真实性、完整性承诺书'],
    /** As in art_28; the weights are the maximum points and add up to 100. */
    criteria: [
      { key: 'k1', label: '技术水平与创新程度', weight: 30 },
      { key: 'k2', label: '产业化前景与带动作用', weight: 30 },
      { key: 'k3', label: '实施方案与资金预算的合理性', weight: 25 },
      { key: 'k4', label: '团队基础与保障条件', weight: 15 },
    ],
  },
  applications,
  objection: {
    /** Who objects, and against which application; both are keys of enterprises. */
    byEnterprise: 'hewu',
    againstEnterprise: 'lanpu',
    text: '明川蓝谱新材料科技有限公司的项目申报书中列有一台高频测试设备。我公司在行业交流中得知，该设备去年已经在另一个技术改造项目中申请过奖补，涉嫌同一投入重复申请，请核查。',
    upheld: false,
    answer: '收到异议后，我局调取了两个项目的投入明细、合同和发票，并到现场核对设备编号。该企业去年申请技术改造奖补的是另一台型号相近的设备，编号、合同和付款凭证均不相同；本次申报的设备以租赁方式取得，只计入项目期内的租金。两个项目不存在同一投入重复申请的情形，异议不成立。感谢监督。如对本答复不服，可以依法申请行政复议。',
  },
} as const;

import type { OpinionContent } from './opinion-type';

const LOCAL_PRODUCTS = '不予采纳。按照《公平竞争审查条例》，奖励不得以产品产地或者供应单位登记注册地为条件；第十一条第二款已作规定。';

/** Opinions that left the text as it was: refused with a reason, or noted. */
export const otherOpinions: readonly OpinionContent[] = [
  {
    key: 'local-first', author: { kind: 'anonymous' }, stance: 'suggest', clauseId: 'art_11', campaign: 'local-products',
    text: '首次应用奖励应当只给采购本市产品的单位，肥水不流外人田。',
    disposition: 'not_adopted', reason: LOCAL_PRODUCTS,
  },
  {
    key: 'local-second', author: { kind: 'anonymous' }, stance: 'suggest', clauseId: 'art_11', campaign: 'local-products',
    text: '首次应用奖励应当只给采购本市产品的单位，财政的钱不要流到外地。',
    disposition: 'not_adopted', reason: LOCAL_PRODUCTS,
  },
  {
    key: 'local-third', author: { kind: 'resident', index: 2 }, stance: 'suggest', clauseId: 'art_11', campaign: 'local-products',
    text: '首次应用奖励应当只给采购本市产品的单位，这样本地企业才能受益。',
    disposition: 'not_adopted', reason: LOCAL_PRODUCTS,
  },
  {
    key: 'high-tech-required', author: { kind: 'enterprise', index: 4 }, stance: 'oppose', clauseId: 'art_18__para_2__item_2',
    text: '要求牵头单位必须是高新技术企业不合理。我公司正在申请认定，还差一项知识产权。建议取消，或者允许先申报、后补证书。',
    disposition: 'not_adopted', reason: '不予采纳。技术攻关资助金额较大、事前拨付，需要以国家统一的认定作为基本门槛；尚未通过认定的企业可以作为参与单位联合申报，也可以申报其他方向。',
  },
  {
    key: 'ratio-fifty', author: { kind: 'enterprise', index: 0 }, stance: 'suggest', clauseId: 'art_9',
    text: '关键技术攻关的资助比例建议由百分之三十提高到百分之五十，最高额提高到一千万元。',
    disposition: 'not_adopted', reason: '不予采纳。提高后同一年度可以支持的项目将明显减少；现行比例是在年度预算总额内兼顾支持力度和受益面确定的。',
  },
  {
    key: 'no-subsidies', author: { kind: 'anonymous' }, stance: 'oppose', clauseId: null,
    text: '反对用纳税人的钱补贴企业。企业好不好应该由市场说了算，钱应该花在学校和医院上。',
    disposition: 'not_adopted', reason: '不予采纳。专项资金用于研究开发等市场投入不足的环节，规模受年度预算控制，不影响教育、医疗支出安排；第四十一条规定每年开展绩效评价并公开结果，请继续监督。',
  },
  {
    key: 'open-hours', author: { kind: 'enterprise', index: 3 }, stance: 'oppose', clauseId: 'art_13__para_2',
    text: '公共平台面向中小企业的服务时间不少于百分之四十，比例偏高，建议降到百分之二十。',
    disposition: 'not_adopted', reason: '不予采纳。平台接受资助是为了面向全行业服务，百分之四十的比例与调研中已建成平台的实际开放水平相当。',
  },
  {
    key: 'expert-names', author: { kind: 'anonymous' }, stance: 'suggest', clauseId: 'art_26',
    text: '抽到了哪些专家，应当在评审之前就公布姓名，让大家监督。',
    disposition: 'not_adopted', reason: '不予采纳。评审前公布姓名容易引发请托，影响独立打分；抽取前固定的名单校验信息和专家编号会公开，任何人都可以复核抽取结果。',
  },
  {
    key: 'group-standards', author: { kind: 'enterprise', index: 2 }, stance: 'suggest', clauseId: 'art_14',
    text: '建议把团体标准也纳入奖励范围。软件领域更新快，国家标准立项周期长，很多有用的东西先在团体标准里出现。',
    disposition: 'not_adopted', reason: '不予采纳。团体标准数量多、质量差异大，目前缺少统一的评价依据；将在有效期内评估时再作研究。',
  },
  {
    key: 'training-rate', author: { kind: 'enterprise', index: 3 }, stance: 'suggest', clauseId: 'art_16',
    text: '实训补贴每人二千元不够覆盖带教成本，建议提高到五千元。',
    disposition: 'not_adopted', reason: '不予采纳。补贴标准已与人力资源社会保障部门的同类培训补贴衔接，单独提高会造成同事不同补。',
  },
  {
    key: 'acceptance-days', author: { kind: 'enterprise', index: 0 }, stance: 'suggest', clauseId: 'art_38',
    text: '验收三十个工作日偏长，建议十五个工作日。',
    disposition: 'not_adopted', reason: '不予采纳。验收包括资料核查、现场核验和专项审计，三十个工作日是上限；实际办理将尽量提前，并公布平均用时。',
  },
  {
    key: 'rerouting-thanks', author: { kind: 'enterprise', index: 1 }, stance: 'support', clauseId: 'art_22__para_2',
    text: '去年我们申请别的项目时选错了类别，整份材料被退回，错过了一年。这次规定可以转入正确的方向、原来的提交时间有效，非常赞成。',
    disposition: 'noted', reason: '感谢支持。申报系统将同步提供转入提示，转入前会征得申报单位同意。',
  },
  {
    key: 'replayable-draw', author: { kind: 'resident', index: 0 }, stance: 'support', clauseId: 'art_26__para_2',
    text: '支持“可以复核重现”。希望说到做到，把计算方法写成普通人看得懂的说明。',
    disposition: 'noted', reason: '感谢支持。抽取方法、名单校验值和计算步骤将随抽取结果一并公开，并附说明。',
  },
  {
    key: 'paperless', author: { kind: 'enterprise', index: 2 }, stance: 'suggest', clauseId: 'art_21',
    text: '希望审计报告可以交电子版，不要再要求盖章的纸质件。',
    disposition: 'noted', reason: '第二十一条规定通过政务服务平台提交，电子审计报告即可受理，不要求纸质件；申报通知中将写明。',
  },
  {
    key: 'publish-use', author: { kind: 'anonymous' }, stance: 'suggest', clauseId: 'art_42',
    text: '钱最后花得怎么样也要公开，不能只公开给了谁。',
    disposition: 'noted', reason: '第四十一条、第四十二条已规定绩效评价结果向社会公开，包括资金使用和目标完成情况。',
  },
  {
    key: 'accessible-training', author: { kind: 'resident', index: 1 }, stance: 'suggest', clauseId: 'art_16',
    text: '我孩子有听力障碍，学的是软件测试，找实习很难。能不能对接收残疾学生的实训基地多给一点补贴？',
    disposition: 'noted', reason: '建议很有价值。残疾人就业另有专门的扶持资金，我局已将建议转市人力资源和社会保障局研究，并将在申报通知中写明可以叠加申请的事项。',
  },
  {
    key: 'whole-enterprise', author: { kind: 'enterprise', index: 0 }, stance: 'support', clauseId: null,
    text: '总体赞成。把原来散落的几份文件合成一份，比例、上限、时限都写清楚了，企业好做预算。',
    disposition: 'noted', reason: '感谢支持。',
  },
  {
    key: 'whole-resident', author: { kind: 'resident', index: 2 }, stance: 'support', clauseId: null,
    text: '支持！',
    disposition: 'noted', reason: '感谢支持。',
  },
];

import type { OpinionContent } from './opinion-type';

const THRESHOLD = '采纳。营业收入门槛由五千万元降至二千万元，研究开发费用占比不低于百分之三的要求保留，用于识别真正投入研发的企业。';

/** Opinions that changed the text, wholly or in part. */
export const adoptedOpinions: readonly OpinionContent[] = [
  {
    key: 'materials-substrates', author: { kind: 'enterprise', index: 1 }, stance: 'suggest', clauseId: 'art_3__item_5',
    text: '第三条第五项只写了显示材料和电子化学品，范围偏窄。\n\n通信设备向高频演进后，高频高速基板和先进封装材料是整机厂最紧缺的部分。我公司去年为下游三家企业供货，验证周期长、单次流片费用高，恰恰最需要支持。如果按照现在的写法，这类项目在细分目录公布之前都不敢立项。\n\n建议改为“新型材料及器件”，并把高频高速基板、先进封装材料列举出来。',
    disposition: 'adopted', reason: '采纳。第三条第五项改为“新型材料及器件”，已列明高频高速基板材料和先进封装材料。', changedClauseId: 'art_3__item_5',
  },
  {
    key: 'materials-components', author: { kind: 'enterprise', index: 4 }, stance: 'suggest', clauseId: 'art_3__item_5',
    text: '物联网设备里的滤波器、传感器件既不算整机也不算材料，六个领域里找不到位置，建议明确归到哪一项。',
    disposition: 'adopted', reason: '采纳。滤波器、传感器件和专用连接器件已列入第三条第五项“新型材料及器件”。', changedClauseId: 'art_3__item_5',
  },
  {
    key: 'registration-two-years', author: { kind: 'enterprise', index: 3 }, stance: 'oppose', clauseId: 'art_18__item_1',
    text: '不同意“在本市登记注册满两年”的条件。\n\n我公司总部登记在外地，生产基地和研发团队都在明川，五百多名员工在本市缴纳社会保险。按照这一条，我们在本市实施的项目一个都不能申报。\n\n《公平竞争审查条例》要求不得以登记注册地等为条件给予差别待遇。扶持的应当是在这里做的事，而不是在这里登的记。建议改为看项目实施地和实际经营场所。',
    disposition: 'adopted', reason: '采纳。已取消登记注册年限和登记注册地要求，改为在本市有固定的研发、生产或者经营场所。', changedClauseId: 'art_18__item_1',
  },
  {
    key: 'registration-newcomers', author: { kind: 'resident', index: 0 }, stance: 'suggest', clauseId: 'art_18__item_1',
    text: '我和同学打算回明川创业。注册要满两年才能申请，等两年技术都过时了。能不能不看注册时间，看项目本身？',
    disposition: 'adopted', reason: '采纳。已取消登记注册满两年的要求；营业收入门槛只适用于技术攻关和技术改造方向，其他方向对初创企业没有此项限制。', changedClauseId: 'art_18__item_1',
  },
  {
    key: 'threshold-software', author: { kind: 'enterprise', index: 2 }, stance: 'oppose', clauseId: 'art_18__item_2', campaign: 'revenue-threshold',
    text: '营业收入不低于五千万元的门槛太高，把大多数中小软件企业挡在门外，建议降到二千万元。',
    disposition: 'adopted', reason: THRESHOLD, changedClauseId: 'art_18__item_2',
  },
  {
    key: 'threshold-iot', author: { kind: 'enterprise', index: 4 }, stance: 'oppose', clauseId: 'art_18__item_2', campaign: 'revenue-threshold',
    text: '营业收入不低于五千万元的门槛太高了，把大多数中小物联网企业挡在门外，建议降到二千万元。',
    disposition: 'adopted', reason: THRESHOLD, changedClauseId: 'art_18__item_2',
  },
  {
    key: 'threshold-anonymous', author: { kind: 'anonymous' }, stance: 'oppose', clauseId: 'art_18__item_2', campaign: 'revenue-threshold',
    text: '营业收入不低于五千万元门槛太高，把大多数中小企业都挡在门外，建议降到二千万元。',
    disposition: 'adopted', reason: THRESHOLD, changedClauseId: 'art_18__item_2',
  },
  {
    key: 'threshold-resident', author: { kind: 'resident', index: 1 }, stance: 'oppose', clauseId: 'art_18__item_2', campaign: 'revenue-threshold',
    text: '营业收入不低于五千万元的门槛太高，会把大多数中小企业挡在门外，建议降到二千万元！',
    disposition: 'adopted', reason: THRESHOLD, changedClauseId: 'art_18__item_2',
  },
  {
    key: 'notice-fifteen', author: { kind: 'anonymous' }, stance: 'suggest', clauseId: 'art_31',
    text: '公示五个工作日太短，赶上出差就错过了。建议十五个工作日。',
    disposition: 'partly', reason: '部分采纳。公示期延长为不少于七个工作日；延长至十五个工作日会使资金到账明显推迟，因此没有全部采纳。', changedClauseId: 'art_31',
  },
  {
    key: 'notice-ten', author: { kind: 'resident', index: 2 }, stance: 'suggest', clauseId: 'art_31',
    text: '公示最好十个工作日，并且在公示页面直接放异议的入口。',
    disposition: 'partly', reason: '部分采纳。公示期延长为不少于七个工作日；公示页面将设置异议入口，属于办理层面的安排，不写入条文。', changedClauseId: 'art_31',
  },
  {
    key: 'payment-seventy', author: { kind: 'enterprise', index: 0 }, stance: 'suggest', clauseId: 'art_34',
    text: '第三十四条规定验收合格后才拨付，等于企业先垫付全部资金。\n\n一个流片项目从立项到验收通常要两年半，期间光罩、封测费用集中发生。中小企业贷款成本高，垫不起。\n\n建议合同生效后先拨付百分之七十，验收后拨付百分之三十，同时约定验收不合格时收回的办法，风险可控。',
    disposition: 'partly', reason: '部分采纳。改为分两期拨付，首期为百分之五十；首期比例过高不利于防范资金风险，因此没有提高到百分之七十。', changedClauseId: 'art_34',
  },
  {
    key: 'payment-instalments', author: { kind: 'enterprise', index: 1 }, stance: 'suggest', clauseId: 'art_34',
    text: '事前资助应当名副其实。建议签订合同后先拨付一部分，验收后再拨付一部分。',
    disposition: 'adopted', reason: '采纳。项目合同生效后三十日内拨付百分之五十，验收合格后三十日内拨付其余部分。', changedClauseId: 'art_34',
  },
];

/** A change that the consultation brought: the words of one clause before and after. */
export interface ClauseRevision {
  /** Clause id in the first version; the numbering stays, so it is the same in the second. */
  clauseId: string;
  summary: string;
  before: string;
  after: string;
}

/** Puts each revision into a text. Throws RangeError where the words before do not stand exactly once. */
export function revise(text: string, revisions: readonly ClauseRevision[]): string {
  return revisions.reduce((revised, { clauseId, before, after }) => {
    if (revised.split(before).length !== 2) throw new RangeError(`${clauseId}: the words before the change must stand exactly once`);
    return revised.replace(before, () => after);
  }, text);
}

/** What changed in the industry policy after its consultation. */
export const changes: readonly ClauseRevision[] = [
  {
    clauseId: 'art_3__item_5',
    summary: '支持领域由“新型材料”扩大为“新型材料及器件”，列明高频基板、先进封装材料、滤波器、传感器件和专用连接器件。',
    before: '新型材料，包括显示材料和电子化学品；',
    after: '新型材料及器件，包括显示材料、电子化学品、高频高速基板材料、先进封装材料，以及滤波器、传感器件和专用连接器件；',
  },
  {
    clauseId: 'art_18__item_1',
    summary: '取消“登记注册满两年”的要求，改为在本市有固定的研发、生产或者经营场所，不限登记注册地和所有制形式。',
    before: '在本市登记注册满两年，具有独立法人资格；',
    after: '依法登记、合法存续，在本市有固定的研发、生产或者经营场所，不限登记注册地和所有制形式；',
  },
  {
    clauseId: 'art_18__item_2',
    summary: '技术攻关和技术改造方向的营业收入门槛由五千万元降至二千万元。',
    before: '上一年度营业收入不低于五千万元；',
    after: '上一年度营业收入不低于二千万元；',
  },
  {
    clauseId: 'art_31',
    summary: '公示期由不少于五个工作日延长为不少于七个工作日。',
    before: '公示期不少于五个工作日。',
    after: '公示期不少于七个工作日。',
  },
  {
    clauseId: 'art_34',
    summary: '事前资助资金由验收后一次性拨付改为合同生效后先拨付百分之五十、验收合格后拨付其余部分。',
    before: '事前资助项目的资金在项目验收合格后一次性拨付。',
    after: '事前资助项目的资金分两期拨付：项目合同生效后三十日内拨付百分之五十；项目验收合格后三十日内拨付其余部分。',
  },
];

import type { PolicyKind } from '@core/policy';
import { DomainError, type IsoDate } from '@platform/kernel';
import type { Indicator } from './indicators';
import type { CampaignSide, SideWeights } from './sides';

/** A set of indicators for a kind of policy, as the library offers it. A new edition is a new entry with its own first day; an old one stays, as campaigns name it. */
export interface LibrarySet {
  kind: PolicyKind;
  edition: number;
  from: IsoDate;
  /** The rule whose contents the set follows; null where no rule names contents and the set is the product's own proposal. */
  source: string | null;
  indicators: readonly Indicator[];
  sideWeights: SideWeights;
}

const ALL: readonly CampaignSide[] = ['department', 'authority', 'enterprises', 'public', 'expert'];
const TRADE: readonly CampaignSide[] = ['department', 'authority', 'expert'];
const USERS: readonly CampaignSide[] = ['enterprises', 'public'];

const indicator = (key: string, name: string, question: string, weight: number, sides: readonly CampaignSide[] = ALL): Indicator => ({ key, name, question, weight, max: 10, sides });

const DOCUMENT: readonly Indicator[] = [
  indicator('lawful', '合法性', '与上位法及现行政策是否一致，有无增加义务或减损权益、妨碍公平竞争的内容？', 15, TRADE),
  indicator('reasonable', '合理性', '条件、标准和程序是否与目的相称，是否公平对待不同对象？', 20),
  indicator('workable', '可操作性', '条款是否清楚，职责、材料和时限是否明确，办得成、办得快？', 20),
  indicator('known', '知晓度', '政策对象是否知道、读懂并用得上这项政策？', 15, USERS),
  indicator('effective', '实效性', '政策的目的实现了多少，带来的变化是否可见？', 30),
];
const DECISION: readonly Indicator[] = [
  indicator('purpose', '结果与目的相符', '实施的结果与决策目的是否相符？', 30),
  indicator('cost', '成本效益', '投入的人力、资金和时间与取得的效益相比是否值得？', 20, TRADE),
  indicator('accepted', '接受程度', '实施对象是否接受、愿意配合？', 20, ['department', 'enterprises', 'public']),
  indicator('fitting', '与经济社会发展相符', '决策是否仍适应当前经济社会发展的情况？', 15),
  indicator('lasting', '影响和长远影响', '已经产生的影响和可以预期的长远影响如何？', 15),
];
const WEIGHTS: SideWeights = { department: 20, authority: 20, enterprises: 30, public: 15, expert: 15 };

export const INDICATOR_LIBRARY: readonly LibrarySet[] = [
  { kind: 'normative_document', edition: 1, from: '2019-09-01', source: null, indicators: DOCUMENT, sideWeights: WEIGHTS },
  // The provincial rule lists what an evaluation after the decision looks at; the national regulation leaves it open.
  { kind: 'major_decision', edition: 1, from: '2019-09-01', source: '参照《山东省重大行政决策程序规定》第五十六条', indicators: DECISION, sideWeights: WEIGHTS },
  { kind: 'policy_document', edition: 1, from: '2019-09-01', source: null, indicators: DOCUMENT, sideWeights: WEIGHTS },
];

export const libraryName = ({ kind, edition }: Pick<LibrarySet, 'kind' | 'edition'>): string => `${kind}@${edition}`;

/** The newest set for a kind on a day. Refuses (`conflict`) a day before the first one. */
export function librarySet(kind: PolicyKind, on: IsoDate): LibrarySet {
  const [newest] = INDICATOR_LIBRARY.filter((one) => one.kind === kind && one.from <= on).sort((a, b) => (a.from < b.from ? 1 : -1));
  if (!newest) throw DomainError.conflict('appraisal:error.noLibrary');
  return newest;
}

import { fictitiousCreditCode } from './credit-codes';
import type { CityCode } from './keys';

/** What the city's register knows of an enterprise. A fact that is absent is not known, which is neither yes nor no. */
export interface EnterpriseFacts {
  industry?: string;
  employees?: number;
  /** Revenue of the year before, in fen. */
  revenue_fen?: number;
  /** Registered in the city, branches included. */
  registered_in_city?: boolean;
  /** Has lasting premises for research, production or business in the city. */
  premises_in_city?: boolean;
  high_tech?: boolean;
  /** Research and development as a share of revenue, in per cent. */
  rd_percent?: number;
  founded_on?: string;
}

export interface EnterpriseContent {
  key: string;
  name: string;
  nameEn: string;
  creditCode: string;
  login: string;
  facts: EnterpriseFacts;
}

type Row = readonly [key: string, name: string, nameEn: string, facts: EnterpriseFacts];

/** Ten thousand yuan in fen, as Chinese accounts are read. */
const WAN = 1_000_000;

const MINGCHUAN: readonly Row[] = [
  ['qiheng', '明川启衡微电子有限公司', 'Mingchuan Qiheng Microelectronics', { industry: '集成电路', employees: 312, revenue_fen: 18_600 * WAN, registered_in_city: true, premises_in_city: true, high_tech: true, rd_percent: 9.4, founded_on: '2014-05-20' }],
  ['lanpu', '明川蓝谱新材料科技有限公司', 'Mingchuan Lanpu Advanced Materials', { industry: '新型材料及器件', employees: 96, revenue_fen: 4_350 * WAN, registered_in_city: true, premises_in_city: true, high_tech: true, rd_percent: 7.8, founded_on: '2018-09-03' }],
  ['zhiyun', '明川织云工业软件有限公司', 'Mingchuan Zhiyun Industrial Software', { industry: '软件和信息技术服务', employees: 74, revenue_fen: 2_180 * WAN, registered_in_city: true, premises_in_city: true, high_tech: true, rd_percent: 21.5, founded_on: '2019-03-11' }],
  ['yuandu', '远渡智能终端（明川）有限公司', 'Yuandu Smart Devices (Mingchuan)', { industry: '智能终端与新型显示', employees: 540, revenue_fen: 42_700 * WAN, registered_in_city: false, premises_in_city: true, high_tech: true, founded_on: '2021-11-08' }],
  ['hewu', '明川禾物物联网技术有限公司', 'Mingchuan Hewu Internet of Things', { industry: '工业互联网与物联网', employees: 38, revenue_fen: 2_640 * WAN, registered_in_city: true, premises_in_city: true, high_tech: false, rd_percent: 5.2, founded_on: '2020-06-15' }],
  ['bailu', '明川白鹭餐饮管理有限公司', 'Mingchuan Bailu Catering Management', { industry: '餐饮', employees: 126, registered_in_city: true, premises_in_city: true }],
];

const CHENGHU: readonly Row[] = [
  ['jingbo', '澄湖镜波光电有限公司', 'Chenghu Jingbo Optoelectronics', { industry: '智能终端与新型显示', employees: 205, revenue_fen: 9_870 * WAN, registered_in_city: true, premises_in_city: true, high_tech: true, rd_percent: 6.1, founded_on: '2015-04-27' }],
  ['fanxing', '澄湖帆行旅游服务有限公司', 'Chenghu Fanxing Travel Services', { industry: '旅游', employees: 58, revenue_fen: 1_320 * WAN, registered_in_city: true, premises_in_city: true, high_tech: false, founded_on: '2017-07-19' }],
  ['daoxiang', '澄湖稻香食品有限公司', 'Chenghu Daoxiang Foods', { industry: '食品制造', employees: 183, revenue_fen: 7_450 * WAN, registered_in_city: true, premises_in_city: true, founded_on: '2009-10-12' }],
  ['shulian', '澄湖数联商贸有限公司', 'Chenghu Shulian Trading', { industry: '批发零售', employees: 12, revenue_fen: 360 * WAN, registered_in_city: true, high_tech: false, founded_on: '2022-02-28' }],
  ['zhuxi', '澄湖筑溪建筑设计有限公司', 'Chenghu Zhuxi Architecture', { industry: '专业技术服务', employees: 45, registered_in_city: true, premises_in_city: true, high_tech: false, rd_percent: 3.3, founded_on: '2016-12-06' }],
  ['qingfan', '澄湖青帆软件有限公司', 'Chenghu Qingfan Software', { industry: '软件和信息技术服务', employees: 67, revenue_fen: 2_910 * WAN, registered_in_city: true, premises_in_city: true, high_tech: true, rd_percent: 17.6, founded_on: '2018-08-21' }],
];

const enterprises = (region: CityCode, rows: readonly Row[]): EnterpriseContent[] => rows.map(([key, name, nameEn, facts], at) => ({
  key, name, nameEn, facts, creditCode: fictitiousCreditCode('91', region, at + 1), login: `enterprise${at + 1}`,
}));

/** Six fictitious enterprises a city; in the first city one misses a single condition of the call, and one has a fact that nobody knows. */
export const ENTERPRISES: Readonly<Record<CityCode, readonly EnterpriseContent[]>> = {
  '999901': enterprises('999901', MINGCHUAN),
  '999902': enterprises('999902', CHENGHU),
};

import { fictitiousCreditCode } from './credit-codes';
import type { EnterpriseFacts } from './enterprises';
import type { CityCode } from './keys';

/** An enterprise that the city's register knows and that has no account. */
export interface RegisteredEnterprise {
  name: string;
  creditCode: string;
  facts: EnterpriseFacts;
}

const TRADES = ['集成电路', '新型材料及器件', '软件和信息技术服务', '智能终端与新型显示', '工业互联网与物联网', '专业技术服务'] as const;
const NAMES = [
  '澄芯', '恒川', '启明岭', '望舒', '青禾', '朗润', '云柏', '景行', '方圆里', '海棠湾', '一诺', '新桥', '南屿', '白塔', '松涛', '竹间', '晴川', '远山', '明澈', '长风', '天目溪', '知秋', '问渠', '归田',
  '石榴园', '双井', '合欢', '听雨', '平湖', '星野', '溪口', '北辰里', '繁露', '橘洲', '小满', '惊蛰', '谷雨', '霜降', '立夏', '清和', '素问', '墨白', '鹿鸣', '采薇', '甘棠', '蒹葭', '木瓜', '桃夭',
] as const;
/** Employees by turn: a few large ones, many small. */
const EMPLOYEES = [8, 45, 15, 120, 62, 340, 12, 210, 28, 480, 90, 1250] as const;
/** Serials of the enterprises with accounts come before. */
const FIRST_SERIAL = 101;

/** Forty-eight more fictitious enterprises of the first city, so that there is something to draw a sample from. */
export const ENTERPRISE_REGISTER: Readonly<Partial<Record<CityCode, readonly RegisteredEnterprise[]>>> = {
  '999901': NAMES.map((name, at) => {
    const industry = TRADES[at % TRADES.length] ?? '专业技术服务';
    return {
      name: `明川${name}${{ 集成电路: '微电子', 新型材料及器件: '材料', 软件和信息技术服务: '软件', 智能终端与新型显示: '显示技术', 工业互联网与物联网: '物联网', 专业技术服务: '技术服务' }[industry]}有限公司`,
      creditCode: fictitiousCreditCode('91', '999901', FIRST_SERIAL + at),
      facts: { industry, employees: EMPLOYEES[at % EMPLOYEES.length] ?? 0, registered_in_city: true, high_tech: at % 3 !== 0 },
    };
  }),
};

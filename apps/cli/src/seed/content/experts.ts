import { fictitiousCreditCode } from './credit-codes';
import { ENTERPRISES } from './enterprises';
import type { CityCode } from './keys';

export interface ExpertContent {
  /** The number in the city's pool, under which a draw is published. */
  code: string;
  name: string;
  login: string;
  field: string;
  title: string;
  employerName: string;
  /** Unified social credit code of the employer, by which recusals are found. */
  employerCode: string;
}

type Row = readonly [field: string, title: string, employer: string];

/** The last of these is employed by an enterprise of the city, so that a draw has somebody to leave out. */
const ROWS: readonly Row[] = [
  ['集成电路', '教授', '理工学院'],
  ['集成电路', '正高级工程师', '微电子研究所'],
  ['新型材料', '研究员', '材料研究所'],
  ['新型材料', '教授', '理工学院'],
  ['软件', '教授级高级工程师', '软件行业协会'],
  ['物联网', '副教授', '职业技术大学'],
  ['财务', '正高级会计师', '会计学会'],
  ['产业经济', '研究员', '产业发展研究院'],
  ['智能终端', '高级工程师', 'enterprise'],
];
const ASSOCIATIONS = ['软件行业协会', '会计学会'];

/** Name and login come from the city, which gives out its people's names. */
function experts(region: CityCode, city: string, prefix: string): Omit<ExpertContent, 'name' | 'login'>[] {
  const institutions = [...new Set(ROWS.map(([, , employer]) => employer))];
  const [firm] = ENTERPRISES[region];
  return ROWS.map(([field, title, employer], at) => {
    const ownFirm = employer === 'enterprise' && firm !== undefined;
    const kind = ASSOCIATIONS.includes(employer) ? '51' : '12';
    return {
      code: `${prefix}-E${String(at + 1).padStart(2, '0')}`, field, title,
      employerName: ownFirm ? firm.name : `${city}${employer}`,
      employerCode: ownFirm ? firm.creditCode : fictitiousCreditCode(kind, region, 101 + institutions.indexOf(employer)),
    };
  });
}

/** Nine fictitious experts a city. */
export const EXPERTS: Readonly<Record<CityCode, readonly Omit<ExpertContent, 'name' | 'login'>[]>> = {
  '999901': experts('999901', '明川市', 'MC'),
  '999902': experts('999902', '澄湖市', 'CH'),
};

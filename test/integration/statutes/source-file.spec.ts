import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mayBlock, type Parameter, type ParameterValue, PARAMETERS } from '@core/statutes';
import { describeWithRealInputs } from '../../support/capabilities';

interface Listed {
  id: string;
  v: ParameterValue;
  src: string;
  c: string;
}

const LIBRARY: readonly Parameter[] = PARAMETERS;

/** Parameters of the library that are part of one of the file, split off as their source or its confidence is another; the figures that went with them. */
const SPLIT: Readonly<Record<string, readonly string[]>> = {
  'cal.count_from': ['count_from'], 'nrd.validity.GD': ['GD'], 'nrd.validity.SD_司法厅': ['SD_司法厅'], 'fcr.implementing_rules': [], 'foi.annual.check': ['check'],
  'fund.publicity.analogy': ['analogy_floor'], 'a11y.standards': ['std'], 'layout.page': ['top', 'left', 'tol', 'body', 'lines', 'chars', 'font'], 'mlps3.logs': ['logs_m'],
  'mlps3.defaults': ['lockout_n', 'idle_min', 'rotate_d'], 'pi.network_data': ['share_record_y', 'flaw_report_h'], 'pi.statutory_duty': [],
};

/** What the library says that the file does not: the rule before the one of the file. */
const BEFORE = [{ id: 'cal', from: '2008-01-01', to: '2024-12-31' }];

/** What is told by a word in the file and by a figure here: "§13 statutory-duty exemption", "市监总局令99", "tenant: 5". */
const IN_WORDS: Readonly<Record<string, ParameterValue>> = { 'pi.statutory_duty': { consent_needed: false }, 'fcr.implementing_rules': { order: 99 } };

type Figures = Readonly<Record<string, ParameterValue>>;
const isFigures = (value: ParameterValue): value is Figures => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A key of the file without its unit, which the library keeps beside the value: `wd_min`, `ext_wd_max`, `rule_规章_cd`. */
const bare = (key: string): string => key.replace('_规章', '').replace(/_?\b(?:wd|cd)_|_(?:wd|cd)(?=_|$)/g, (found) => (found.startsWith('_') && found.endsWith('_') ? '_' : '')).replace(/^(?:wd|cd)$/, 'days');

/** The units that the keys of the file name. */
const unitsIn = (value: ParameterValue): string[] => (isFigures(value) ? Object.keys(value).flatMap((key) => /(?:^|_)(wd|cd)(?:_|$)/.exec(key)?.[1] ?? []) : []);

/** A value of the file in the library's shape: keys without units, a range as its ends, a default that a tenant may change as its figure. */
function shaped(value: Figures): Figures {
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]): [string, ParameterValue][] => {
    if (key === 'wd' && Array.isArray(item)) return [['min', item[0] as number], ['max', item[1] as number]];
    if (item === 'tenant param, default null') return [[bare(key), null]];
    const tenant = typeof item === 'string' ? /^tenant(?:; default |:)(\d+)$/.exec(item) : null;
    if (tenant) return [[bare(key), Number(tenant[1])], ['set_by', 'tenant']];
    return [[key === 'analogy_floor' ? 'floor' : bare(key), item]];
  }));
}

/** What the file says of one parameter of the library. */
function expected({ id }: Parameter, listed: Listed): ParameterValue {
  if (IN_WORDS[id]) return IN_WORDS[id];
  const { v } = listed;
  if (!isFigures(v)) return v;
  const own = SPLIT[id];
  const elsewhere = new Set(Object.entries(SPLIT).flatMap(([name, keys]) => (name.startsWith(`${listed.id}.`) && name !== id ? keys : [])));
  const chosen = Object.fromEntries(Object.entries(v).filter(([key]) => (own ? own.includes(key) : !elsewhere.has(key))));
  // One figure alone is its value; a province's figures are a map of their own.
  const [only] = Object.values(chosen);
  if (own?.length === 1 && only !== undefined && (isFigures(only) || Array.isArray(only) || typeof only === 'string') && id !== 'fund.publicity.analogy') return isFigures(only) ? shaped(only) : only;
  return shaped(chosen);
}

const DIGITS = '零一二三四五六七八九';
const chinese = (n: number): string => {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return `${tens > 1 ? DIGITS[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 || tens === 0 ? DIGITS[ones] : ''}`;
};

/** Short names of the file and what they are cited as. */
const NAMES: Readonly<Record<string, string>> = {
  '711': '政府信息公开条例', '713': '重大行政决策程序暂行条例', '783': '公平竞争审查条例', 优化营商环境条例: '优化营商环境条例', 政采条例: '政府采购法实施条例', 规章制定程序条例: '规章制定程序条例',
  村委会组织法: '村民委员会组织法', 无障碍环境建设法: '无障碍环境建设法', PIPL: '个人信息保护法', 网数条例: '网络数据安全管理条例', '网安法(2016)': '网络安全法', '放假办法(2024)': '全国年节及纪念日放假办法',
  山东省司法厅办法: '山东省司法厅行政规范性文件管理办法', '国办函〔2020〕109号': '国办函〔2020〕109号', '中财工〔2021〕11号': '中财工〔2021〕11号',
};

describeWithRealInputs('the file of statutory parameters', () => {
  const file = path.join(process.env.TEST_REAL_INPUTS ?? '', '../rules/statutes.json');
  const listed: Listed[] = process.env.TEST_REAL_INPUTS ? (JSON.parse(readFileSync(file, 'utf8')) as Listed[]) : [];
  const partsOf = ({ id }: Listed): Parameter[] => LIBRARY.filter((one) => one.id === id || (one.id in SPLIT && one.id.startsWith(`${id}.`)));
  const newest = (parts: Parameter[]): Parameter[] => parts.filter((one) => !BEFORE.some((old) => old.id === one.id && old.from === one.from));

  test('has every parameter in the library, and the library has none that is not in it', () => {
    expect(listed.length).toBeGreaterThan(30);
    expect(listed.filter((one) => !LIBRARY.some(({ id }) => id === one.id)).map(({ id }) => id)).toEqual([]);
    const known = new Set([...listed.map(({ id }) => id), ...Object.keys(SPLIT)]);
    expect(LIBRARY.filter(({ id }) => !known.has(id)).map(({ id }) => id)).toEqual([]);
    expect(Object.keys(SPLIT).filter((id) => !LIBRARY.some((one) => one.id === id))).toEqual([]);
  });

  test('says of each what the library says, figure for figure, and no figure is in one alone', () => {
    for (const one of listed) {
      for (const part of newest(partsOf(one))) {
        expect([part.id, part.value]).toEqual([part.id, expected(part, one)]);
      }
    }
  });

  test('counts in the units that the library counts in', () => {
    for (const one of listed) {
      const units = new Set(unitsIn(one.v));
      expect([one.id, [...units]]).toEqual([one.id, [...new Set(partsOf(one).flatMap(({ unit }) => unit ?? []))]]);
    }
  });

  test('cites what the library cites: every act with its articles, every number of a document', () => {
    for (const one of listed) {
      const cited = partsOf(one).map(({ source }) => source.zh).join('\n');
      for (const part of one.src.split(/;\s*/)) {
        const name = Object.keys(NAMES).find((short) => part.startsWith(short));
        if (name) expect([one.id, part, cited.includes(NAMES[name] ?? '')]).toEqual([one.id, part, true]);
        for (const number of part.match(/[\p{Script=Han}]+〔\d{4}〕\d+号/gu) ?? []) expect([one.id, number, cited.includes(number)]).toEqual([one.id, number, true]);
        for (const standard of part.match(/GB\/T [\d-]+/g) ?? []) expect([one.id, standard, cited.includes(standard)]).toEqual([one.id, standard, true]);
        for (const [, articles = ''] of part.matchAll(/§([\d,-]+)/g)) {
          const numbers = articles.split(/[,-]/).map(Number);
          for (const n of numbers) expect([one.id, n, cited.includes(`第${chinese(n)}条`)]).toEqual([one.id, n, true]);
        }
      }
    }
  });

  test('vouches for each as the library does, and what it only remembers blocks nothing', () => {
    for (const one of listed) {
      const parts = newest(partsOf(one));
      const [main = ''] = one.c.split(';');
      if (/^[SPM]$/.test(one.c)) expect([one.id, parts.map(({ confidence }) => confidence)]).toEqual([one.id, parts.map(() => one.c)]);
      // Where the file vouches for parts in their own ways, the library has no better grade than it names, and has its weakest.
      else {
        const grades = [...one.c.matchAll(/\b[SPM]\b/g)].map(([grade]) => grade);
        expect([one.id, parts.every(({ confidence }) => confidence === 'M' || grades.includes(confidence))]).toEqual([one.id, true]);
        const weakest = ['M', 'P', 'S'].find((grade) => grades.includes(grade));
        expect([one.id, weakest, parts.some(({ confidence }) => confidence === weakest)]).toEqual([one.id, weakest, true]);
      }
      if (main.trim() === 'M') expect(parts.some(mayBlock)).toBe(false);
    }
  });

  test('names days on which rules begin, and the library begins on them', () => {
    const days = listed.flatMap((one) => [...one.src.matchAll(/(\d+)\((\d{4}-\d{2}-\d{2})\)/g)].map((match) => [one, match[2]] as const));
    expect(days.length).toBeGreaterThan(0);
    for (const [one, day] of days) expect(partsOf(one).map(({ from }) => from)).toContain(day);
    for (const { id, from, to } of LIBRARY) expect([id, /^\d{4}-\d{2}-\d{2}$/.test(from), to === null || BEFORE.some((old) => old.id === id && old.to === to)]).toEqual([id, true, true]);
  });
});

const HAN = '〇一二三四五六七八九';
const LEGAL = '零壹贰叁肆伍陆柒捌玖';
const STEMS = '甲乙丙丁戊己庚辛壬癸';
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥';
const ROMAN = [[1000, 'm'], [900, 'cm'], [500, 'd'], [400, 'cd'], [100, 'c'], [90, 'xc'], [50, 'l'], [40, 'xl'], [10, 'x'], [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i']] as const;

type Format = (n: number) => string;

const digitsOf = (digits: string): Format => (n) => String(n).replace(/[0-9]/g, (d) => digits[Number(d)] ?? d);
const cycle = (signs: string): Format => (n) => signs[(n - 1) % signs.length] ?? String(n);
/** A sign of Unicode for each of the first numbers; the others stand as digits. */
const signs = (first: number, count: number): Format => (n) => (n >= 1 && n <= count ? String.fromCodePoint(first + n - 1) : String(n));
const letters: Format = (n) => String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.ceil(n / 26));

function roman(n: number): string {
  let rest = n;
  let text = '';
  for (const [value, sign] of ROMAN) for (; rest >= value && text.length < 40; rest -= value) text += sign;
  return text;
}

/** 一百零三, with the units given; `ten` is 10 to 19 without its 一. */
function counting(digits: string, units: string, ten: boolean): Format {
  return (n) => {
    if (n > 9999) return digitsOf(digits)(n);
    let text = '';
    let gap = false;
    for (const [at, digit] of [...String(n)].entries()) {
      const place = String(n).length - 1 - at;
      if (digit === '0') gap = text !== '';
      else {
        text += `${gap ? '零' : ''}${digits[Number(digit)] ?? ''}${place > 0 ? (units[place - 1] ?? '') : ''}`;
        gap = false;
      }
    }
    return ten && n >= 10 && n < 20 ? text.slice(1) : text;
  };
}

/** 一 to 九十九 in words, beyond that digit by digit. */
const upToHundred: Format = (n) => (n < 100 ? counting(HAN, '十百千', true)(n) : digitsOf('○一二三四五六七八九')(n));
const inThousands = counting(HAN, '十百千', true);
const circled: Format = (n) => (n <= 20 ? signs(0x2460, 20)(n) : n <= 35 ? String.fromCodePoint(0x3251 + n - 21) : n <= 50 ? String.fromCodePoint(0x32b1 + n - 36) : String(n));

/** The formats of `ST_NumberFormat` (ECMA-376 part 1, 17.18.59) that Chinese documents use. */
const FORMATS: Readonly<Record<string, Format>> = {
  decimal: String,
  decimalHalfWidth: String,
  decimalZero: (n) => String(n).padStart(2, '0'),
  decimalFullWidth: digitsOf('０１２３４５６７８９'),
  decimalFullWidth2: digitsOf('０１２３４５６７８９'),
  decimalEnclosedCircle: circled,
  decimalEnclosedCircleChinese: circled,
  decimalEnclosedFullstop: signs(0x2488, 20),
  decimalEnclosedParen: signs(0x2474, 20),
  numberInDash: (n) => `- ${n} -`,
  upperLetter: (n) => letters(n).toUpperCase(),
  lowerLetter: letters,
  upperRoman: (n) => roman(n).toUpperCase(),
  lowerRoman: roman,
  chineseCounting: upToHundred,
  taiwaneseCounting: upToHundred,
  chineseCountingThousand: inThousands,
  taiwaneseCountingThousand: inThousands,
  japaneseCounting: inThousands,
  chineseLegalSimplified: counting(LEGAL, '拾佰仟', false),
  ideographLegalTraditional: counting('零壹貳參肆伍陸柒捌玖', '拾佰仟', false),
  ideographDigital: digitsOf(HAN),
  japaneseDigitalTenThousand: digitsOf(HAN),
  taiwaneseDigital: digitsOf('○一二三四五六七八九'),
  ideographTraditional: cycle(STEMS),
  ideographZodiac: cycle(BRANCHES),
  ideographZodiacTraditional: (n) => `${cycle(STEMS)(n)}${cycle(BRANCHES)(n)}`,
  ideographEnclosedCircle: signs(0x3280, 10),
  ideographParenthesized: signs(0x3220, 10),
  none: () => '',
};

/** Whether numbers of a format are written as Word writes them; others stand as digits. */
export const isKnownFormat = (format: string): boolean => Object.hasOwn(FORMATS, format);

/** A number as Word writes it in a format; zero and less stand as digits in all of them. */
export function formatNumber(n: number, format: string): string {
  const write = isKnownFormat(format) ? FORMATS[format] : undefined;
  return !write || (n < 1 && format !== 'none') ? String(n) : write(n);
}

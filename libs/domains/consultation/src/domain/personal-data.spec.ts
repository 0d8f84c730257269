import fc from 'fast-check';
import { identityCheck, luhnHolds, maskPersonal, personalData, type PersonalKind } from './personal-data';

const DIGIT = fc.integer({ min: 0, max: 9 }).map(String);
const run = (length: number): fc.Arbitrary<string> => fc.array(DIGIT, { minLength: length, maxLength: length }).map((all) => all.join(''));
const pad = (n: number): string => String(n).padStart(2, '0');

const phone = fc.tuple(fc.constantFrom(...'3456789'), run(9)).map(([second, rest]) => `1${second}${rest}`);
const birth = fc.tuple(fc.integer({ min: 1930, max: 2015 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })).map(([y, m, d]) => `${y}${pad(m)}${pad(d)}`);
const identity = fc.tuple(fc.constantFrom('110105', '330106', '440304', '510107', '620102'), birth, run(3)).map(([place, born, seq]) => place + born + seq + identityCheck(place + born + seq));
const card = fc.tuple(fc.constantFrom('6222', '6217', '4512', '5187', '9558'), fc.constantFrom(11, 14), fc.infiniteStream(DIGIT)).map(([bank, more, stream]) => {
  const first = bank + [...stream.take(more)].join('');
  return [...'0123456789'].map((check) => first + check).find(luhnHolds) ?? '';
});
const email = fc.tuple(fc.stringMatching(/^[a-z][a-z0-9._]{0,20}[a-z0-9]$/), fc.constantFrom('example.com', 'mail.example.org.cn')).map(([user, host]) => `${user}@${host}`);
const around = fc.constantFrom(['请联系', '，谢谢。'], ['', ''], ['（', '）'], ['电话：', '\n第二行'], ['Please call ', '.'], ['我是𠮷田，', '　']) as fc.Arbitrary<[string, string]>;

describe.each([
  ['phone', phone, /^1\d{2}\*{4}\d{4}$/], ['identity', identity, /^\d{3}\*{13}\d[\dX]$/], ['card', card, /^\d{4}\*{8,11}\d{4}$/], ['email', email, /^[a-z]\*{3}@/],
] as [PersonalKind, fc.Arbitrary<string>, RegExp][])('a %s', (kind, numbers, shape) => {
  it('is found where it stands and masked, whatever stands around it', () => {
    fc.assert(fc.property(numbers, around, (number, [before, after]) => {
      const text = before + number + after;
      expect(personalData(text)).toEqual([{ kind, start: before.length, end: before.length + number.length, masked: expect.stringMatching(shape) }]);
      const masked = maskPersonal(text);
      expect(masked).not.toContain(number);
      expect(masked.startsWith(before) && masked.endsWith(after)).toBe(true);
      expect(maskPersonal(masked)).toBe(masked);
    }), { numRuns: 300 });
  });

  it('is found in full-width letters too', () => {
    fc.assert(fc.property(numbers, (number) => {
      const wide = number.replace(/[!-~]/g, (narrow) => String.fromCharCode(narrow.charCodeAt(0) + 0xfee0));
      expect(maskPersonal(`见${wide}。`)).toBe(`见${maskPersonal(number)}。`);
    }));
  });
});

it.each([
  ['138 1234 5678', '138****5678'], ['138-1234-5678', '138****5678'], ['+86 13812345678', '138****5678'], ['8613812345678', '138****5678'], ['tel13812345678', 'tel138****5678'],
  ['13812345678号码', '138****5678号码'], ['6222 0212 3456 7894', '6222********7894'], ['13812345678@example.com', '1***@example.com'],
  ['电话13812345678、13987654321', '电话138****5678、139****4321'],
])('%p becomes %p', (text, masked) => {
  expect(maskPersonal(text)).toBe(masked);
});

it.each([
  ['文号', '云产规〔2026〕12号'], ['合同编号', 'HT13812345678'], ['第…号', '第13812345678号文件'], ['单号', '订单13812345678号'], ['金额', '共13812345678元'], ['金额（万元）', '13812345678 万元'],
  ['带小数的金额', '13812345678.50'], ['人民币符号', '¥13812345678'], ['千分位', '13,812,345,678'], ['日期', '2026年3月1日至20260331'], ['时间戳', '20260301121314000'],
  ['更长的数', '138123456789'], ['更短的数', '1381234567'], ['不是号段', '12812345678'], ['座机', '0571-86888888'], ['回执号', 'YJ20260901-7K3M9QXT'],
  ['校验位不对的身份证号', '110105199001011230'], ['没有这一天', '110105199002301236'], ['没有这个地区', '000105199001011236'], ['统一社会信用代码', '91330100MA27W5XW3K'],
  ['校验位不对的卡号', '6222021234567890'], ['都是同一个数字', '6666666666666666'], ['项目代码', '2604-330106-04-01-123456'], ['网址', 'https://example.com/a@b'], ['at', '单价@3.5元'],
])('a %s is left as it is', (_name, text) => {
  expect(personalData(text)).toEqual([]);
  expect(maskPersonal(text)).toBe(text);
});

it('finds of the identity numbers with one digit changed none but those that are right again', () => {
  fc.assert(fc.property(identity, fc.nat({ max: 16 }), fc.integer({ min: 1, max: 9 }), (number, at, step) => {
    const changed = number.slice(0, at) + String((Number(number.charAt(at)) + step) % 10) + number.slice(at + 1);
    // One changed digit never keeps the check character (ISO 7064).
    expect(personalData(`号 ${changed} 。`).filter(({ kind }) => kind === 'identity')).toEqual([]);
  }));
});

it('loses no character of any text, and what is long is done at once', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
    const items = personalData(text);
    expect(items.every(({ start, end }, at) => start < end && start >= (items[at - 1]?.end ?? 0) && end <= text.length)).toBe(true);
    if (items.length === 0) expect(maskPersonal(text)).toBe(text);
  }));
  for (const letter of ['1', 'a', 'a.', '1 ', '138-', '@', 'a@', '\uFF11']) expect(typeof maskPersonal(letter.repeat(5000))).toBe('string');
});

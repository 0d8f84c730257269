import { normalise, ownWords, placedSigns } from './normalise';

describe('normalise', () => {
  it.each([
    ['我 建议，延长\n期限！', '我建议延长期限'],
    ['ＡＢＣ　１２３', 'abc123'],
    ['Don’t cut Bus 7!', 'dontcutbus7'],
    ['ｶﾞｿﾘﾝ', 'ガソリン'],
    ['cafe\u0301', 'café'],
    ['a\u200bb\u202ec', 'abc'],
    ['हिन्दी', 'हिन्दी'],
    [' 👍👍 ', '👍👍'],
    ['！！！', '!!!'],
    [' \n\u3000', ''],
    ['\ud800坏', '坏'],
  ])('%j becomes %j', (text, normal) => {
    expect(normalise(text)).toBe(normal);
    expect(normalise(normal)).toBe(normal);
  });

  it('keeps traditional and simplified characters apart', () => {
    expect(normalise('電動車')).not.toBe(normalise('电动车'));
  });
});

describe('ownWords', () => {
  it('leaves out a longer quotation, and keeps names and what would leave nothing', () => {
    expect(ownWords('草案写道“停车泊位实行分区分时计费，夜间另行确定”，我认为夜间应当免费才合理。')).toBe('草案写道我认为夜间应当免费才合理');
    expect(ownWords('请把“夜间停车”四个字写清楚，不然各区做法不一样。')).toContain('夜间停车');
    expect(ownWords('“停车泊位实行分区分时计费，夜间另行确定”同意')).toBe('停车泊位实行分区分时计费夜间另行确定同意');
  });
});

it('knows where each compared character stands', () => {
  const text = 'Ａ，ｶﾞ㎞。👍坏';
  const signs = [...placedSigns(text)];
  expect(signs.map(({ sign }) => sign).join('')).toBe(normalise(text));
  expect(signs.map(({ from, to }) => text.slice(from, to))).toEqual(['Ａ', 'ｶﾞ', '㎞', '㎞', '坏']);
});

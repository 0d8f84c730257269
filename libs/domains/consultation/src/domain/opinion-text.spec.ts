import fc from 'fast-check';
import { cleanText, maskedName, requiredText, sentences } from './opinion-text';

const anyText = fc.string({ unit: fc.oneof(fc.constantFrom('\u0000', '\ud800', '\udfff', '\u202e', '\u2066', '\u0007', '\r', '\n', '\ufeff', 'é', '字', '𠮷'), fc.string({ unit: 'binary', maxLength: 1 })) });

describe('a text from outside', () => {
  it('is either refused or harmless, and cleaning it again changes nothing', () => {
    fc.assert(fc.property(anyText, (input) => {
      let text: string;
      try {
        text = cleanText(input, 'text');
      } catch (error) {
        expect(error).toMatchObject({ key: 'consultation:error.notText', details: { fields: [{ field: 'text', key: 'consultation:error.notText' }] } });
        expect(/\u0000|\p{Surrogate}/u.test(input)).toBe(true);
        return;
      }
      expect(text).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Surrogate}/u);
      expect(text).toBe(text.normalize('NFC'));
      expect(cleanText(text, 'text')).toBe(text);
      expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
    }), { numRuns: 500 });
  });

  it('keeps ordinary words, line ends and joined emoji as they are', () => {
    expect(cleanText('  第一行\r\n第二行\t👨‍👩‍👧  ', 'text')).toBe('第一行\n第二行\t👨‍👩‍👧');
    expect(cleanText('e\u0301', 'text')).toBe('é');
  });

  it('is counted in characters, not in halves', () => {
    expect(requiredText('𠮷𠮷', 'text', 2)).toBe('𠮷𠮷');
    expect(() => requiredText('𠮷𠮷𠮷', 'text', 2)).toThrow(expect.objectContaining({ key: 'consultation:error.tooLong', details: expect.objectContaining({ params: { max: 2, length: 3 } }) }));
  });
});

it('counts sentences by what ends them', () => {
  expect(sentences('补助提高到 12.5%。为什么？为了更新设备')).toEqual(['补助提高到 12.5%。', '为什么？', '为了更新设备']);
});

it.each([['张三', '张*'], ['欧阳小明', '欧***'], ['张三丰先生的朋友', '张***'], ['王', '王*'], ['', '']])('masks %p as %p', (name, masked) => {
  expect(maskedName(name)).toBe(masked);
});

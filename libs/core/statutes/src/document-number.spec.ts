import { DomainError } from '@platform/kernel';
import fc from 'fast-check';
import { formatDocumentNumber, parseDocumentNumber } from './index';

describe('document numbers', () => {
  it('are written as GB/T 9704-2012 has them', () => {
    expect(formatDocumentNumber('中工信规', 2026, 3)).toBe('中工信规〔2026〕3号');
    expect(parseDocumentNumber('国办发明电〔2024〕12号')).toEqual({ code: '国办发明电', year: 2024, seq: 12 });
  });

  it('read back what was written', () => {
    const code = fc.array(fc.constantFrom(...'中工信规财府办发函通'), { minLength: 1, maxLength: 12 }).map((characters) => characters.join(''));
    fc.assert(
      fc.property(code, fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (body, year, seq) => {
        expect(parseDocumentNumber(formatDocumentNumber(body, year, seq))).toEqual({ code: body, year, seq });
      }),
    );
  });

  it.each([
    '中工信规[2026]3号', '中工信规（2026）3号', '中工信规〔2026〕03号', '中工信规〔2026〕第3号', '中工信规〔2026〕0号', '中工信规〔26〕3号', '中工信规〔1999〕3号', '〔2026〕3号',
    '中工信规〔2026〕3', ' 中工信规〔2026〕3号', '中工信规〔2026〕3号\n', 'ZGX〔2026〕3号', '中中中中中中中中中中中中中〔2026〕3号', '中工信规〔2026〕99999999999999999号', '',
  ])('refuse %p', (text) => {
    expect(() => parseDocumentNumber(text)).toThrow(expect.objectContaining({ key: 'statutes:error.documentNumber' }));
  });

  it.each([
    ['中工信规', 2026, 0], ['中工信规', 2026, -1], ['中工信规', 2026, 1.5], ['中工信规', 1999, 1], ['', 2026, 1], ['中工信规〔2025〕', 2026, 1],
  ])('refuse to write %p %p %p', (code, year, seq) => {
    expect(() => formatDocumentNumber(code, year, seq)).toThrow(DomainError);
  });
});

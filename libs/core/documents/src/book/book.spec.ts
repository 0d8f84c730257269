import { type Book, byNumber, byTopic } from './book';
import { romanOf } from './page-ends';

const document = (number: string, topics: string[] = []) => ({ title: number, number, department: '局', date: '2026-03-01', note: '', topics, source: { title: '', provisions: [] }, interpretations: [] });
const book = (...documents: Book['chapters'][number]['documents']): Book => ({
  title: '汇编', subtitles: [], issuer: '市', date: '2026-03-01', words: { contents: '目录', byNumber: '文号', byTopic: '主题', interpretation: '解读：' }, chapters: [{ title: '章', documents }],
});

describe('indexes of a book', () => {
  it('stand by code, year and running number, other numbers last', () => {
    const order = byNumber(book(document('云财规〔2026〕12号'), document('云产规〔2026〕3号'), document('令第7号'), document('云财规〔2026〕3号'), document('云财规〔2025〕30号')));
    expect(order).toEqual([
      { label: '云财规〔2025〕30号', documents: [4] }, { label: '云财规〔2026〕3号', documents: [3] }, { label: '云财规〔2026〕12号', documents: [0] }, { label: '云产规〔2026〕3号', documents: [1] },
      { label: '令第7号', documents: [2] },
    ]);
  });

  it('have each document once under each of its topics', () => {
    expect(byTopic(book(document('一', ['住房', '就业']), document('二', ['就业', '就业']), document('三')))).toEqual([{ label: '就业', documents: [0, 1] }, { label: '住房', documents: [0] }]);
  });

  it('count before the text in Roman numerals', () => {
    expect([1, 4, 9, 14, 40, 49, 90, 148].map(romanOf)).toEqual(['i', 'iv', 'ix', 'xiv', 'xl', 'xlix', 'xc', 'cxlviii']);
  });
});

import fc from 'fast-check';
import { parseText, type Provision, reassemble, sameText } from './index';
import { parseNumeral } from './numerals';

const outline = (source: string): string[] =>
  parseText(source).provisions.map((p) => `${p.unrecognised ? '!' : ''}${p.kind} ${p.clauseId} ${p.parent ?? '-'} ${p.label}|${p.text}`);
const find = (source: string, clauseId: string): Provision | undefined => parseText(source).provisions.find((p) => p.clauseId === clauseId);

describe('parseText', () => {
  it('makes a tree of chapters, articles, paragraphs, items and sub-items', () => {
    expect(outline('# 示例市扶持办法\n\n## 第一章 总则\n\n第一条 甲。\n\n第二条　乙：\n（一）丙：\n1.丁；\n2.戊。\n（二）己。\n庚如下：\n（一）辛。\n第三条 壬。')).toEqual([
      'title title - |示例市扶持办法',
      'chapter chap_1 - 第一章|总则',
      'article art_1 chap_1 第一条|甲。',
      'article art_2 chap_1 第二条|乙：',
      'item art_2__item_1 art_2 （一）|丙：',
      'subitem art_2__item_1__sub_1 art_2__item_1 1.|丁；',
      'subitem art_2__item_1__sub_2 art_2__item_1 2.|戊。',
      'item art_2__item_2 art_2 （二）|己。',
      'paragraph art_2__para_2 art_2 |庚如下：',
      'item art_2__para_2__item_1 art_2__para_2 （一）|辛。',
      'article art_3 chap_1 第三条|壬。',
    ]);
  });

  it('numbers the headings of a document without articles by their level', () => {
    expect(outline('关于示例的通知\n现通知如下：\n一、目标\n到明年。\n二、任务\n（一）甲\n1.乙\n（1）丙\n2．丁\n（二）戊\n示例市人民政府\n2026年3月1日').slice(2)).toEqual([
      'heading h_1 - 一、|目标',
      'paragraph h_1__para_1 h_1 |到明年。',
      'heading h_2 - 二、|任务',
      'heading h_2__h_1 h_2 （一）|甲',
      'heading h_2__h_1__h_1 h_2__h_1 1.|乙',
      'heading h_2__h_1__h_1__h_1 h_2__h_1__h_1 （1）|丙',
      'heading h_2__h_1__h_2 h_2__h_1 2．|丁',
      'heading h_2__h_2 h_2 （二）|戊',
      'paragraph para_2 - |示例市人民政府',
      'paragraph para_3 - |2026年3月1日',
    ]);
  });

  it.each([
    ['第十条之一', '第十条 甲。\n第十条之一 乙。\n第十一条 丙。', 'art_10_1', '乙。'],
    ['Arabic numerals', '第1条 甲。\n第2条 乙。', 'art_2', '乙。'],
    ['full-width digits', '第１条　甲。\n第２条　乙。', 'art_2', '乙。'],
    ['text on the next line', '第一条\n甲。\n第二条\n乙。', 'art_2', '乙。'],
    ['tabs, entities and wide spaces', '第一条 甲。\n\t　&emsp;第二条&emsp;乙。', 'art_2', '&emsp;乙。'],
    ['no white space at all', '第一条为了示例。\n第二条本办法。', 'art_2', '本办法。'],
    ['spaces inside the marker', '第 一 条 甲。\n第 二 条 乙。', 'art_2', '乙。'],
    ['bold markers', '**第一条** 甲。\n**第二条** 乙。', 'art_2', '** 乙。'],
    ['a large number', '第一百零九条 甲。\n第一百一十条 乙。', 'art_110', '乙。'],
    ['items that run on in one line', '第一条 如下：（一）甲；（二）乙。', 'art_1__item_2', '乙。'],
  ])('reads %s', (_name, source, clauseId, text) => {
    expect(find(source, clauseId)?.text).toBe(text);
    expect(parseText(source).unrecognised).toEqual([]);
  });

  it('does not take a reference at the head of a line for an article', () => {
    const parsed = parseText('第一条 依照本办法\n第三条规定的办理。\n第二条第一款所称的丙。\n第二条 乙。\n第三条 丙。');
    expect(parsed.articles).toBe(3);
    expect(parsed.provisions[0]?.text).toBe('依照本办法\n第三条规定的办理。');
  });

  it('keeps what is out of sequence as a paragraph and says so', () => {
    const parsed = parseText('第一条 甲。\n第二条 乙。\n第九十条 引文。\n第三条 丙。\n第四条 丁。\n第条 坏。\n（五）无头。');
    expect(parsed.articles).toBe(4);
    expect(parsed.unrecognised).toEqual([
      { line: 3, text: '第九十条 引文。' }, { line: 6, text: '第条 坏。' }, { line: 7, text: '（五）无头。' },
    ]);
    expect(parsed.provisions.filter((p) => p.unrecognised).every((p) => p.kind === 'paragraph')).toBe(true);
  });

  it('tells a table of contents from the chapters', () => {
    const parsed = parseText('示例市条例\n目　录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。');
    expect(parsed.provisions.map((p) => p.clauseId)).toEqual(
      ['title', 'contents_2', 'contents_3', 'contents_4', 'chap_1', 'art_1', 'chap_2', 'art_2']);
  });

  it('takes the title of the notice, leaves the page around it aside, and finds the annexed document', () => {
    const parsed = parseText('您当前所在的位置： 首页 > 政策\n关于印发示例办法的通知\n各单位：\n现印发给你们。\n示例局\n2026年1月2日\n示例办法\n第一条 甲。\n附件1\n示例细则\n第一条 丙。\n分享\n打印');
    expect(parsed.title).toBe('关于印发示例办法的通知');
    expect(parsed.provisions.filter((p) => p.kind === 'clutter').map((p) => p.text)).toEqual(['您当前所在的位置： 首页 > 政策', '分享', '打印']);
    expect(parsed.provisions.filter((p) => p.kind === 'article').map((p) => p.clauseId)).toEqual(['art_1', 'annex_1__art_1']);
  });

  it('marks the articles of a second document in one file', () => {
    const parsed = parseText('第一章 总则\n第一条 甲。\n第二条 乙。\n示例实施细则\n第一条 丙。\n第二条 丁。');
    expect(parsed.provisions.map((p) => `${p.clauseId} ${p.parent ?? '-'}`)).toEqual(
      ['chap_1 -', 'art_1 chap_1', 'art_2 chap_1', 'para_1 -', 'art_1_b -', 'art_2_b -']);
  });

  it('falls back to the given title', () => {
    expect(parseText('第一条 甲。', '文件名').title).toBe('文件名');
  });

  const token = fc.constantFrom(
    '第一章', '第二章 总则', '第一节', '第一条', '第二条', '第三条规定', '第十条之一', '第9条', '第条', '第一编', '（一）', '(二)', '（三', '一、', '二、', '1.', '2．', '（1）', '①',
    '附件', '附件1', '附件：', '目录', '# ', '## ', '**', '- ', '> ', '\n', '\n', '\n', '\r\n', '　', '\t', '&emsp;', ' ', '。', '，', '：', '《', '》', '“', '1', '20', '号',
    '2026年3月1日', '示例办法', '分享', '甲乙', '\u2028', '\ufeff', '\u200b', '😀', 'abc.docx',
  );
  const source = fc.array(fc.oneof({ weight: 9, arbitrary: token }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) }), { maxLength: 120 })
    .map((parts) => parts.join(''));

  it('loses nothing, keeps ids unique and parents before children, whatever comes in', () => {
    fc.assert(fc.property(source, (text) => {
      const { provisions } = parseText(text);
      expect(sameText(reassemble(provisions), text)).toBe(true);
      const seen = new Set<string>();
      for (const provision of provisions) {
        expect(seen.has(provision.clauseId)).toBe(false);
        if (provision.parent !== null) expect(seen.has(provision.parent)).toBe(true);
        seen.add(provision.clauseId);
      }
    }), { numRuns: 1500 });
  });

  it('gives the same tree again for the text that it put together', () => {
    const numbered = fc.array(fc.constantFrom('甲乙。', '丙丁：\n（一）戊；\n（二）己。', '庚。\n辛壬。'), { minLength: 1, maxLength: 30 })
      .map((texts) => texts.map((text, at) => `第${at + 1}条 ${text}`).join('\n'));
    fc.assert(fc.property(numbered, (text) => {
      const once = parseText(text).provisions;
      expect(parseText(reassemble(once)).provisions).toEqual(once);
    }), { numRuns: 100 });
  });

  it.each([
    ['第'.repeat(100_000)], ['第一条'.repeat(33_000)], ['第一条 甲\n'.repeat(16_000)], ['（一）甲：\n'.repeat(16_000)], [`${'（'.repeat(99)}\n`.repeat(1_000)],
    [' '.repeat(100_000) + 'x'], ['附件\n1\n'.repeat(16_000)], ['：（一）'.repeat(25_000)], ['2026年\n'.repeat(14_000)], ['# '.repeat(50_000)], ['甲，\n'.repeat(33_000)],
    ['第一章\n第二章\n'.repeat(12_000)], ['1.甲：\n乙：\n'.repeat(12_000)], ['&emsp;'.repeat(16_000)],
  ])('reads hostile input in time linear enough (%#)', (text) => {
    const start = performance.now();
    const parsed = parseText(text);
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(sameText(reassemble(parsed.provisions), text)).toBe(true);
  });
});

describe('parseNumeral', () => {
  const chinese = (n: number): string => {
    const digits = '零一二三四五六七八九';
    const places = [[1000, '千'], [100, '百'], [10, '十']] as const;
    let text = '';
    let rest = n;
    for (const [size, name] of places) {
      if (rest >= size) text += `${digits[Math.floor(rest / size)]}${name}`;
      else if (text !== '' && rest > 0 && !text.endsWith('零')) text += '零';
      rest %= size;
    }
    text += rest > 0 ? digits[rest] : '';
    return n >= 10 && n < 20 ? text.slice(1) : text;
  };

  it('reads every Chinese number up to 九千九百九十九', () => {
    for (let n = 1; n < 10_000; n += 1) expect([n, parseNumeral(chinese(n))]).toEqual([n, n]);
  });

  it.each(['', '十十', '一0', '百', '一百百', '三十百'])('refuses %s', (text) => expect(parseNumeral(text)).toBeNull());
});

import { parseText } from '../parse-text';
import { composeOfficial } from './compose';
import type { Block, Particulars } from './official-document';
import { dateWords } from './standard';

const PARTICULARS: Particulars = { number: '中工信规〔2026〕3号', date: '2026-03-01', issuer: null };
const compose = (lines: string[], more: Partial<Particulars> = {}) => composeOfficial(parseText(lines.join('\n')), { ...PARTICULARS, ...more });
const brief = (block: Block): string => (block.type === 'text' ? `${block.first}/${block.rest} ${block.runs.map((run) => run.text).join('')}`
  : block.type === 'table' ? `table ${[block.head, ...block.rows].map((row) => row.join(',')).join(';')}` : `signed ${block.organs.join('+')} ${block.date}`);

describe('composeOfficial', () => {
  it('takes the issuer from the signature of the text, else from its title, else from nobody', () => {
    const signed = compose(['关于示范的通知', '请遵照执行。', '滨海市工业和信息化局', '2026年 4月 2 日']);
    expect([signed.issuer, signed.blocks.filter((block) => block.type === 'signature').map(brief)]).toEqual(['滨海市工业和信息化局', ['signed 滨海市工业和信息化局 2026年4月2日']]);
    expect(compose(['滨海市财政局关于印发示范办法的通知', '请遵照执行。'])).toMatchObject({ issuer: '滨海市财政局', imprint: { organ: '滨海市财政局', date: '2026年3月1日' } });
    expect(compose(['示范管理办法', '第一条 甲。'])).toMatchObject({ issuer: null, imprint: null });
  });

  it('sets the addressees flush, the names of annexes under each other, and signs before the annexes', () => {
    expect(compose(['示范管理办法', '各镇街人民政府：', '第一条 甲。', '附件：1.清单', '2.标准', '附件1', '清单', '1.甲'], { issuer: '某局' }).blocks.slice(1).map(brief)).toEqual([
      '0/0 各镇街人民政府：', '2/0 第一条　甲。', '2/6 附件：1.清单', '5/6 2.标准', 'signed 某局 2026年3月1日', '0/0 附件1', '2/0 清单', '2/0 1.甲',
    ]);
  });

  it('makes one table of rows that came one by one, and nothing of a lone bar', () => {
    expect(compose(['示范管理办法', '第一条 甲。', '附件1', '清单', '| 名称 | 金额 |', '| --- | --- |', '| 甲 | 1 |', '|']).blocks.slice(-2).map(brief)).toEqual(['table 名称,金额;甲,1', '2/0 |']);
  });

  it('has no number, day or imprint for a draft, and writes days without leading zeros', () => {
    expect(compose(['示范管理办法', '第一条 甲。'], { number: null, date: null, draftMark: '草案' })).toMatchObject({ draftMark: '草案', imprint: null, number: null });
    expect(dateWords('2026-03-01')).toBe('2026年3月1日');
  });
});

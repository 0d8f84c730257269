import { parseText } from '@core/documents';
import type { ColumnOpinion } from '@domains/consultation';
import { columnRows, columnTable } from './columns-view';

const version = (text: string, identities: Record<string, string> = {}) =>
  parseText(text).provisions.map((provision) => ({ ...provision, identity: identities[provision.clauseId] ?? provision.clauseId }));
const CONSULTED = version('办法\n第一条　为了测试，制定本办法。\n第二条　申请人应当提交：\n（一）申请表；\n（二）营业执照。\n第三条　本办法自公布之日起施行。');
const FINAL = version('办法\n第一条　为了测试，制定本办法。\n第二条　市产业局负责受理。\n第三条　申请人应当提交申请表。\n第四条　本办法自公布之日起施行。',
  { art_2: 'new', art_3: 'art_2', art_4: 'art_3' });
const opinion = (receiptNo: string, clauseId: string | null, more: Partial<ColumnOpinion> = {}): ColumnOpinion =>
  ({ receiptNo, clauseId, authorKind: 'enterprise', text: `意见${receiptNo}`, disposition: null, reason: null, adoptedIdentity: null, ...more });

const rows = columnRows(CONSULTED, FINAL, [
  opinion('1', 'art_2__item_2', { disposition: 'adopted', reason: '删去。', adoptedIdentity: 'art_2' }), opinion('2', null), opinion('3', 'art_1', { disposition: 'noted', reason: '感谢。' }),
]);

it('sets each opinion beside the article it is about, those on the whole text first', () => {
  expect(rows.map(({ label, opinions }) => [label, opinions.map(({ receiptNo }) => receiptNo)])).toEqual([
    ['', ['2']], ['', []], ['第一条', ['3']], ['第二条', []], ['第三条', ['1']], ['第四条', []],
  ]);
});

it('shows an article with all that was in it, also what was taken out, and where an opinion is carried out', () => {
  const third = rows.find(({ label }) => label === '第三条');
  expect(third?.consulted.map(({ label }) => label)).toEqual(['第二条', '（一）', '（二）']);
  expect(third?.final.map(({ label }) => label)).toEqual(['第三条']);
  expect(third?.opinions[0]?.carriedOutIn).toBe('第三条');
  expect(rows.filter(({ changed }) => changed).map(({ label }) => label)).toEqual(['第二条', '第三条', '第四条']);
});

it('prints the rows that somebody spoke of or that changed', () => {
  const table = columnTable(rows, { title: '对照表', columns: ['征求意见稿', '意见', '定稿'], general: '全文', opinion: ({ text, reason }) => `${text}${reason ?? ''}` });
  expect(table.rows.map(({ label }) => label)).toEqual(['全文', '第一条', '第二条', '第三条', '第四条']);
  expect(table.rows[1]?.cells[1]).toEqual([{ op: 'keep', text: '意见3感谢。' }]);
  expect(table.rows[2]?.cells[0]).toEqual([]);
});

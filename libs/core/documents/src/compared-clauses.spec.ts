import { comparedClauses, comparisonTable, isChange } from './compared-clauses';
import { diffDocuments, matchByIdentity } from './diff-documents';
import { parseText } from './parse-text';

const OLD = '办法\n第一章　总则\n第一条　为了测试，制定本办法。\n第二条　申请人应当提交：\n（一）申请表；\n（二）营业执照。\n第三条　本办法自公布之日起施行。';
const NEW = '办法\n第一章　总则\n第一条　为了测试，制定本办法。\n第二条　市产业局负责受理和公开。\n第三条　申请人应当提交：\n（一）申请表；\n（二）营业执照复印件。\n第四条　本办法自公布之日起施行。';
const compared = (old: string, next: string) => comparedClauses(diffDocuments(parseText(old).provisions, parseText(next).provisions));

it('says where each changed clause stood and stands, down from its article', () => {
  expect(compared(OLD, NEW).filter(isChange).map(({ type, renumbered, from, to }) => [type, renumbered, from, to])).toEqual([
    ['added', false, null, '第二条'], ['same', true, '第二条', '第三条'], ['changed', false, '第二条（二）', '第三条（二）'], ['same', true, '第三条', '第四条'],
  ]);
});

it('makes a table of the changes alone, each side with its own words', () => {
  const table = comparisonTable(compared(OLD, NEW), { title: '修改对照表', columns: ['修改前', '修改后'], moved: '（移动）' });
  expect(table.rows.map(({ label }) => label)).toEqual(['第二条', '第二条 → 第三条', '第二条（二） → 第三条（二）', '第三条 → 第四条']);
  const [before, after] = table.rows[2]?.cells ?? [];
  expect(before).toEqual([{ op: 'keep', text: '营业执照。' }]);
  expect(after).toEqual([{ op: 'keep', text: '营业执照' }, { op: 'insert', text: '复印件' }, { op: 'keep', text: '。' }]);
});

it('follows the identity that a clause carries rather than its words', () => {
  const [old, next] = [OLD, NEW].map((text) => parseText(text).provisions.map((provision) => ({ ...provision, identity: provision.clauseId })));
  const third = (provisions: typeof old): string | undefined => provisions?.find(({ clauseId }) => clauseId === 'art_3')?.text;
  const change = diffDocuments(old ?? [], next ?? [], matchByIdentity(old ?? [], next ?? [])).changes.find(({ next: now }) => now?.clauseId === 'art_3');
  expect([change?.old?.text, change?.next?.text]).toEqual([third(old), third(next)]);
  expect(matchByIdentity([], next ?? [])).toBeUndefined();
});

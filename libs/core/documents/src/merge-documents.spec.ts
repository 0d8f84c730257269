import fc from 'fast-check';
import { CONFLICT_MARKS, hasConflictMarks, mergeDocuments } from './merge-documents';
import { sameText } from './reassemble';

const BASE = ['云浦市测试办法', '第一条　为了测试合并，制定本办法。', '第二条　本办法适用于全市企业。', '第三条　企业可以申请补助：', '（一）依法登记；', '（二）没有失信记录。', '第四条　本办法自公布之日起施行。'];
const text = (lines: string[]): string => lines.join('\n');
const edit = (change: Record<number, string | null>): string => text(BASE.flatMap((line, at) => (at in change ? (change[at] === null ? [] : [change[at] as string]) : [line])));

it('brings together changes of different clauses, neighbours too', () => {
  const merged = mergeDocuments(text(BASE), edit({ 1: '第一条　为了测试自动合并，制定本办法。' }), edit({ 2: '第二条　本办法适用于全市工业企业。' }));
  expect(merged.conflicts).toBe(0);
  expect(merged.text).toBe(edit({ 1: '第一条　为了测试自动合并，制定本办法。', 2: '第二条　本办法适用于全市工业企业。' }));
  expect(merged.rows.map(({ mine, theirs, conflict }) => [mine?.type ?? null, theirs?.type ?? null, conflict])).toEqual([['changed', null, false], [null, 'changed', false]]);
});

it('keeps both wordings of a clause that both changed, each with its mark', () => {
  const merged = mergeDocuments(text(BASE), edit({ 2: '第二条　本办法适用于中小企业。' }), edit({ 2: '第二条　本办法适用于工业企业。' }));
  expect(merged.conflicts).toBe(1);
  expect(merged.text).toContain(`${CONFLICT_MARKS.mine}第二条　本办法适用于中小企业。\n${CONFLICT_MARKS.theirs}第二条　本办法适用于工业企业。`);
  expect(hasConflictMarks(merged.text)).toBe(true);
  expect(merged.rows).toHaveLength(1);
  expect(merged.rows[0]?.conflict).toBe(true);
});

it('asks when one side changed what the other took out', () => {
  const changedByMe = mergeDocuments(text(BASE), edit({ 5: '（二）三年内没有失信记录。' }), edit({ 5: null }));
  expect(changedByMe.text).toContain(`${CONFLICT_MARKS.mine}（二）三年内没有失信记录。\n${CONFLICT_MARKS.theirs}${CONFLICT_MARKS.gone}`);
  const changedByThem = mergeDocuments(text(BASE), edit({ 5: null }), edit({ 5: '（二）三年内没有失信记录。' }));
  expect(changedByThem.text).toContain(`${CONFLICT_MARKS.mine}${CONFLICT_MARKS.gone}\n${CONFLICT_MARKS.theirs}（二）三年内没有失信记录。`);
  expect([changedByMe.conflicts, changedByThem.conflicts]).toEqual([1, 1]);
});

it('takes the numbers of one side and the words of the other', () => {
  const mine = [...BASE.slice(0, 3), '第三条　全市统一受理，一窗办结。', '第四条　企业可以申请补助：', ...BASE.slice(4, 6), '第五条　本办法自公布之日起施行。'];
  const merged = mergeDocuments(text(BASE), text(mine), edit({ 6: '第四条　本办法自2026年7月1日起施行，有效期五年。' }));
  expect([merged.conflicts, merged.doubled]).toEqual([0, []]);
  expect(merged.text.split('\n').at(-1)).toBe('第五条　本办法自2026年7月1日起施行，有效期五年。');
});

it('says which number stands twice when both added one', () => {
  const merged = mergeDocuments(text(BASE), text([...BASE, '第五条　解释权属于市工业和信息化局。']), text([...BASE, '第五条　市财政局负责监督资金使用。']));
  expect([merged.conflicts, merged.doubled]).toEqual([0, ['第五条']]);
  expect(merged.text).toContain('解释权属于');
  expect(merged.text).toContain('监督资金');
});

it('keeps what a side put before everything else, and what both put in stands once', () => {
  const base = '第一条　为了测试合并，制定本办法。\n第二条　本办法自公布之日起施行。';
  const merged = mergeDocuments(base, `各区人民政府，各有关单位：\n${base}`, base.replace('公布之日', '印发之日'));
  expect(merged.text).toBe(`各区人民政府，各有关单位：\n${base.replace('公布之日', '印发之日')}`);
  const both = `${base}\n第三条　解释权属于市产业局。`;
  expect(mergeDocuments(base, both, both).text).toBe(both);
});

/** Each line stays, is reworded, goes, or gets a neighbour. */
const side = fc.array(fc.constantFrom('keep', 'keep', 'keep', 'reword', 'drop', 'add'), { minLength: BASE.length, maxLength: BASE.length });
const apply = (actions: string[], name: string): string => text(BASE.flatMap((line, at) => {
  if (actions[at] === 'reword' && at > 0) return [`${line.replace(/。$/, '')}，${name}另有规定的除外。`];
  if (actions[at] === 'drop' && at > 0) return [];
  return actions[at] === 'add' ? [line, `${name}补充的一段话，位置在第${at}行之后。`] : [line];
}));

it('loses nothing that either side wrote, and changes nothing where one side was idle', () => {
  fc.assert(fc.property(side, side, (mine, theirs) => {
    const [base, m, t] = [text(BASE), apply(mine, '甲'), apply(theirs, '乙')];
    const merged = mergeDocuments(base, m, t);
    for (const line of [...m.split('\n'), ...t.split('\n')]) {
      // What a side wrote or reworded is there; what it merely kept may have been changed or taken out by the other.
      if (!BASE.includes(line) && !merged.text.includes(line.replace(/^第.条　/, ''))) return false;
    }
    return sameText(mergeDocuments(base, m, base).text, m) && sameText(mergeDocuments(base, base, t).text, t) && sameText(mergeDocuments(base, m, m).text, m);
  }), { numRuns: 300 });
});

import { paragraphsOf } from './comparison-table';

it('parts runs at their line feeds, each word keeping its mark', () => {
  const runs = [{ op: 'keep' as const, text: '第一条　为了' }, { op: 'insert' as const, text: '测试。\n（一）甲；\n' }, { op: 'keep' as const, text: '（二）乙。' }];
  expect(paragraphsOf(runs)).toEqual([
    [{ op: 'keep', text: '第一条　为了' }, { op: 'insert', text: '测试。' }], [{ op: 'insert', text: '（一）甲；' }], [{ op: 'keep', text: '（二）乙。' }],
  ]);
  expect(paragraphsOf([])).toEqual([[]]);
});

import { placeOf } from './text';

it('tells where a clause stands, from its article down', () => {
  const item = { clauseId: 'art_18__item_1', parentId: 'art_18', kind: 'item', label: '（一）' };
  const provisions = [{ clauseId: 'chp_2', parentId: null, kind: 'chapter', label: '第二章' }, { clauseId: 'art_18', parentId: 'chp_2', kind: 'article', label: '第十八条' }, item];
  expect(placeOf(provisions, item)).toBe('第十八条（一）');
  expect(placeOf([item], item)).toBe('（一）');
});

import { readRows, SHEET_COLUMNS, type SheetWords } from './cleanup-rows';

const words: SheetWords = {
  columns: new Map(SHEET_COLUMNS.map((column) => [column, [`栏${column}`, column]])),
  proposals: new Map([['keep', ['继续有效', 'Keep']], ['amend', ['拟修改']], ['abolish', ['废止']], ['lapse', ['宣布失效']]]),
};
const table = (...rows: string[][]) => rows.map((cells, at) => ({ row: at + 1, cells }));
const HEAD = ['no', '栏proposal', 'reason', 'amendWhat', 'amendBy', 'effectOn', 'replacedBy'];

it('reads proposals in either language, whatever the order of the columns, and passes over rows without one', () => {
  const { rows, faults } = readRows(table(HEAD, ['1', 'Keep', '需要'], ['2', '', '没有建议'], ['3', '拟修改', '改', '第二条', '2026-12-31', '2026-05-01'], ['4', '废止', '废', '第二条', '2026-12-31', '2026-05-01', '一号']), words);
  expect(faults).toEqual([]);
  expect(rows).toEqual([
    { row: 2, no: 1, replacedBy: '', content: { proposal: 'keep', reason: '需要', amendWhat: '', amendBy: null, effectOn: null } },
    { row: 4, no: 3, replacedBy: '', content: { proposal: 'amend', reason: '改', amendWhat: '第二条', amendBy: '2026-12-31', effectOn: null } },
    { row: 5, no: 4, replacedBy: '一号', content: { proposal: 'abolish', reason: '废', amendWhat: '第二条', amendBy: null, effectOn: '2026-05-01' } },
  ]);
});

it('names each wrong row', () => {
  const { faults } = readRows(table(HEAD, ['x', '废止', ''], ['1', '烧掉', ''], ['2', '废止', 'r'], ['2', '废止', 'r'], ['-1', '废止', 'r'], ['1.5', '废止', 'r']), words);
  expect(faults.map(({ params }) => [params?.['row'], params?.['why']])).toEqual([
    [2, 'cleanup:error.badNo'], [3, 'cleanup:error.proposalNeeded'], [5, 'cleanup:error.twice'], [6, 'cleanup:error.badNo'], [7, 'cleanup:error.badNo'],
  ]);
});

it.each([[[]], [table(['no', 'reason'])], [table(['proposal', 'reason'])]])('asks for the columns that it needs', (rows) => {
  expect(readRows(rows, words).faults).toEqual([{ field: 'file', key: 'cleanup:error.columns' }]);
});

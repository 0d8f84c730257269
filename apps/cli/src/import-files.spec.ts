import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importTable } from './import-table';
import { type ImportLine, inspectFile, inspectFolder } from './import-files';

describe('inspectFolder', () => {
  let folder: string;
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'import-')); });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives a line for each file by name, and goes on after a bad one', async () => {
    await writeFile(join(folder, 'c.txt'), '示例管理办法\n第一条 甲。\n第条 乙。');
    await writeFile(join(folder, 'b.docx'), 'PK\u0003\u0004rubbish');
    await writeFile(join(folder, 'a.txt'), '甲乙');
    await mkdir(join(folder, 'd'));
    const lines: ImportLine[] = [];
    for await (const { line } of inspectFolder(folder)) lines.push(line);
    expect(lines).toEqual([
      { file: 'a.txt', title: 'a', articles: 0, provisions: 1, unrecognised: 0, roundtrip: true, kinds: { paragraph: 1 }, notices: {} },
      { file: 'b.docx', error: 'documents:error.docxBroken' },
      { file: 'c.txt', title: '示例管理办法', articles: 1, provisions: 3, unrecognised: 1, roundtrip: true, kinds: { title: 1, article: 1, paragraph: 1 }, notices: {} },
    ]);
    expect(importTable(lines).split('\n')).toEqual([
      '编  章  节  条  款  项  目  层级标题  附件  表格  未识别  往返  文件',
      ' 0   0   0   0   1   0   0         0     0     0       0  一致  a.txt',
      '                                                                b.docx：documents:error.docxBroken',
      ' 0   0   0   1   1   0   0         0     0     0       1  一致  c.txt',
      ' 0   0   0   1   2   0   0         0     0     0       1  一致  合计 2',
    ]);
    expect(await inspectFile(join(folder, 'missing.txt'))).toEqual({ line: { file: 'missing.txt', error: 'ENOENT' }, document: null });
  });
});

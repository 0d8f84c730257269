import type { ProvisionKind } from '@core/documents';
import type { ImportLine, ReadLine } from './import-files';

/** Columns of counts, in the terms of 立法技术: 目 is a sub-item, 层级标题 a numbered heading of a text without articles. */
const KINDS: readonly (readonly [string, ProvisionKind])[] = [
  ['编', 'part'], ['章', 'chapter'], ['节', 'section'], ['条', 'article'], ['款', 'paragraph'], ['项', 'item'], ['目', 'subitem'], ['层级标题', 'heading'], ['附件', 'annex'], ['表格', 'table'],
];
const HEAD = [...KINDS.map(([name]) => name), '未识别', '往返', '文件'];

/** What was recognised, a row a file, with a row of sums; what was left out or went wrong stands behind the name. Columns line up where a Chinese character is as wide as two Latin ones. */
export function importTable(lines: readonly ImportLine[]): string {
  const read = lines.filter((line): line is ReadLine => !('error' in line));
  const rows = lines.map((line) => ('error' in line ? [...KINDS.map(() => ''), '', '', `${line.file}：${line.error}`] : cells(line.file, [line])));
  const table = [HEAD, ...rows, cells(`合计 ${read.length}`, read)];
  const widths = HEAD.map((_, at) => Math.max(...table.map((row) => width(row[at] ?? ''))));
  return table.map((row) => row.map((cell, at) => (at === row.length - 1 ? cell : pad(cell, widths[at] ?? 0))).join('  ')).join('\n');
}

function cells(name: string, lines: readonly ReadLine[]): string[] {
  const sum = (count: (line: ReadLine) => number | undefined): string => String(lines.reduce((total, line) => total + (count(line) ?? 0), 0));
  const left = lines.length === 1 ? Object.entries(lines[0]?.notices ?? {}).map(([kind, count]) => `（${kind} ${count}）`).join('') : '';
  return [...KINDS.map(([, kind]) => sum((line) => line.kinds[kind])), sum((line) => line.unrecognised), lines.every(({ roundtrip }) => roundtrip) ? '一致' : '不一致', `${name}${left}`];
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;
const width = (text: string): number => [...text].reduce((sum, c) => sum + (WIDE.test(c) ? 2 : 1), 0);

const pad = (text: string, to: number): string => ' '.repeat(Math.max(0, to - width(text))) + text;

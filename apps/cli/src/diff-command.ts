import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ChangeLine, changeLines, type ChangeOp, type ComparedClause, comparedClauses, diffDocuments, labelOf, type Provision, readSource, type TextRun } from '@core/documents';

/**
 * `policyloop diff`: compares two policy files (DOCX, text, Markdown) clause by clause. Needs no database. Rejects with `DomainError` for a file that
 * is no text, and with one clear line for one that cannot be opened.
 */
export async function diffFiles(oldPath: string, newPath: string): Promise<{ lines: ChangeLine[]; text: string }> {
  const [old, next] = [await provisionsOf(oldPath), await provisionsOf(newPath)];
  const diff = diffDocuments(old, next);
  return { lines: changeLines(diff), text: forPeople(comparedClauses(diff)) };
}

async function provisionsOf(path: string): Promise<Provision[]> {
  const buffer = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(error.code === 'ENOENT' ? `没有这个文件：${path}` : `文件无法读取：${path}（${error.code ?? error.message}）`);
  });
  return (await readSource(basename(path), buffer)).provisions;
}

const NAMES: Readonly<Record<ChangeOp, string>> = { added: '新增', removed: '删去', changed: '修改', moved: '移动', renumbered: '改序号' };
const MARKS: Readonly<Record<TextRun['op'], (text: string) => string>> = { keep: (text) => text, insert: (text) => `【+${text}】`, delete: (text) => `【-${text}】` };
/** Kept words around a change that are shown; a longer stretch is cut in its middle. */
const CONTEXT = 12;

function forPeople(clauses: ComparedClause[]): string {
  const entries = clauses.flatMap((clause) => changeLines({ changes: [clause] }).map(({ op, words, from, to }) => {
    const said = words.map((run, at) => MARKS[run.op](op === 'changed' && run.op === 'keep' ? shortened(run.text, at, words.length) : run.text)).join('');
    return `${NAMES[op]}  ${labelOf(clause) || (to ?? from ?? '')}\n  ${said.replace(/\n/g, '\n  ')}\n`;
  }));
  return entries.join('\n') || '两份文件逐条比较没有差别（空白不计）。\n';
}

function shortened(text: string, at: number, count: number): string {
  const letters = [...text];
  if (letters.length <= 2 * CONTEXT + 1) return text;
  const [head, tail] = [letters.slice(0, CONTEXT).join(''), letters.slice(-CONTEXT).join('')];
  return at === 0 ? `…${tail}` : at === count - 1 ? `${head}…` : `${head}…${tail}`;
}

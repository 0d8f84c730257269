import { existsSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { deadlineCommand } from './deadline';
import { diffFiles } from './diff-command';
import { print } from './output';

/** Commands that need no database. */
export function addFileCommands(program: Command): void {
  program.command('deadline')
    .description('the last day of a statutory period, with every day that does not count')
    .requiredOption('--from <date>', 'the day of the event, YYYY-MM-DD; counting starts the day after')
    .requiredOption('--days <number>', 'length of the period')
    .requiredOption('--unit <unit>', 'wd (working days) or cd (calendar days)')
    .option('--json', 'one JSON line')
    .action((options: { from: string; days: string; unit: string; json?: boolean }) => print(deadlineCommand(options), options.json));
  program.command('diff')
    .description('compares two policies clause by clause: DOCX, text or Markdown')
    .argument('<old>', 'the version before')
    .argument('<new>', 'the version after')
    .option('--json', 'one JSON line a change: {op, from, to, words}')
    .action(async (old: string, next: string, options: { json?: boolean }) => {
      const { lines, text } = await diffFiles(old, next);
      process.stdout.write(options.json ? lines.map((line) => `${JSON.stringify(line)}\n`).join('') : text);
    });
}

/** Refuses with one line if the folder is not there. */
export function requireFolder(folder: string): void {
  if (!existsSync(folder)) throw new Error(`没有这个文件夹：${folder}`);
  if (!statSync(folder).isDirectory()) throw new Error(`不是文件夹：${folder}`);
}

import { existsSync, statSync } from 'node:fs';
import { Command } from 'commander';
import { clusterFile, type ClusterCommandOptions } from './cluster-command';
import { deadlineCommand } from './deadline';
import { diffFiles } from './diff-command';
import { layoutCommand, type LayoutOptions } from './layout';
import { print } from './output';
import { verifyReceiptFiles } from './receipt-command';

/** Commands that need no database. */
export function addFileCommands(program: Command): void {
  program.command('deadline')
    .description('the last day of a statutory period, with every day that does not count')
    .requiredOption('--from <date>', 'the day of the event, YYYY-MM-DD; counting starts the day after')
    .requiredOption('--days <number>', 'length of the period')
    .requiredOption('--unit <unit>', 'wd (working days) or cd (calendar days)')
    .option('--json', 'one JSON line')
    .action((options: { from: string; days: string; unit: string; json?: boolean }) => print(deadlineCommand(options), options.json));
  program.command('cluster')
    .description('near-duplicates and campaigns among opinions: JSON lines {id, text} in any language')
    .argument('<file>', 'the opinions; - reads standard input')
    .option('--threshold <number>', 'Jaccard similarity with what a cluster shares, above 0 and up to 1', '0.25')
    .option('--shingle <number>', 'characters in the runs that are compared; letters of an alphabet count half', '3')
    .option('--draft <file>', 'a text that anybody may quote (DOCX, text, Markdown): its words do not count')
    .option('--json', 'one JSON line: {clusters, threshold, seconds}')
    .action(async (file: string, options: ClusterCommandOptions & { json?: boolean }) => {
      const { json, text } = await clusterFile(file, options);
      process.stdout.write(options.json ? `${JSON.stringify(json)}\n` : text);
    });
  program.command('diff')
    .description('compares two policies clause by clause: DOCX, text or Markdown')
    .argument('<old>', 'the version before')
    .argument('<new>', 'the version after')
    .option('--json', 'one JSON line a change: {op, from, to, words}')
    .action(async (old: string, next: string, options: { json?: boolean }) => {
      const { lines, text } = await diffFiles(old, next);
      process.stdout.write(options.json ? lines.map((line) => `${JSON.stringify(line)}\n`).join('') : text);
    });

  program.command('layout')
    .description('lay a DOCX, text or Markdown file out as an official document to GB/T 9704-2012')
    .argument('<file>')
    .requiredOption('--number <number>', 'document number (发文字号), such as 中工信规〔2026〕3号')
    .requiredOption('--date <date>', 'day of the document (成文日期), YYYY-MM-DD')
    .requiredOption('--out <path>', 'file to write, ending in .pdf or .docx')
    .option('--issuer <organ>', 'issuing organ (发文机关); else the one that signs the text or that its title begins with')
    .option('--to <organs>', 'addressees (主送机关), where the text does not name them')
    .option('--copies <organs>', 'copies to (抄送机关), where the text does not name them')
    .option('--title <title>', 'title; else that of the text')
    .option('--json', 'one JSON line')
    .action(async (file: string, options: LayoutOptions & { json?: boolean }) => print(await layoutCommand(file, options), options.json));

  const receipt = program.command('receipt').description('the receipt of an opinion');
  receipt.addCommand(new Command('verify')
    .copyInheritedSettings(receipt)
    .description('is the opinion of a receipt under the published root: from the two files alone; exit 1 if not')
    .argument('<receipt>', 'the receipt file of an opinion')
    .argument('<root>', 'the root file of its consultation')
    .option('--json', 'one JSON line: {included, why}')
    .action(async (receiptPath: string, rootPath: string, options: { json?: boolean }) => {
      const verdict = await verifyReceiptFiles(receiptPath, rootPath);
      print(verdict, options.json);
      if (!verdict.included) process.exitCode = 1;
    }));
}

/** Refuses with one line if the folder is not there. */
export function requireFolder(folder: string): void {
  if (!existsSync(folder)) throw new Error(`没有这个文件夹：${folder}`);
  if (!statSync(folder).isDirectory()) throw new Error(`不是文件夹：${folder}`);
}

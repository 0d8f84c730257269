import { migrate } from '../../../migrations';
import { distribute } from '@platform/persistence';
import type { Command } from 'commander';
import { bookCommand, type BookOptions } from './book-command';
import { print } from './output';
import { DEMO_PASSWORD, demoAccounts } from './seed/demo-accounts';
import { seedDemonstration } from './seed/seed';
import { importFolder, type ImportOptions } from './import-command';
import { effectiveForPeople, effectiveLines } from './effective';
import { addLogCommands } from './log-commands';
import { verifyLogFiles } from './log-files';
import { verifyAll } from './verify';

const need = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`missing in the environment: ${name}`);
  return value;
};

const collect = (value: string, before: string[]): string[] => [...before, value];

/** Commands of the operator that work on the database. */
export function addDatabaseCommands(program: Command): void {
  program.command('migrate')
    .description('bring the database to the newest schema')
    .option('--json', 'one JSON line')
    .action(async (options: { json?: boolean }) => {
      const ran = await migrate(need('DATABASE_URL'), { appPassword: need('APP_DB_PASSWORD'), publicPassword: need('PUBLIC_DB_PASSWORD') });
      if (ran.length > 0 || options.json) print({ migrations: ran }, options.json);
    });

  program.command('seed')
    .description('fill an empty database with the demonstration: two fictitious cities and their people')
    .option('--if-empty', 'say nothing and do nothing where there is a city already')
    .action(async (options: { ifEmpty?: boolean }) => {
      const seeded = await seedDemonstration({ password: DEMO_PASSWORD, clockFile: process.env['DEMO_CLOCK_FILE'], say: (line) => process.stdout.write(`${line}\n`) });
      if (!seeded && !options.ifEmpty) throw new Error('there is a city already; the demonstration is for an empty database');
    });

  program.command('demo-accounts')
    .description('who one can be in the demonstration')
    .action(() => {
      process.stdout.write(demoAccounts());
    });

  program.command('import')
    .description('read a folder of policies and store them as drafts of a city')
    .argument('<folder>')
    .option('--city <code>', 'division code of the city; the first one unless given')
    .option('--department <code>', 'document code of the department that takes the drafts over; the first one unless given')
    .option('--dry-run', 'only read and report; needs no database')
    .option('--json', 'one JSON line a file')
    .option('--table', 'with --dry-run: one table of what was recognised in each file')
    .action((folder: string, options: ImportOptions) => importFolder(folder, options));

  program.command('book')
    .description('a compilation (汇编) of the public documents in force on a day: cover, contents, chapters, interpretations, indexes')
    .requiredOption('--city <code>', 'division code of the city')
    .requiredOption('--out <path>', 'file to write, ending in .pdf or .docx')
    .option('--filter <key=value>', 'on=DAY, department=NAME or code, kind=, topic=, from=DAY and to=DAY of publication, words= of the title; as often as wished', collect, [])
    .option('--chapters <by>', 'department, topic, kind or year', 'department')
    .option('--title <title>', 'title on the cover')
    .option('--issuer <organ>', 'who compiles it, on the cover; the city unless given')
    .option('--json', 'one JSON line')
    .action(async (options: BookOptions & { json?: boolean }) => print(await bookCommand(options), options.json));

  program.command('distribute')
    .description('turn the tables into Citus tables distributed by city_id; --plan only shows the statements')
    .option('--plan', 'show what would be done')
    .option('--json', 'one JSON line')
    .action(async (options: { plan?: boolean; json?: boolean }) => print(await distribute(need('DATABASE_URL'), options.plan ?? false), options.json));

  program.command('verify')
    .description('recompute the life-cycle and audit chains of the database; with two files, hold an exported log against checkpoints, offline')
    .argument('[log]', 'an exported log')
    .argument('[checkpoint]', 'one signed checkpoint, or a file of several')
    .option('--key <file>', 'public keys that are accepted (PEM, or base64 of 32 bytes); those that the checkpoints name unless given')
    .option('--json', 'one JSON line; of files {valid, why, reason, …}')
    .action(async (log: string | undefined, checkpoint: string | undefined, options: { key?: string; json?: boolean }) => {
      if (log !== undefined && checkpoint === undefined) throw new Error('请同时给出日志文件和检查点文件：policyloop verify LOG.json CHECKPOINT.json');
      const verdict = log !== undefined && checkpoint !== undefined ? await verifyLogFiles(log, checkpoint, options.key) : await verifyAll();
      print(verdict, options.json);
      if ('valid' in verdict ? !verdict.valid : !verdict.ok) process.exitCode = 1;
    });

  program.command('effective')
    .description('the documents of a city that are in force on a day')
    .requiredOption('--city <code>', 'division code of the city')
    .option('--on <date>', 'the day, YYYY-MM-DD; today unless given')
    .option('--json', 'one JSON line a document: {number, title, department, from, to, amendedBy}')
    .action(async (options: { city: string; on?: string; json?: boolean }) => {
      const lines = await effectiveLines(options.city, options.on);
      process.stdout.write(options.json ? lines.map((line) => `${JSON.stringify(line)}\n`).join('') : effectiveForPeople(lines));
    });

  addLogCommands(program);
}

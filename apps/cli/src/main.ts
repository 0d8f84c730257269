import 'reflect-metadata';
import { DomainError } from '@platform/kernel';
import { Command } from 'commander';
import { addDatabaseCommands } from './database-commands';
import { addFileCommands } from './file-commands';
import { message } from './output';

/** `policyloop`: the operator's door. Bad input is one clear line on standard error and exit code 1. */
async function main(): Promise<void> {
  const program = new Command('policyloop').description('政策全周期 PolicyLoop').exitOverride();
  program.configureOutput({ outputError: (text, write) => write(`policyloop: ${text.replace(/^error: /, '')}`) });
  addFileCommands(program);
  addDatabaseCommands(program);
  await program.parseAsync(process.argv);
}

main().catch((error: unknown) => {
  const code = (error as { code?: string }).code;
  if (code === 'commander.helpDisplayed' || code === 'commander.help' || code === 'commander.version') process.exit(0);
  if (!code?.startsWith('commander.')) process.stderr.write(`policyloop: ${error instanceof DomainError ? message(error) : (error as Error).message ?? String(error)}\n`);
  process.exit(1);
});

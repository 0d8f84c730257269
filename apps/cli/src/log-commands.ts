import { createWriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { systemActor } from '@platform/kernel';
import { checkpoints, exportLog, readOneMoment, TakeCheckpoint } from '@platform/merkle-log';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { Command } from 'commander';
import { withApplication } from './application';
import { print } from './output';
import { requireCity } from './require-city';

interface Target {
  city: string;
  out: string;
  json?: boolean;
}

/** `policyloop log …`: a city's log and its checkpoints as files. */
export function addLogCommands(program: Command): void {
  const log = program.command('log').description('the log of a city and its signed checkpoints, as files');
  const sub = (name: string, description: string): Command => new Command(name)
    .copyInheritedSettings(log)
    .description(description)
    .requiredOption('--city <code>', 'division code of the city')
    .requiredOption('--out <file>', 'file to write')
    .option('--json', 'one JSON line');
  log.addCommand(sub('export', 'every life-cycle event and audit entry in the order of the log').action(exportToFile));
  log.addCommand(sub('checkpoint', 'every signed checkpoint, after taking one of what is new')
    .option('--newest', 'only the newest one')
    .action(checkpointsToFile));
}

function exportToFile({ city, out, json }: Target): Promise<void> {
  return withApplication(async (app) => {
    await requireCity(app, city);
    // Aside first: half of an export is never taken for a log that somebody cut off.
    const part = `${out}.part`;
    try {
      await app.get(UnitOfWork).run(systemActor(city), async (tx) => {
        await readOneMoment(tx);
        await pipeline(exportLog(tx), createWriteStream(part));
      });
      await rename(part, out);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    print({ city, out }, json);
  });
}

function checkpointsToFile({ city, out, newest, json }: Target & { newest?: boolean }): Promise<void> {
  return withApplication(async (app) => {
    await requireCity(app, city);
    const taken = await app.get(TakeCheckpoint).run(city, { now: true });
    const { items } = await checkpoints(app.get(PublicReader), city, { all: true });
    if (items.length === 0) throw new Error(`城市 ${city} 还没有检查点：没有设置签名密钥 LOG_SIGNING_KEY`);
    const kept = newest ? items.slice(0, 1) : items.reverse();
    await writeFile(out, `${JSON.stringify(kept.length === 1 ? kept[0] : { checkpoints: kept }, null, 2)}\n`);
    print({ city, out, checkpoints: kept.length, size: kept.at(-1)?.size ?? 0, taken: taken !== null }, json);
  });
}

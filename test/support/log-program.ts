import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { systemActor } from '@platform/kernel';
import { exportLog, readCheckpoints, readOneMoment, verifyLogFile } from '@platform/merkle-log';
import { PersistenceModule, UnitOfWork } from '@platform/persistence';
import { NestFactory } from '@nestjs/core';

/**
 * A program of its own, so that the time and the memory are the work's alone: `log-program.ts export CITY LOG.json` (with APP_URL and PUBLIC_URL) or `log-program.ts verify LOG.json CHECKPOINTS.json`
 * prints seconds, megabytes at most, and the verdict.
 */
const [, , work = '', first = '', second = ''] = process.argv;

async function exported(): Promise<unknown> {
  const { APP_URL = '', PUBLIC_URL = '' } = process.env;
  const app = await NestFactory.createApplicationContext(PersistenceModule.forRoot({ appUrl: APP_URL, publicUrl: PUBLIC_URL, clock: { now: () => new Date() } }), { logger: false });
  try {
    await app.get(UnitOfWork).run(systemActor(first), async (tx) => {
      await readOneMoment(tx);
      await pipeline(exportLog(tx), createWriteStream(second));
    });
  } finally {
    await app.close();
  }
  return null;
}

const verified = (): Promise<unknown> => verifyLogFile(createReadStream(first), readCheckpoints(readFileSync(second, 'utf8')) ?? [], null);

const started = process.hrtime.bigint();
void (work === 'export' ? exported() : verified()).then((verdict) => {
  process.stdout.write(JSON.stringify({ seconds: Number(process.hrtime.bigint() - started) / 1e9, megabytes: process.resourceUsage().maxRSS / 1024, verdict }));
});

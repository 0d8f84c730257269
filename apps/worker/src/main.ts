import 'reflect-metadata';
import { readSettings } from '@platform/settings';
import { pino } from 'pino';
import { startWorker } from './worker';

const log = pino({ name: 'worker' });

async function main(): Promise<void> {
  const worker = await startWorker(readSettings(process.env), log);
  log.info('worker started');
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    worker.stop().then(() => process.exit(0), (error: unknown) => {
      log.error({ err: error }, 'worker did not stop cleanly');
      process.exit(1);
    });
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

main().catch((error: unknown) => {
  log.fatal({ err: error }, 'worker could not start');
  process.exit(1);
});

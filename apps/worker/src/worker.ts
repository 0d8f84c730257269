import { BullDispatcher, EventProcessor, LocalDispatcher, OutboxRelay } from '@platform/messaging';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import type { Settings } from '@platform/settings';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Logger } from 'pino';
import { Schedules } from './schedules';
import { WorkerModule } from './worker.module';

const SCHEDULE_MS = 5_000;

export interface Worker {
  context: INestApplicationContext;
  /** Finishes what is in hand and closes every connection. */
  stop(): Promise<void>;
}

/** Starts relay and schedules. With a Redis the events go through Bull, without one this process runs the handlers itself. */
export async function startWorker(settings: Settings, log: Logger): Promise<Worker> {
  const context = await NestFactory.createApplicationContext(WorkerModule.forRoot(settings), { logger: ['error', 'warn', 'fatal'], abortOnError: false });
  const reader = context.get(PublicReader);
  const cities = async (): Promise<string[]> => (await reader.query<{ id: string }>('SELECT id FROM city ORDER BY id')).map(({ id }) => id);
  const processor = context.get(EventProcessor);
  const dispatcher = settings.redisUrl ? new BullDispatcher(settings.redisUrl, processor) : new LocalDispatcher(processor);
  const relay = new OutboxRelay(context.get(UnitOfWork), dispatcher, {
    cities, clock: settings.clock, onError: (error) => log.error({ err: error }, 'outbox relay'),
  });
  relay.start();

  let stopped = false;
  let round: Promise<void> = Promise.resolve();
  const tick = async (): Promise<void> => {
    for (const cityId of await cities()) {
      for (const schedule of context.get(Schedules).all) await schedule.run(cityId);
    }
  };
  const timer = setInterval(() => {
    // One round at a time: a slow one delays the next.
    round = round.then(() => (stopped ? undefined : tick())).catch((error: unknown) => log.error({ err: error }, 'schedule'));
  }, SCHEDULE_MS);

  return {
    context,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await round;
      await relay.stop();
      await context.close();
    },
  };
}

import { BullDispatcher, EventProcessor, LocalDispatcher, OutboxRelay } from '@platform/messaging';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import type { Settings } from '@platform/settings';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Logger } from 'pino';
import { type Schedule, Schedules } from './schedules';
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

  const { all } = context.get(Schedules);
  const quick = repeat(all.filter(({ slow }) => !slow), cities, log);
  const slow = repeat(all.filter((schedule) => schedule.slow), cities, log);

  return {
    context,
    stop: async () => {
      // What is slow is ended with the context, which it has to be prepared for.
      void slow.stop();
      await quick.stop();
      await relay.stop();
      await context.close();
    },
  };
}

/** Runs schedules every few seconds, one round at a time: a round that takes longer delays the next. What fails in one city or schedule holds up no other. */
function repeat(schedules: readonly Schedule[], cities: () => Promise<string[]>, log: Logger): { stop(): Promise<void> } {
  let stopped = false;
  let round: Promise<void> = Promise.resolve();
  const failed = (schedule: string) => (error: unknown): void => {
    if (!stopped) log.error({ err: error, schedule }, 'schedule');
  };
  const tick = async (): Promise<void> => {
    for (const cityId of await cities()) {
      for (const schedule of schedules) if (!stopped) await schedule.run(cityId).catch(failed(schedule.name));
    }
  };
  const timer = setInterval(() => {
    round = round.then(() => (stopped ? undefined : tick())).catch(failed('cities'));
  }, SCHEDULE_MS);
  return {
    stop: () => {
      stopped = true;
      clearInterval(timer);
      return round;
    },
  };
}

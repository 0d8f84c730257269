import Bull from 'bull';
import type { Dispatcher } from './dispatcher';
import type { EventProcessor } from './event-processor';

interface Job {
  cityId: string;
  eventId: string;
}

/**
 * A job of a killed worker is noticed after two looks and given to another, well within the lease of its event (30 s), which could not queue it
 * again before. A handler that outlives its lock is run twice at worst, which is harmless.
 */
const RECOVERY = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 3 };

/**
 * Feeds Bull, and works its queue off. The job's id is the event's, so the same event is queued once; finished and failed jobs are removed, so
 * that the relay can queue an event again when its lease has run out: what Redis forgets, the outbox still knows.
 */
export class BullDispatcher implements Dispatcher {
  private readonly queue: Bull.Queue<Job>;

  constructor(redisUrl: string, processor: EventProcessor, options: { prefix?: string; concurrency?: number } = {}) {
    this.queue = new Bull<Job>('outbox', redisUrl, {
      prefix: options.prefix ?? 'policyloop',
      redis: { maxRetriesPerRequest: null, enableReadyCheck: false },
      settings: RECOVERY,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
    });
    // A lost connection is retried by ioredis; without a listener it would end the process.
    this.queue.on('error', () => undefined);
    void this.queue.process(options.concurrency ?? 4, async (job) => processor.process(job.data.cityId, job.data.eventId)).catch(() => undefined);
  }

  async dispatch(cityId: string, eventId: string): Promise<void> {
    await this.queue.add({ cityId, eventId }, { jobId: eventId });
  }

  async close(): Promise<void> {
    await this.queue.close();
  }
}

import { Worker } from 'node:worker_threads';
import { type Answer, settle } from './messages';

export interface ThreadPoolOptions {
  /**
   * The compiled file that each thread runs; it calls `serveThread`. Named so that it is found in dist/ and in the sources alike:
   * `join(__dirname, 'read-docx.thread' + extname(__filename))`.
   */
  file: string;
  /** Threads at most; they are started when there is work and stopped after `idleMs` without any. */
  size: number;
  /** Pieces of work that may wait for a thread; more are refused as `busy`. */
  waiting: number;
  /** A piece of work that takes longer, the start of its thread included and its waiting not, loses its thread. In milliseconds. */
  timeoutMs: number;
  /** Memory of one thread's heap, in megabytes. */
  memoryMb: number;
  /** How long a thread without work is kept, in milliseconds. */
  idleMs?: number;
}

/** Why a piece of work has no result: no thread was free, it took too long, or its thread ended (most likely out of memory). */
export class ThreadError extends Error {
  constructor(readonly reason: 'busy' | 'timeout' | 'ended', cause?: unknown) {
    super(`thread ${reason}`, { cause });
    this.name = 'ThreadError';
  }
}

interface Job {
  input: unknown;
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

interface Thread {
  worker: Worker;
  job: Job | null;
  timer: NodeJS.Timeout | null;
}

/**
 * Runs heavy work beside the event loop, so that the process answers others meanwhile: at most `size` pieces at once, each with a limit of
 * time and memory. A thread that breaks or overruns is replaced; idle threads do not keep the process alive.
 */
export class ThreadPool<Input, Output> {
  private readonly threads = new Set<Thread>();
  private readonly queue: Job[] = [];

  constructor(private readonly options: ThreadPoolOptions) {}

  /**
   * Does one piece of work. The input is copied to the thread, and the result back.
   *
   * @throws ThreadError without a result of the work; whatever the work itself throws (a `DomainError` as such)
   */
  run(input: Input): Promise<Output> {
    return new Promise<Output>((resolve, reject) => {
      const job: Job = { input, resolve: resolve as Job['resolve'], reject };
      const free = [...this.threads].find((thread) => thread.job === null);
      if (free) this.give(free, job);
      else if (this.threads.size < this.options.size) this.give(this.start(), job);
      else if (this.queue.length < this.options.waiting) this.queue.push(job);
      else reject(new ThreadError('busy'));
    });
  }

  /** Ends every thread; work that is not done is refused as `ended`. */
  async close(): Promise<void> {
    for (const job of this.queue.splice(0)) job.reject(new ThreadError('ended'));
    await Promise.all([...this.threads].map((thread) => this.stop(thread, new ThreadError('ended'))));
  }

  private start(): Thread {
    // Threads do not inherit what the tests do to understand TypeScript; they name a file that does it.
    const preload = process.env['THREAD_PRELOAD'];
    const worker = new Worker(this.options.file, {
      resourceLimits: { maxOldGenerationSizeMb: this.options.memoryMb },
      ...(preload ? { execArgv: ['--require', preload] } : {}),
    });
    const thread: Thread = { worker, job: null, timer: null };
    worker.on('message', (answer: Answer) => this.finish(thread, answer));
    worker.on('error', (error) => void this.stop(thread, new ThreadError('ended', error)));
    worker.on('exit', () => void this.stop(thread, new ThreadError('ended')));
    this.threads.add(thread);
    return thread;
  }

  private give(thread: Thread, job: Job): void {
    if (thread.timer) clearTimeout(thread.timer);
    thread.job = job;
    thread.timer = setTimeout(() => void this.stop(thread, new ThreadError('timeout')), this.options.timeoutMs);
    thread.worker.ref();
    try {
      thread.worker.postMessage(job.input);
    } catch (error) {
      this.finish(thread, { failure: { message: (error as Error).message, stack: String((error as Error).stack) } });
    }
  }

  private finish(thread: Thread, answer: Answer): void {
    if (thread.timer) clearTimeout(thread.timer);
    const { job } = thread;
    thread.job = null;
    const next = this.queue.shift();
    if (next) this.give(thread, next);
    else this.rest(thread);
    const outcome = settle(answer);
    if ('error' in outcome) job?.reject(outcome.error);
    else job?.resolve(outcome.result);
  }

  private rest(thread: Thread): void {
    thread.worker.unref();
    thread.timer = setTimeout(() => void this.stop(thread, new ThreadError('ended')), this.options.idleMs ?? 30_000).unref();
  }

  /** Takes a thread out of the pool, once; what waits gets a new one. */
  private async stop(thread: Thread, reason: ThreadError): Promise<void> {
    if (!this.threads.delete(thread)) return;
    if (thread.timer) clearTimeout(thread.timer);
    thread.job?.reject(reason);
    const next = this.queue.shift();
    if (next) this.give(this.start(), next);
    await thread.worker.terminate();
  }
}

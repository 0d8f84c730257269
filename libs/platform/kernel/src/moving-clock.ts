import { readFileSync, writeFileSync } from 'node:fs';
import type { Clock } from './clock';

/** Milliseconds for which an offset that was read is used again. */
const REREAD_MS = 500;

/**
 * The clock of a demonstration: real time plus an offset that is kept in a file, so that web and worker stand at the same day. Never used
 * where no file was named.
 */
export class MovingClock implements Clock {
  private offsetMs = 0;
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly file: string) {}

  now(): Date {
    return new Date(Date.now() + this.offset());
  }

  /** Moves the clock forward by whole days; it never goes back, as what happened has happened. */
  forward(days: number): void {
    if (!Number.isInteger(days) || days < 1 || days > 3650) throw new RangeError(`not a number of days: ${days}`);
    this.readAt = Number.NEGATIVE_INFINITY;
    const offsetMs = this.offset() + days * 86_400_000;
    writeFileSync(this.file, JSON.stringify({ offsetMs }));
    this.readAt = Number.NEGATIVE_INFINITY;
  }

  private offset(): number {
    if (performance.now() - this.readAt < REREAD_MS) return this.offsetMs;
    this.readAt = performance.now();
    try {
      const { offsetMs } = JSON.parse(readFileSync(this.file, 'utf8')) as { offsetMs: unknown };
      if (typeof offsetMs === 'number') this.offsetMs = offsetMs;
    } catch {
      // No file yet: nobody has moved the clock.
    }
    return this.offsetMs;
  }
}

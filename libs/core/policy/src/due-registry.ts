import type { TenantTx } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import type { DueItem } from './domain/due';

/** Most rows of one source; the earliest come first, so what is cut off is what is due last. */
export const DUE_LIMIT = 500;

export interface DueScope {
  /** The matters of this department and those that wait for its people; null for every department of the city. */
  departmentId: string | null;
  /** For the machinery, which reminds of everything: what is told months ahead is not cut off at `DUE_LIMIT`. */
  whole?: boolean;
}

/**
 * What a room knows to be due. `list` only reads, in one statement that names the city, orders by the last day and stops at `DUE_LIMIT`; what is
 * done is not listed. Row-level security narrows it further: the machinery, which reminds, sees the city.
 */
export interface DueSource {
  /** `<room>.<what>`. */
  key: string;
  list(tx: TenantTx, scope: DueScope): Promise<DueItem[]>;
}

/** The sources of the deadline desk. Rooms register theirs when they start, as they do their gates; the desk knows no room. */
@Injectable()
export class DueRegistry {
  private readonly sources: DueSource[] = [];

  register(source: DueSource): void {
    if (this.sources.some((other) => other.key === source.key)) throw new Error(`two sources of deadlines are called ${source.key}`);
    this.sources.push(source);
  }

  /** Everything that is due in the scope, earliest first, what has no day last. `cut` tells that a source had more than it may list. */
  async list(tx: TenantTx, scope: DueScope): Promise<{ items: DueItem[]; cut: boolean }> {
    const items: DueItem[] = [];
    let cut = false;
    for (const source of this.sources) {
      const found = await source.list(tx, scope);
      cut ||= found.length >= DUE_LIMIT;
      items.push(...found);
    }
    return { items: items.sort(byDay), cut };
  }
}

function byDay(a: DueItem, b: DueItem): number {
  const [first, second] = [`${a.dueOn ?? '9999-12-31'} ${a.key}`, `${b.dueOn ?? '9999-12-31'} ${b.key}`];
  return first < second ? -1 : first > second ? 1 : 0;
}

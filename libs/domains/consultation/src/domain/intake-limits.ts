/** How a post shows that it may come in: its sender is signed in, a browser has worked for it, or somebody has answered a question in words. */
export type Means = 'account' | 'work' | 'question';

export interface IntakeLimits {
  account: number;
  network: number;
  question: number;
  consultation: number;
}

/** What is counted of a post. */
export interface Bucket {
  kind: keyof IntakeLimits;
  subject: string;
}

export interface Sender {
  accountId: string | null;
  /** A keyed hash of the network that the post comes from. */
  network: string;
}

const SLOT_MS = 10 * 60_000;
const MINUTE_MS = 60_000;

/**
 * What a post is counted under, the busiest last, so that its row is locked for the shortest time and all take their locks in one order. Who is signed in is
 * counted by the account and not by the network: a whole enterprise may come from one address.
 */
export function bucketsOf(means: Means, { accountId, network }: Sender, consultationId: string): Bucket[] {
  const own: Bucket[] = means === 'account' ? [{ kind: 'account', subject: accountId ?? '' }] : [{ kind: 'network', subject: network }];
  return [...own, ...(means === 'question' ? [{ kind: 'question' as const, subject: network }] : []), { kind: 'consultation', subject: consultationId }];
}

/** The start of the ten minutes that an instant is in. */
export const slotOf = (at: Date): Date => new Date(Math.floor(at.getTime() / SLOT_MS) * SLOT_MS);

export const previousSlot = (at: Date): Date => new Date(slotOf(at).getTime() - SLOT_MS);

/** Whole seconds until the next ten minutes begin, at least one. */
export const secondsToNextSlot = (at: Date): number => Math.max(1, Math.ceil((slotOf(at).getTime() + SLOT_MS - at.getTime()) / 1000));

/** Posts a minute, from the counts of these ten minutes and of those before; whichever says more. */
export function postsPerMinute(at: Date, now: number, before: number): number {
  const minutes = Math.max(1, (at.getTime() - slotOf(at).getTime()) / MINUTE_MS);
  return Math.max(now / minutes, before / (SLOT_MS / MINUTE_MS));
}

/** Posts a minute from which the work grows. */
const BUSY = 30;
const MOST_MORE = 4;

/** One bit more for each doubling beyond what is busy: somebody with one opinion hardly notices, a program that sends thousands does. */
export function workBits(quiet: number, perMinute: number): number {
  const more = perMinute <= BUSY ? 0 : Math.ceil(Math.log2(perMinute / BUSY));
  return quiet + Math.min(MOST_MORE, more);
}

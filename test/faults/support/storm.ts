import { setTimeout as sleep } from 'node:timers/promises';
import { pick, seeded, shuffled } from './random';
import { type Stack, startStack } from './stack';
import { OpinionStream, type StreamResult } from './stream';
import { readTree, type TreeVerdict } from './tree';
import { readVerdict, type Verdict } from './verdict';

export interface Storm {
  seed: number;
  /** How often each part was killed. */
  kills: Record<string, number>;
  stream: StreamResult;
  verdict: Verdict;
  tree: TreeVerdict;
  unasked: string[];
  /** What `policyloop verify --json` answers. */
  chains: { ok: boolean; audit: number };
  /** Whole seconds from the first post to the close. */
  seconds: number;
}

/** How long opinions flow, by how many clients, and from what the faults follow. `npm run soak` sets more. */
const number = (name: string, fallback: number): number => Number(process.env[name] ?? fallback);
export const SECONDS = number('FAULTS_SECONDS', 18);
const CLIENTS = number('FAULTS_CLIENTS', 4);
const PAUSE_MS = number('FAULTS_PAUSE_MS', 80);
/** Leases of events and locks of jobs last 30 s: what a killed worker had in hand is due again after one or two of them. */
const DRAIN_MS = number('FAULTS_DRAIN_MS', 75_000);
/** How long a program may take to be ready; longer where the machine has much else to do. */
const BOOT_MS = number('FAULTS_BOOT_MS', 60_000);
/** Programs start and every part is killed once at least, however short the run is: the window ends so long after `SECONDS`. */
const MARGIN_SECONDS = 20;

export const LONGEST_MS = (SECONDS + MARGIN_SECONDS) * 1000 + 2 * DRAIN_MS + 4 * BOOT_MS;

/**
 * Opinions flow while parts of the product are killed at random moments and started again, and go on until the window ends by itself; then everything is
 * counted, and every receipt is held against the root that the worker has published.
 */
export async function storm(options: { redis: boolean }): Promise<Storm> {
  const seed = number('FAULTS_SEED', Math.floor(Math.random() * 2 ** 31));
  process.stdout.write(`faults${options.redis ? ' with Redis' : ''}: FAULTS_SEED=${seed}\n`);
  const random = seeded(seed);
  const stack = await startStack({ ...options, windowSeconds: SECONDS + MARGIN_SECONDS });
  try {
    await untilReady(stack.address);
    const stream = new OpinionStream(stack.address, seeded(seed + 1), PAUSE_MS);
    const began = performance.now();
    stream.start(CLIENTS);
    const kills = await killAtRandom(stack, random);
    const result = await Promise.race([stream.untilClosed(), sleep((SECONDS + MARGIN_SECONDS) * 1000 + BOOT_MS, undefined, { ref: false }).then(() => stream.stop())]);
    const seconds = Math.round((performance.now() - began) / 1000);
    const tree = await readTree(stack.address, result.acknowledged);
    const verdict = await readVerdict(stack.ownerUrl, result.acknowledged, DRAIN_MS);
    const chains = JSON.parse(stack.cli('verify', '--json')) as Storm['chains'];
    return { seed, kills, stream: result, verdict, tree, seconds, unasked: stack.unasked, chains };
  } finally {
    await stack.stop();
  }
}

/** First every part once in a random order, then whichever; mostly after the site is back, sometimes while it is still starting. */
async function killAtRandom({ parts, address }: Stack, random: () => number): Promise<Record<string, number>> {
  const kills: Record<string, number> = Object.fromEntries(parts.map(({ name }) => [name, 0]));
  const first = shuffled(random, parts);
  for (const until = performance.now() + SECONDS * 1000; performance.now() < until || first.length > 0; ) {
    if (random() < 0.7) await untilReady(address);
    await sleep(300 + random() * 1700);
    const part = first.shift() ?? pick(random, parts);
    await part.kill();
    await sleep(random() * 300);
    await part.start();
    kills[part.name] = (kills[part.name] ?? 0) + 1;
  }
  return kills;
}

async function untilReady(address: string): Promise<void> {
  for (const until = performance.now() + BOOT_MS; performance.now() < until; await sleep(100)) {
    const answer = await fetch(`${address}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error('web did not become ready');
}

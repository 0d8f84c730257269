import { setTimeout as sleep } from 'node:timers/promises';
import { type ReceiptFile, type RootFile, verifyReceipt } from '@domains/consultation';
import { type Acknowledged, CITY, CONSULTATION } from './stream';

/** What the published root says of what was acknowledged. */
export interface TreeVerdict {
  /** Opinions under the root. */
  size: number;
  /** Acknowledged opinions whose receipt, as its author gets it, holds against the root and has the words that were sent. */
  included: number;
  /** The others, with the reason. */
  missing: string[];
  /** Whether the leaves that are published give the published root. */
  leavesGiveRoot: boolean;
}

const AT_ONCE = 8;
const ROOT_MS = 90_000;

/** Waits for the worker to close the consultation by itself, and judges every receipt offline against the published root. */
export async function readTree(address: string, acknowledged: readonly Acknowledged[]): Promise<TreeVerdict> {
  const at = `${address}/${CITY}/consultations/${CONSULTATION}/root.json`;
  const text = await published(at);
  const { size } = JSON.parse(text) as RootFile;
  const whole = await (await fetch(`${at}?leaves=1`)).text();
  const missing: string[] = [];
  const queue = [...acknowledged];
  let leavesGiveRoot = true;
  const one = async (): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const receipt = await (await fetch(`${address}/${CITY}/receipts/${next.code}/receipt.json`)).text();
      const verdict = verifyReceipt(receipt, text);
      const { leaf, words } = JSON.parse(receipt) as ReceiptFile;
      if (!verdict.included || leaf.opinion !== next.opinionId || words?.text !== next.text) missing.push(`${next.text}: ${verdict.reason}`);
      // With its leaves the root is computed anew: once is enough.
      if (queue.length === 0) leavesGiveRoot &&= verifyReceipt(receipt, whole).included;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return { size, included: acknowledged.length - missing.length, missing, leavesGiveRoot };
}

async function published(url: string): Promise<string> {
  for (const until = performance.now() + ROOT_MS; performance.now() < until; await sleep(500)) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200) return answer.text();
  }
  throw new Error('the consultation was not closed, or its root was not published');
}

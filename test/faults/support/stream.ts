import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

export const CITY = '999900';
export const CONSULTATION = '00000000-0000-7000-8000-0000000000d1';

/** An opinion that the product has acknowledged with a receipt. */
export interface Acknowledged {
  key: string;
  text: string;
  opinionId: string;
  receiptNo: string;
}

export interface StreamResult {
  acknowledged: Acknowledged[];
  /** Posts that had to be sent again. */
  retries: number;
  /** Answers that no careful client may get: a refusal, or another receipt for the same key. */
  wrong: string[];
}

interface Receipt {
  opinionId: string;
  receiptNo: string;
}

/** A post may hang while the database restarts. */
const PATIENCE_MS = 8_000;
/** How long after the faults a client goes on asking before the opinion counts as refused for good. */
const LAST_TRIES_MS = 40_000;
/** Some acknowledged opinions are sent once more, as by a client whose line broke before the answer came. */
const REPEATED = 0.1;

/**
 * Clients that post opinions until they are told to stop, each one after the other. A post that fails is repeated with the same key until it is
 * acknowledged, so at the end every opinion that was begun is acknowledged, or named as wrong.
 */
export class OpinionStream {
  readonly result: StreamResult = { acknowledged: [], retries: 0, wrong: [] };
  private stopping = false;
  private giveUpAt = Number.POSITIVE_INFINITY;
  private readonly running: Promise<void>[] = [];

  constructor(
    private readonly address: string,
    private readonly random: () => number,
    /** Milliseconds between two opinions of one client. */
    private readonly pauseMs: number,
  ) {}

  start(clients: number): void {
    for (let n = 1; n <= clients; n += 1) this.running.push(this.client(n));
  }

  /** Lets every client finish the opinion in its hand. */
  async stop(): Promise<StreamResult> {
    this.stopping = true;
    this.giveUpAt = performance.now() + LAST_TRIES_MS;
    await Promise.all(this.running);
    return this.result;
  }

  private async client(n: number): Promise<void> {
    for (let count = 1; !this.stopping; count += 1) {
      const [key, text] = [randomUUID(), `第${n}位来信人的第${count}条意见`];
      const receipt = await this.untilAcknowledged(key, text);
      if (!receipt) continue;
      this.result.acknowledged.push({ key, text, ...receipt });
      if (this.random() < REPEATED) {
        const again = await this.untilAcknowledged(key, text);
        if (again?.opinionId !== receipt.opinionId || again.receiptNo !== receipt.receiptNo) this.result.wrong.push(`${text}: another receipt for the same key`);
      }
      await sleep(this.pauseMs);
    }
  }

  private async untilAcknowledged(key: string, text: string): Promise<Receipt | null> {
    for (;;) {
      const answer = await this.post(key, text).catch(() => undefined);
      if (answer?.status === 201) return answer.receipt;
      if (answer && answer.status < 500) {
        this.result.wrong.push(`${text}: ${answer.status} ${JSON.stringify(answer.receipt)}`);
        return null;
      }
      if (performance.now() > this.giveUpAt) {
        this.result.wrong.push(`${text}: never acknowledged, last ${answer ? answer.status : 'no answer'}`);
        return null;
      }
      this.result.retries += 1;
      await sleep(100 + this.random() * 200);
    }
  }

  private async post(key: string, text: string): Promise<{ status: number; receipt: Receipt }> {
    const answer = await fetch(`${this.address}/api/v1/cities/${CITY}/consultations/${CONSULTATION}/opinions`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ text, stance: 'suggest', clauseId: 'art_7' }), signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { opinionId, receiptNo, ...rest } = (await answer.json()) as Receipt;
    return { status: answer.status, receipt: answer.status === 201 ? { opinionId, receiptNo } : { opinionId, receiptNo, ...rest } };
  }
}

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { solve } from '../../support/challenge';

export const CITY = '999900';
export const CONSULTATION = '00000000-0000-7000-8000-0000000000d1';

/** An opinion that the product has acknowledged with a receipt. */
export interface Acknowledged {
  key: string;
  text: string;
  opinionId: string;
  receiptNo: string;
  code: string;
}

export interface StreamResult {
  acknowledged: Acknowledged[];
  /** Posts that had to be sent again. */
  retries: number;
  /** Texts of posts that were told they came after the close. */
  late: string[];
  /** Answers that no careful client may get: a refusal, or another receipt for the same key. */
  wrong: string[];
}

type Receipt = Pick<Acknowledged, 'opinionId' | 'receiptNo' | 'code'>;
type Headers = Record<string, string>;
const PATH = `/api/v1/cities/${CITY}/consultations/${CONSULTATION}`;

/** A post may hang while the database restarts. */
const PATIENCE_MS = 8_000;
/** How long after the faults a client goes on asking before the opinion counts as refused for good. */
const LAST_TRIES_MS = 40_000;
/** Some acknowledged opinions are sent once more, as by a client whose line broke before the answer came. */
const REPEATED = 0.1;

/**
 * Clients that post opinions until they are told to stop, each one after the other. A post that fails is repeated with the same key until it is
 * acknowledged, so at the end every opinion that was begun is acknowledged, came after the close, or is named as wrong. Each post brings the work that the site asks for.
 */
export class OpinionStream {
  readonly result: StreamResult = { acknowledged: [], retries: 0, late: [], wrong: [] };
  private stopping = false;
  private closed = false;
  private giveUpAt = Number.POSITIVE_INFINITY;
  private readonly running: Promise<void>[] = [];
  private readonly solved = new Map<string, Headers>();

  constructor(
    private readonly address: string,
    private readonly random: () => number,
    /** Milliseconds between two opinions of one client. */
    private readonly pauseMs: number,
  ) {}

  start(clients: number): void {
    for (let n = 1; n <= clients; n += 1) this.running.push(this.client(n));
  }

  /** Resolves when every client has been told that the window is over. */
  async untilClosed(): Promise<StreamResult> {
    await Promise.all(this.running);
    return this.result;
  }

  /** Lets every client finish the opinion in its hand. */
  async stop(): Promise<StreamResult> {
    this.stopping = true;
    this.giveUpAt = performance.now() + LAST_TRIES_MS;
    await Promise.all(this.running);
    return this.result;
  }

  private async client(n: number): Promise<void> {
    for (let count = 1; !this.stopping && !this.closed; count += 1) {
      const [key, text] = [randomUUID(), `第${n}位来信人的第${count}条意见`];
      const receipt = await this.untilAcknowledged(key, text);
      if (!receipt) continue;
      this.result.acknowledged.push({ key, text, ...receipt });
      if (this.random() < REPEATED) {
        const again = await this.untilAcknowledged(key, text);
        if (again?.opinionId !== receipt.opinionId || again.receiptNo !== receipt.receiptNo || again.code !== receipt.code) this.result.wrong.push(`${text}: another receipt for the same key`);
      }
      this.solved.delete(key);
      await sleep(this.pauseMs);
    }
  }

  private async untilAcknowledged(key: string, text: string): Promise<Receipt | null> {
    for (;;) {
      const answer = await this.post(key, text).catch(() => undefined);
      if (answer?.status === 201) return answer.body as Receipt;
      if (answer?.status === 409 && answer.body.type?.endsWith('consultation:error.notOpen')) {
        this.closed = true;
        this.result.late.push(text);
        return null;
      }
      if (answer && answer.status < 500) {
        this.result.wrong.push(`${text}: ${answer.status} ${JSON.stringify(answer.body)}`);
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

  private async post(key: string, text: string): Promise<{ status: number; body: Partial<Receipt> & { type?: string } }> {
    const proof = await this.proof(key);
    if (!proof.ok) return { status: proof.status, body: proof.body as { type?: string } };
    return this.ask(PATH + '/opinions', { ...proof.headers, 'content-type': 'application/json' }, JSON.stringify({ text, stance: 'suggest', clauseId: 'art_7' }));
  }

  /** The challenge of a key, solved; kept for the next try. */
  private async proof(key: string): Promise<{ ok: true; headers: Headers } | { ok: false; status: number; body: object }> {
    const known = this.solved.get(key);
    if (known) return { ok: true, headers: known };
    const { status, body } = await this.ask(PATH + '/challenge', { 'idempotency-key': key });
    if (status !== 200) return { ok: false, status, body };
    const { challenge, bits } = body as { challenge: string; bits: number };
    const headers = { 'idempotency-key': key, 'intake-challenge': challenge, 'intake-solution': solve(challenge, bits) };
    this.solved.set(key, headers);
    return { ok: true, headers };
  }

  private async ask(path: string, headers: Headers, body?: string): Promise<{ status: number; body: Partial<Receipt> & { type?: string } }> {
    const answer = await fetch(this.address + path, { headers, ...(body ? { method: 'POST', body } : {}), signal: AbortSignal.timeout(PATIENCE_MS) });
    return { status: answer.status, body: (await answer.json()) as Partial<Receipt> };
  }
}

import { sha256Hex } from '@platform/kernel';

export interface ChainLink {
  chain: string;
  seq: number;
  payload: string;
  prevHash: string;
  hash: string;
}

export interface ChainFault {
  chain: string;
  /** The number at which the chain first departs from what it should be. */
  seq: number;
  why: 'missing' | 'edited' | 'unlinked' | 'head';
}

export const GENESIS = '0'.repeat(64);

/** Walks one chain in order and remembers the first fault: an edited entry, a gap, a wrong order, a broken link, a cut-off end. */
export class ChainVerifier {
  private seq = 0;
  private hash = GENESIS;
  fault: ChainFault | null = null;

  constructor(private readonly chain: string) {}

  add(link: ChainLink): void {
    if (this.fault) return;
    const expected = this.seq + 1;
    if (link.seq !== expected) this.fail(expected, 'missing');
    else if (link.prevHash !== this.hash) this.fail(expected, 'unlinked');
    else if (sha256Hex(`${link.prevHash}\n${link.payload}`) !== link.hash) this.fail(expected, 'edited');
    this.seq = link.seq;
    this.hash = link.hash;
  }

  /** Compares the end of the chain with the recorded head. */
  end(head: { seq: number; hash: string } | undefined): void {
    if (this.fault) return;
    if (!head || head.seq !== this.seq || head.hash !== this.hash) this.fail(this.seq + 1, 'head');
  }

  private fail(seq: number, why: ChainFault['why']): void {
    this.fault = { chain: this.chain, seq, why };
  }
}

import type { TenantTx } from '@platform/persistence';
import { type ChainFault, ChainVerifier } from './chain';

export interface CityVerdict {
  /** Number of life-cycle events and of audit entries that were read. */
  events: number;
  audit: number;
  firstFault: (ChainFault & { cityId: string }) | null;
}

interface Row {
  chain: string;
  seq: string;
  payload: string;
  prev_hash: string;
  hash: string;
}

const PAGE = 2000;

/**
 * Recomputes every chain of the transaction's city, life-cycle events and audit log alike, and compares each with its recorded head.
 * Needs the system scope: a narrower one would see gaps where there are none.
 */
export async function verifyCity(tx: TenantTx): Promise<CityVerdict> {
  const heads = await tx.query<{ chain: string; seq: string; hash: string }>(
    'SELECT chain, seq, hash FROM chain_head WHERE city_id = $1', [tx.cityId]);
  const headOf = new Map(heads.map((head) => [head.chain, { seq: Number(head.seq), hash: head.hash }]));
  const verdict: CityVerdict = { events: 0, audit: 0, firstFault: null };
  const seen = new Set<string>();
  for (const table of ['life_cycle_event', 'audit_entry'] as const) {
    let verifier: ChainVerifier | null = null;
    let chain = '';
    const close = (): void => {
      verifier?.end(headOf.get(chain));
      if (verifier?.fault && !verdict.firstFault) verdict.firstFault = { ...verifier.fault, cityId: tx.cityId };
    };
    for await (const row of rows(tx, table)) {
      if (row.chain !== chain) {
        close();
        chain = row.chain;
        verifier = new ChainVerifier(chain);
        seen.add(chain);
      }
      verifier?.add({ chain, seq: Number(row.seq), payload: row.payload, prevHash: row.prev_hash, hash: row.hash });
      verdict[table === 'audit_entry' ? 'audit' : 'events'] += 1;
    }
    close();
  }
  const lost = heads.find((head) => !seen.has(head.chain));
  if (lost && !verdict.firstFault) verdict.firstFault = { cityId: tx.cityId, chain: lost.chain, seq: 1, why: 'missing' };
  return verdict;
}

/** The entries of a table in the order of their chains, page by page. */
async function* rows(tx: TenantTx, table: 'life_cycle_event' | 'audit_entry'): AsyncGenerator<Row> {
  let after: { chain: string; seq: string } = { chain: '', seq: '0' };
  for (;;) {
    const page = await tx.query<Row>(
      `SELECT chain, seq, payload, prev_hash, hash FROM ${table}
       WHERE city_id = $1 AND (chain, seq) > ($2, $3::bigint) ORDER BY chain, seq LIMIT ${PAGE}`,
      [tx.cityId, after.chain, after.seq]);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last;
  }
}

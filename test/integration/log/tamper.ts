import { createHash } from 'node:crypto';
import { chainHash, type LogKind, recordLeaf } from '@platform/merkle-log';
import type { Client } from 'pg';
import type { Dice } from '../../support/campaigns/random';

interface Row { kind: LogKind; chain: string; seq: number; tenantId: string; policyId: string | null; isPublic: boolean | null; payload: string; prevHash: string; hash: string }

const TABLE = { event: 'life_cycle_event', audit: 'audit_entry' } as const;
const GENESIS = '0'.repeat(64);

/** Somebody with every right in the database who changes history, one random deed at a time. Each leaves the database other than it was. */
export class Intruder {
  constructor(private readonly db: Client, private readonly cityId: string, private readonly dice: Dice, private readonly departments: readonly string[]) {}

  /** Does one of the five kinds; answers what it was. */
  async act(): Promise<string> {
    const kind = this.dice.pick(['edit', 'delete', 'reorder', 'truncate', 'rebuild'] as const);
    return `${kind}: ${await this[kind]()}`;
  }

  private async edit(): Promise<string> {
    const row = await this.anyRow();
    const changes: Record<string, unknown> = {
      tenant_id: this.departments.find((id) => id !== row.tenantId), payload: this.changed(row.payload), prev_hash: this.otherHash(), hash: this.otherHash(),
      seq: row.seq + 1000, chain: `${row.chain}0`,
      ...(row.kind === 'event' ? { is_public: !row.isPublic, policy_id: (await this.anyRow('event', row.policyId)).policyId } : {}),
    };
    const columns = this.dice.shuffle(Object.keys(changes)).slice(0, this.dice.chance(0.8) ? 1 : 2);
    const withHash = columns.includes('payload') && !columns.includes('hash') && this.dice.chance(0.4);
    if (withHash) Object.assign(changes, { hash: chainHash(row.prevHash, String(changes['payload'])) });
    for (const column of withHash ? [...columns, 'hash'] : columns) await this.set(row, column, changes[column]);
    return `${columns.join(' and ')} of ${row.chain} ${row.seq}${withHash ? ', and its hash' : ''}`;
  }

  private async delete(): Promise<string> {
    const gone: string[] = [];
    for (let n = this.dice.between(1, 3); n > 0; n -= 1) {
      const row = await this.anyRow();
      await this.db.query(`DELETE FROM ${TABLE[row.kind]} WHERE city_id = $1 AND chain = $2 AND seq = $3`, [this.cityId, row.chain, row.seq]);
      gone.push(`${row.chain} ${row.seq}`);
    }
    // Perhaps with every trace of its number in the log.
    const numbers = this.dice.chance(0.4);
    if (numbers) await this.forgetMissing();
    return gone.join(', ') + (numbers ? ', and their numbers' : '');
  }

  private async reorder(): Promise<string> {
    if (this.dice.chance(0.3)) {
      const { rows } = await this.db.query<{ a: number; b: number }>('SELECT max(log_no)::int AS b FROM log_entry WHERE city_id = $1', [this.cityId]);
      const last = rows[0]?.b ?? 0;
      const a = this.dice.between(0, last - 1);
      const b = this.dice.between(a + 1, last);
      await this.db.query(`UPDATE log_entry SET log_no = CASE log_no WHEN $2 THEN $3 + 1000000 ELSE $2 + 1000000 END WHERE city_id = $1 AND log_no IN ($2, $3)`, [this.cityId, a, b]);
      await this.db.query('UPDATE log_entry SET log_no = log_no - 1000000 WHERE city_id = $1 AND log_no >= 1000000', [this.cityId]);
      return `numbers ${a} and ${b} of the log`;
    }
    const rows = await this.longChain(2);
    const at = this.dice.between(0, rows.length - 2);
    const to = this.dice.between(at + 1, rows.length - 1);
    [rows[at], rows[to]] = [rows[to] as Row, rows[at] as Row];
    // Two deeds that say the same in the same order would be no change.
    if (rows[at]?.payload === rows[to]?.payload) (rows[at] as Row).payload += ' ';
    const relinked = this.dice.chance(0.5);
    await this.write(rows, relinked);
    return `${rows[0]?.chain} ${at + 1} and ${to + 1}${relinked ? ', linked anew' : ''}`;
  }

  private async truncate(): Promise<string> {
    if (this.dice.chance(0.15)) {
      const kind = this.dice.pick(['event', 'audit'] as const);
      await this.db.query(`DELETE FROM ${TABLE[kind]} WHERE city_id = $1`, [this.cityId]);
      await this.db.query(`DELETE FROM chain_head WHERE city_id = $1 AND chain LIKE $2`, [this.cityId, kind === 'event' ? 'policy/%' : 'audit/%']);
      if (this.dice.chance(0.5)) await this.forgetMissing();
      return `all of ${TABLE[kind]}`;
    }
    const rows = await this.longChain(1);
    const left = this.dice.between(0, rows.length - 1);
    const [{ chain, kind }, end] = [rows[0] as Row, rows[left - 1]];
    await this.db.query(`DELETE FROM ${TABLE[kind]} WHERE city_id = $1 AND chain = $2 AND seq > $3`, [this.cityId, chain, left]);
    const head = this.dice.chance(0.8);
    if (head && end) await this.db.query('UPDATE chain_head SET seq = $3, hash = $4 WHERE city_id = $1 AND chain = $2', [this.cityId, chain, left, end.hash]);
    if (head && !end) await this.db.query('DELETE FROM chain_head WHERE city_id = $1 AND chain = $2', [this.cityId, chain]);
    const numbers = this.dice.chance(0.5);
    if (numbers) await this.forgetMissing();
    return `${chain} after ${left}${head ? ', and its head' : ''}${numbers ? ', and the numbers' : ''}`;
  }

  /** The careful one: everything computed again, with heads, leaves and numbers, so that the database agrees with itself. */
  private async rebuild(): Promise<string> {
    const rows = await this.longChain(2);
    const at = this.dice.between(0, rows.length - 1);
    const row = rows[at] as Row;
    const deed = this.dice.pick(['words', 'insertion', 'deletion', 'column', 'order'] as const);
    if (deed === 'words') row.payload = this.changed(row.payload);
    if (deed === 'insertion') rows.splice(at, 0, { ...row, payload: this.changed(row.payload) });
    if (deed === 'deletion') rows.splice(at, 1);
    if (deed === 'column') row.tenantId = this.departments.find((id) => id !== row.tenantId) as string;
    if (deed === 'order') {
      rows.splice(this.dice.between(0, rows.length - 1), 0, ...rows.splice(at, 1));
      row.payload += ' ';
    }
    await this.write(rows, true);
    await this.forgetMissing();
    await this.numberAgain(this.dice.chance(0.3));
    return `${deed} at ${row.chain} ${at + 1}`;
  }

  /** Writes a whole chain: numbers from 1, and if wanted links, hashes and head. */
  private async write(rows: readonly Row[], relink: boolean): Promise<void> {
    const { kind, chain } = rows[0] as Row;
    await this.db.query(`DELETE FROM ${TABLE[kind]} WHERE city_id = $1 AND chain = $2`, [this.cityId, chain]);
    let last = GENESIS;
    for (const [index, row] of rows.entries()) {
      const [prev, hash] = relink ? [last, chainHash(last, row.payload)] : [row.prevHash, row.hash];
      last = hash;
      const more = kind === 'event' ? { policy_id: row.policyId, is_public: row.isPublic } : {};
      const values = { city_id: this.cityId, chain, seq: index + 1, tenant_id: row.tenantId, payload: row.payload, prev_hash: prev, hash, ...more };
      await this.db.query(`INSERT INTO ${TABLE[kind]} (${Object.keys(values).join(', ')}) VALUES (${Object.keys(values).map((_name, n) => `$${n + 1}`).join(', ')})`, Object.values(values));
    }
    if (relink) await this.db.query('UPDATE chain_head SET seq = $3, hash = $4 WHERE city_id = $1 AND chain = $2', [this.cityId, chain, rows.length, last]);
  }

  /** Leaves and numbers of the log for what is there now; shuffled, or in the order that they had, with new entries last. */
  private async numberAgain(shuffled: boolean): Promise<void> {
    const all = [...(await this.rows('event')), ...(await this.rows('audit'))];
    const { rows } = await this.db.query<{ chain: string; seq: string; no: string }>('SELECT chain, seq, log_no AS no FROM log_entry WHERE city_id = $1', [this.cityId]);
    const known = new Map(rows.map(({ chain, seq, no }) => [`${chain} ${seq}`, Number(no)]));
    const placeOf = ({ chain, seq }: Row): number => known.get(`${chain} ${seq}`) ?? 1e9;
    const order = shuffled ? this.dice.shuffle(all) : [...all].sort((a, b) => placeOf(a) - placeOf(b));
    await this.db.query('DELETE FROM log_entry WHERE city_id = $1', [this.cityId]);
    const columns = ['no', 'kind', 'chain', 'seq', 'leaf'];
    await this.db.query(
      `INSERT INTO log_entry (city_id, log_no, kind, chain, seq, leaf) SELECT $1, v.no, v.kind, v.chain, v.seq, decode(v.leaf, 'hex') FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[]) AS v (${columns.join(', ')})`,
      [this.cityId, order.map((_row, no) => no), order.map(({ kind }) => kind), order.map(({ chain }) => chain), order.map(({ seq }) => seq), order.map((row) => recordLeaf(this.cityId, row).toString('hex'))]);
    await this.db.query('UPDATE log_state SET size = $2 WHERE city_id = $1', [this.cityId, order.length]);
  }

  /** Takes the numbers of entries that are gone out of the log, and closes the ranks. */
  private async forgetMissing(): Promise<void> {
    await this.db.query(
      `DELETE FROM log_entry l WHERE city_id = $1 AND NOT EXISTS (SELECT 1 FROM life_cycle_event e WHERE e.city_id = $1 AND e.chain = l.chain AND e.seq = l.seq)
         AND NOT EXISTS (SELECT 1 FROM audit_entry e WHERE e.city_id = $1 AND e.chain = l.chain AND e.seq = l.seq)`, [this.cityId]);
    await this.db.query(
      `CREATE TEMP TABLE ranks ON COMMIT DROP AS SELECT log_no, row_number() OVER (ORDER BY log_no) - 1 AS rank FROM log_entry WHERE city_id = '${this.cityId}';
       UPDATE log_entry l SET log_no = 1000000 + r.rank FROM ranks r WHERE l.city_id = '${this.cityId}' AND l.log_no = r.log_no;
       UPDATE log_entry SET log_no = log_no - 1000000 WHERE city_id = '${this.cityId}';
       UPDATE log_state SET size = (SELECT count(*) FROM log_entry WHERE city_id = '${this.cityId}') WHERE city_id = '${this.cityId}'; DROP TABLE ranks`);
  }

  private set(row: Row, column: string, value: unknown): Promise<unknown> {
    return this.db.query(`UPDATE ${TABLE[row.kind]} SET ${column} = $4 WHERE city_id = $1 AND hash = $2 AND payload = $3 OR city_id = $1 AND chain = $5 AND seq = $6`, [this.cityId, row.hash, row.payload, value, row.chain, row.seq]);
  }

  private async rows(kind: LogKind, chain: string | null = null): Promise<Row[]> {
    const more = kind === 'event' ? 'policy_id AS "policyId", is_public AS "isPublic"' : 'NULL AS "policyId", NULL AS "isPublic"';
    const { rows } = await this.db.query<Row & { seq: string }>(
      `SELECT '${kind}' AS kind, chain, seq, tenant_id AS "tenantId", ${more}, payload, prev_hash AS "prevHash", hash FROM ${TABLE[kind]}
       WHERE city_id = $1 AND ($2::text IS NULL OR chain = $2) ORDER BY chain, seq`, [this.cityId, chain]);
    return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
  }

  private async anyRow(kind: LogKind = this.dice.pick(['event', 'audit'] as const), not: string | null = null): Promise<Row> {
    return this.dice.pick((await this.rows(kind)).filter(({ policyId }) => not === null || policyId !== not));
  }

  private async longChain(least: number): Promise<Row[]> {
    const rows = await this.rows(this.dice.pick(['event', 'audit'] as const));
    const chains = new Map<string, Row[]>();
    for (const row of rows) chains.set(row.chain, [...(chains.get(row.chain) ?? []), row]);
    return this.dice.pick([...chains.values()].filter(({ length }) => length >= least));
  }

  private changed(payload: string): string {
    if (this.dice.chance(0.4)) return payload.replace(/"at":"(\d{4})/, (_all, year: string) => `"at":"${Number(year) - 1}`);
    if (this.dice.chance(0.5)) return payload.replace(/"actorName":"[^"]*"/, '"actorName":"别人"');
    return payload.replace(/\}$/, `,"x":${this.dice.between(1, 99)}}`);
  }

  private otherHash(): string {
    return createHash('sha256').update(String(this.dice.next())).digest('hex');
  }
}

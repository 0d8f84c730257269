import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemActor } from '@platform/kernel';
import {
  type Checkpoint, checkpointFileName, checkpoints, consistencyProof, keysOf, logKeys, logState, readSigningKey, recordLeaf, rawPublicKey, signCheckpoint, TakeCheckpoint,
} from '@platform/merkle-log';
import { consistencyHolds } from '@platform/merkle';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { NamedFiles } from '@platform/storage';
import { Dice } from '../../support/campaigns/random';
import { type LogCity, newKey, openLogCity, verified } from './log-city';

let city: LogCity;
let reader: PublicReader;
const [key, nextKey] = [newKey(), newKey()];
beforeEach(async () => {
  city = await openLogCity(key);
  reader = city.get(PublicReader);
  await city.write(new Dice(1), 12);
});
afterEach(() => city.close());

const fileOf = (no: number): string => path.join(city.files.folder, checkpointFileName(city.cityId, no));
const faultOf = async (): Promise<string | null> => (await logState(reader, city.cityId)).fault;
/** The signer of another program, with other keys. */
const signer = (signingKey: string, accepted = ''): TakeCheckpoint => new TakeCheckpoint(city.get(UnitOfWork), city.get(NamedFiles), keysOf(signingKey, accepted));
const publicOf = (signingKey: string): string => rawPublicKey(readSigningKey(signingKey)).toString('base64');

describe('the order of the log', () => {
  it('has every entry once and no gap, however many number them while others write', async () => {
    await Promise.all([city.take(true), city.write(new Dice(2), 15), city.take(true), city.write(new Dice(3), 15), city.take(true)]);
    await city.take(true);
    const [row] = await city.sql<{ entries: number; numbered: number; last: number; twice: number }>(
      `SELECT (SELECT count(*) FROM audit_entry WHERE city_id = $1)::int + (SELECT count(*) FROM life_cycle_event WHERE city_id = $1)::int AS entries,
         count(*)::int AS numbered, max(log_no)::int + 1 AS last, (count(*) - count(DISTINCT (chain, seq)))::int AS twice FROM log_entry WHERE city_id = $1`, [city.cityId]);
    expect(row).toEqual({ entries: row?.numbered, numbered: row?.entries, last: row?.entries, twice: 0 });
    expect(row?.entries).toBeGreaterThan(50);
    const { items } = await checkpoints(reader, city.cityId, { all: true });
    expect(items.map(({ no }) => no).reverse()).toEqual(items.map((_one, at) => at + 1));
    expect(await verified(await city.exported(), items)).toMatchObject({ valid: true, covered: row?.entries, checkpoints: items.length, pending: 0 });
  });

  it('keeps no writer waiting', async () => {
    await city.take();
    await city.intruder.query('BEGIN');
    await city.intruder.query('SELECT * FROM log_state WHERE city_id = $1 FOR UPDATE', [city.cityId]);
    await city.write(new Dice(4), 3);
    await city.intruder.query('ROLLBACK');
  });

  it('is proved to have only grown, between any two sizes', async () => {
    const list: Checkpoint[] = [];
    for (let n = 0; n < 4; n += 1) {
      await city.write(new Dice(10 + n), 5);
      list.push((await city.take(true)) as Checkpoint);
    }
    for (const first of list) {
      for (const second of list.filter(({ size }) => size >= first.size)) {
        const { path: proof } = await consistencyProof(reader, city.cityId, first.size, second.size);
        const claim = { first: first.size, firstRoot: Buffer.from(first.root, 'hex'), second: second.size, secondRoot: Buffer.from(second.root, 'hex'), path: proof.map((one) => Buffer.from(one, 'hex')) };
        expect(consistencyHolds(claim)).toBe(true);
        if (first !== second) expect(consistencyHolds({ ...claim, secondRoot: claim.firstRoot })).toBe(false);
      }
    }
    const size = list.at(-1)?.size ?? 0;
    for (const [first, second] of [[0, 1], [2, 1], [1, size + 1], [1.5, 2], [Number.NaN, 2]]) await expect(consistencyProof(reader, city.cityId, first as number, second as number)).rejects.toMatchObject({ problem: 'not_found' });
  });
});

describe('a checkpoint', () => {
  it('is due at once after many entries, after ten minutes for a few, after a day for none', async () => {
    expect(await city.take()).toMatchObject({ no: 1 });
    await city.write(new Dice(5), 2);
    expect(await city.take()).toBeNull();
    city.clock.set('2026-03-02T09:10:00+08:00');
    expect(await city.take()).toMatchObject({ no: 2 });
    city.clock.set('2026-03-03T09:09:59+08:00');
    expect(await city.take()).toBeNull();
    city.clock.set('2026-03-03T09:10:00+08:00');
    expect(await city.take()).toMatchObject({ no: 3 });
    await city.write(new Dice(6), 170);
    expect(await city.take()).toMatchObject({ no: 4 });
  });

  it('lies outside the database as it is signed, and the public key with it', async () => {
    const taken = await city.take();
    expect(JSON.parse(readFileSync(fileOf(1), 'utf8'))).toEqual(taken);
    expect(readdirSync(path.dirname(fileOf(1)))).toEqual(['00000001.json']);
    expect(await logKeys(reader, city.cityId)).toMatchObject([{ publicKey: publicOf(key) }]);
  });

  it('counts when its run ended between the file and the commit', async () => {
    const taken = await city.take();
    await city.intruder.query('DELETE FROM log_checkpoint');
    city.clock.set('2026-03-02T10:00:00+08:00');
    await city.write(new Dice(7), 2);
    expect(await city.take(true)).toEqual(taken);
    expect(await city.take(true)).toMatchObject({ no: 2 });
    expect(await faultOf()).toBeNull();
  });

  it('goes on with a new key from what an accepted one has signed, and from nothing else', async () => {
    await city.take();
    expect(await signer(nextKey).run(city.cityId, { now: true })).toBeNull();
    expect(await faultOf()).toBe('foreign_key');
    const second = await signer(nextKey, publicOf(key)).run(city.cityId, { now: true });
    expect(second).toMatchObject({ no: 2, publicKey: publicOf(nextKey) });
    expect(await faultOf()).toBeNull();
    const { items } = await checkpoints(reader, city.cityId, { all: true });
    const text = await city.exported();
    expect(await verified(text, items, new Set([publicOf(key), publicOf(nextKey)]))).toMatchObject({ valid: true, keysGiven: true });
    expect(await verified(text, items, new Set([publicOf(nextKey)]))).toMatchObject({ valid: false, reason: 'key_not_accepted' });
  });

  it('is not taken by a program without a key; the log is numbered all the same', async () => {
    await city.write(new Dice(8), 2);
    expect(await new TakeCheckpoint(city.get(UnitOfWork), city.get(NamedFiles), keysOf(null, '')).run(city.cityId)).toBeNull();
    expect((await logState(reader, city.cityId)).size).toBeGreaterThan(0);
  });
});

describe('nothing is signed over', () => {
  const refused = async (fault: string): Promise<void> => {
    const before = (await checkpoints(reader, city.cityId, { all: true })).items.length;
    await city.write(new Dice(9), 2);
    expect(await city.take(true)).toBeNull();
    expect([await faultOf(), (await checkpoints(reader, city.cityId, { all: true })).items.length]).toEqual([fault, before]);
  };

  it('a history that was rewritten so that the database agrees with itself', async () => {
    await city.take();
    const [last] = await city.sql<{ chain: string; seq: string; prev_hash: string; payload: string }>(`SELECT chain, seq, prev_hash, payload FROM audit_entry WHERE city_id = $1 AND chain = (SELECT min(chain) FROM audit_entry) ORDER BY seq DESC LIMIT 1`, [city.cityId]);
    const payload = `${last?.payload} `;
    await city.intruder.query(`UPDATE audit_entry SET payload = $3, hash = encode(sha256(convert_to(prev_hash || E'\\n' || $3, 'UTF8')), 'hex') WHERE chain = $1 AND seq = $2`, [last?.chain, last?.seq, payload]);
    await city.intruder.query('UPDATE chain_head h SET hash = a.hash FROM audit_entry a WHERE a.chain = h.chain AND a.seq = h.seq');
    const { rows: [row] } = await city.intruder.query<{ tenantId: string; hash: string }>('SELECT tenant_id AS "tenantId", hash FROM audit_entry WHERE chain = $1 AND seq = $2', [last?.chain, last?.seq]);
    const leaf = recordLeaf(city.cityId, { kind: 'audit', chain: last?.chain ?? '', seq: Number(last?.seq), tenantId: row?.tenantId ?? null, policyId: null, isPublic: null, prevHash: last?.prev_hash ?? '', hash: row?.hash ?? '' });
    await city.intruder.query('UPDATE log_entry SET leaf = $3 WHERE chain = $1 AND seq = $2', [last?.chain, last?.seq, leaf]);
    await refused('not_continued');
  });

  it('a published file that is gone, or not what the database says', async () => {
    const taken = (await city.take()) as Checkpoint;
    const text = readFileSync(fileOf(1), 'utf8');
    rmSync(fileOf(1));
    await refused('published_missing');
    writeFileSync(fileOf(1), JSON.stringify(signCheckpoint({ ...taken, size: taken.size - 1 }, readSigningKey(key))));
    await refused('published_differs');
    writeFileSync(fileOf(1), text);
    expect(await city.take(true)).toMatchObject({ no: 2 });
    expect(await faultOf()).toBeNull();
  });

  it('a database that has lost what was signed: a backup of yesterday', async () => {
    await city.take();
    await city.write(new Dice(11), 5);
    const newest = (await city.take(true)) as Checkpoint;
    await city.intruder.query('DELETE FROM log_checkpoint WHERE no = 2');
    for (const table of ['audit_entry', 'life_cycle_event']) await city.intruder.query(`DELETE FROM ${table} e USING log_entry l WHERE l.chain = e.chain AND l.seq = e.seq AND l.log_no >= $1`, [newest.size - 3]);
    await city.intruder.query('DELETE FROM log_entry WHERE log_no >= $1', [newest.size - 3]);
    await city.intruder.query('UPDATE log_state SET size = $1', [newest.size - 3]);
    await city.intruder.query('UPDATE chain_head h SET seq = e.seq, hash = e.hash FROM (SELECT DISTINCT ON (chain) chain, seq, hash FROM (SELECT chain, seq, hash FROM audit_entry UNION ALL SELECT chain, seq, hash FROM life_cycle_event) x ORDER BY chain, seq DESC) e WHERE e.chain = h.chain');
    await city.intruder.query('UPDATE log_chain h SET seq = c.seq FROM chain_head c WHERE c.chain = h.chain');
    expect(await city.take(true)).toBeNull();
    expect(await faultOf()).toBe('published_ahead');
  });
});

describe('the verdict on files', () => {
  it('says what is wrong with checkpoints', async () => {
    const good = (await city.take()) as Checkpoint;
    const text = await city.exported();
    const [mine, foreign] = [readSigningKey(key), readSigningKey(nextKey)];
    const reason = async (list: Checkpoint[], log = text): Promise<string> => (await verified(log, list)).reason;
    expect(await reason([])).toBe('no_checkpoint');
    expect(await reason([{ ...good, size: good.size - 1 }])).toBe('bad_signature');
    expect(await reason([signCheckpoint({ ...good, size: good.size - 1 }, mine)])).toBe('root');
    expect(await reason([signCheckpoint({ ...good, size: good.size + 1 }, mine)])).toBe('shorter');
    expect(await reason([good, signCheckpoint({ ...good, no: 2, root: '0'.repeat(64) }, mine)])).toBe('fork');
    expect(await reason([signCheckpoint({ ...good, city: '990101' }, mine)])).not.toBe('ok');
    expect(await reason([signCheckpoint(good, foreign)])).toBe('ok'); // whose key it is, only --key can tell
    expect(await verified(text, [signCheckpoint(good, foreign)], new Set([publicOf(key)]))).toMatchObject({ valid: false, reason: 'key_not_accepted' });
    for (const log of ['', '{}', '[]', text.slice(0, -20), text.replace('policyloop-log-v1', 'x'), 'rubbish']) expect((await verified(log, [good])).valid).toBe(false);
    // Any layout of the same JSON is the same log, and a changed value in it is not.
    const parsed = JSON.parse(text) as { entries: { payload: string }[] };
    expect(await reason([good], JSON.stringify(parsed, null, 2))).toBe('ok');
    (parsed.entries[3] as { payload: string }).payload += ' ';
    expect(await reason([good], JSON.stringify(parsed))).toBe('edited');
  });

  it('proves nothing of what came after the checkpoint, and says how much that is', async () => {
    const taken = (await city.take()) as Checkpoint;
    await city.write(new Dice(12), 3);
    const verdict = await verified(await city.exported(), [taken]);
    expect(verdict).toMatchObject({ valid: true, entries: taken.size, covered: taken.size });
    expect(verdict.pending).toBeGreaterThan(0);
    await city.intruder.query('DELETE FROM audit_entry a USING chain_head h WHERE h.chain = a.chain AND NOT EXISTS (SELECT 1 FROM log_entry l WHERE l.chain = a.chain AND l.seq = a.seq)');
    await city.intruder.query('UPDATE chain_head h SET seq = m.seq, hash = m.hash FROM (SELECT DISTINCT ON (chain) chain, seq, hash FROM audit_entry ORDER BY chain, seq DESC) m WHERE m.chain = h.chain');
    await city.intruder.query(`DELETE FROM chain_head h WHERE chain LIKE 'audit/%' AND NOT EXISTS (SELECT 1 FROM audit_entry a WHERE a.chain = h.chain)`);
    expect(await verified(await city.exported(), [taken])).toMatchObject({ valid: true });
  });
});

it('keeps every city to itself', async () => {
  await city.take();
  expect((await checkpoints(reader, '999999')).items).toEqual([]);
  const stranger = { ...systemActor('999999'), tenantId: city.other, scope: 'own' as const };
  expect(await city.unitOfWork.run(stranger, (tx) => tx.query('SELECT 1 FROM log_entry WHERE city_id = $1', [city.cityId]))).toEqual([]);
  await expect(reader.query('SELECT chain FROM log_entry WHERE city_id = $1', [city.cityId])).rejects.toThrow('permission denied');
  const own = { ...systemActor(city.cityId), tenantId: city.drafting, scope: 'own' as const };
  for (const sql of ['DELETE FROM log_entry WHERE city_id = $1', 'UPDATE log_checkpoint SET size = 0 WHERE city_id = $1', 'INSERT INTO log_chain (city_id, chain, seq) VALUES ($1, \'x\', 1)']) {
    await expect(city.unitOfWork.run(own, (tx) => tx.query(sql, [city.cityId]))).rejects.toThrow();
  }
});

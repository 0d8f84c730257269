import { randomUUID } from 'node:crypto';
import { CloseConsultation, PostOpinion, type PostedOpinion, PublishedTrees, publicRoot, receiptFile, receiptStatus, rootFile, type SentFile, type StaffFile, staffFiles, verifyReceipt } from '@domains/consultation';
import { type Actor, anonymousActor, systemActor } from '@platform/kernel';
import { EventProcessor } from '@platform/messaging';
import { Client } from 'pg';
import { fakeClamd, type FakeClamd } from '../../support/fake-clamd';
import { CITY, CLOSES_AT, openConsultation, openWorld, type World } from './world';

/** The state of one test file: a scanner, the room, */
export let clamd: FakeClamd;
export let world: World;
/** and somebody who can do anything with the database, and holds a lock on it in a second connection. */
export let intruder: Client;
export let holder: Client;
const ADMIN = 'SET session_replication_role = replica';

export async function openDesk(): Promise<void> {
  clamd = await fakeClamd();
  world = await openWorld({ clamdUrl: clamd.url });
  intruder = new Client({ connectionString: world.database.ownerUrl });
  holder = new Client({ connectionString: world.database.ownerUrl });
  await intruder.connect();
  await holder.connect();
}

export async function closeDesk(): Promise<void> {
  await intruder.end();
  await holder.end();
  await world.close();
  await clamd.close();
}

/** The window is open and the scanner answers. */
export function calm(): void {
  world.clock.stop('2026-09-01T12:00:00+08:00');
  clamd.up = true;
  clamd.before = () => Promise.resolve();
}

export const EICAR = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));
export const sent = (name: string, bytes: Buffer, declaredType = ''): SentFile => ({ name, declaredType, bytes });
export const unique = (): Buffer => Buffer.from(`一份说明 ${randomUUID()}`);
export const post = (id: string, files: SentFile[], { actor = anonymousActor(CITY), key = randomUUID() as string } = {}): Promise<PostedOpinion> =>
  world.get(PostOpinion).run(actor, id, { text: '提高到百分之十五', stance: 'suggest', idempotencyKey: key, files });
export const status = (code: string) => world.work.run(systemActor(CITY), (tx) => receiptStatus(tx, code));
export const receipt = (code: string) => world.work.run(systemActor(CITY), (tx) => receiptFile(tx, code));
export const filesOf = (opinionId: string, actor: Actor = world.people.drafter): Promise<StaffFile[]> => world.work.run(actor, (tx) => staffFiles(tx, [opinionId]));
export const rows = async <R>(sql: string, values: unknown[] = []): Promise<R[]> => (await intruder.query(sql, values)).rows as R[];
export const count = async (sql: string, values: unknown[] = []): Promise<number> => Number((await rows<{ count: string }>(`SELECT count(*) FROM ${sql}`, values))[0]?.count);
export const waiting = (opinionId: string) => rows<{ id: string }>(`SELECT id FROM outbox WHERE type = 'consultation.attachment_received.v1' AND payload->>'opinionId' = $1 AND done_at IS NULL ORDER BY id`, [opinionId]);
/** As the worker would, every event of an opinion's files. */
export async function scan(opinionId: string): Promise<void> {
  for (const { id } of await waiting(opinionId)) await world.get(EventProcessor).process(CITY, id);
}
/** Waits for a connection like this and kills it. */
export async function killed(like: string): Promise<void> {
  for (;;) {
    const [found] = await rows<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND ${like}`);
    if (found) {
      await intruder.query('SELECT pg_terminate_backend($1)', [found.pid]);
      return;
    }
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
}
export async function withFiles(files: SentFile[], options: Parameters<typeof post>[2] = {}) {
  const { id, policyId } = await openConsultation(world);
  return { id, policyId, posted: await post(id, files, options) };
}
export async function proven(code: string) {
  const file = await receipt(code);
  const proof = await new PublishedTrees(world.reader).proof(CITY, file.leaf.consultation, file.leafHash);
  return proof ? { ...file, proof } : file;
}
export async function rootOf(id: string) {
  const root = await publicRoot(world.reader, CITY, id);
  if (!root) throw new Error('no root');
  return rootFile(root);
}
export const close = (id: string) => {
  world.clock.stop(CLOSES_AT);
  return world.get(CloseConsultation).run(world.people.drafter, id);
};
export const judge = (file: unknown, root: unknown) => verifyReceipt(JSON.stringify(file), JSON.stringify(root));
export async function intrude(sql: string, values: unknown[] = []): Promise<void> {
  await intruder.query(ADMIN);
  await intruder.query(sql, values);
  await intruder.query('SET session_replication_role = origin');
}

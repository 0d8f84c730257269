import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type Acknowledged, CITY, CONSULTATION } from './stream';

/** What the database says afterwards. Every list and every count but the first should be empty or zero. */
export interface Verdict {
  stored: number;
  /** Acknowledged, and not stored under the acknowledged id and receipt. */
  lost: string[];
  /** Stored, and never acknowledged, though the client kept asking. */
  unacknowledged: number;
  /** The same words twice. */
  doubled: string[];
  /** Opinions without exactly one of each: event, handling, notification, audit entry. */
  uneven: { what: string; opinionId: string; count: number }[];
  waiting: number;
  dead: number;
}

/** One for each opinion: what it must have caused, as SQL that yields the opinion's id. */
const EFFECTS: Readonly<Record<string, string>> = {
  event: `SELECT payload ->> 'opinionId' AS id FROM outbox WHERE city_id = $1 AND type = 'consultation.opinion_posted.v1' AND done_at IS NOT NULL`,
  handling: `SELECT o.payload ->> 'opinionId' AS id FROM handled_event h JOIN outbox o ON o.city_id = h.city_id AND o.id = h.event_id
    WHERE h.city_id = $1 AND h.handler = 'consultation.tell_responsible'`,
  notification: `SELECT split_part(effect_key, '/', 2) AS id FROM notification WHERE city_id = $1 AND effect_key LIKE 'consultation.opinion/%'`,
  audit: `SELECT subject_id AS id FROM audit_entry WHERE city_id = $1 AND action = 'consultation.opinion_posted'`,
};

const OPEN_EVENTS = `SELECT count(*) FILTER (WHERE done_at IS NULL AND dead_at IS NULL)::int AS waiting, count(*) FILTER (WHERE dead_at IS NOT NULL)::int AS dead
  FROM outbox WHERE city_id = $1`;

/** Waits until the outbox is worked off, at most `limitMs`, and looks at everything. */
export async function readVerdict(ownerUrl: string, acknowledged: readonly Acknowledged[], limitMs: number): Promise<Verdict> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const open = async (): Promise<{ waiting: number; dead: number }> => (await client.query<{ waiting: number; dead: number }>(OPEN_EVENTS, [CITY])).rows[0] as { waiting: number; dead: number };
    for (const until = performance.now() + limitMs; (await open()).waiting > 0 && performance.now() < until; ) await sleep(250);
    return { ...(await opinions(client, acknowledged)), uneven: await uneven(client), ...(await open()) };
  } finally {
    await client.end();
  }
}

async function opinions(client: Client, acknowledged: readonly Acknowledged[]): Promise<Pick<Verdict, 'stored' | 'lost' | 'unacknowledged' | 'doubled'>> {
  const { rows } = await client.query<{ id: string; text: string; receipt_no: string; idempotency_key: string }>(
    'SELECT id, text, receipt_no, idempotency_key FROM opinion WHERE city_id = $1 AND consultation_id = $2', [CITY, CONSULTATION]);
  const byKey = new Map(rows.map((row) => [row.idempotency_key, row]));
  const texts = rows.map(({ text }) => text);
  const hashes = new Set(acknowledged.map(({ key }) => createHash('sha256').update(key).digest('hex')));
  const lost = acknowledged.filter(({ key, text, opinionId, receiptNo }) => {
    const row = byKey.get(createHash('sha256').update(key).digest('hex'));
    return row?.id !== opinionId || row.receipt_no !== receiptNo || row.text !== text;
  });
  return {
    stored: rows.length, lost: lost.map(({ text }) => text), doubled: texts.filter((text, index) => texts.indexOf(text) !== index),
    unacknowledged: rows.filter(({ idempotency_key: hash }) => !hashes.has(hash)).length,
  };
}

async function uneven(client: Client): Promise<Verdict['uneven']> {
  const found: Verdict['uneven'] = [];
  for (const [what, sql] of Object.entries(EFFECTS)) {
    const { rows } = await client.query<{ id: string; count: number }>(
      `SELECT coalesce(o.id::text, e.id) AS id, count(e.id)::int AS count FROM (SELECT id FROM opinion WHERE city_id = $1) o
       FULL JOIN (${sql}) e ON e.id = o.id::text GROUP BY o.id, e.id HAVING count(e.id) <> 1 OR o.id IS NULL`, [CITY]);
    found.push(...rows.map(({ id, count }) => ({ what, opinionId: id, count })));
  }
  return found;
}

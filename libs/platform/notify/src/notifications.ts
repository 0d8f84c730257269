import { newId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

export interface Notice {
  accountId: string;
  /** What makes this message the same message: a second one with the same key, for the same person, is not made. */
  effectKey: string;
  /** A message of the catalogue, with its parameters. */
  messageKey: string;
  params?: Record<string, string | number>;
  /** A path on this site. */
  href?: string;
}

export interface NoticeRow {
  id: string;
  messageKey: string;
  params: Record<string, string | number>;
  href: string | null;
  createdAt: Date;
  readAt: Date | null;
}

/** Puts a message into a person's tray; once, however often it is called with the same effect key. */
export async function notify(tx: TenantTx, notice: Notice): Promise<void> {
  await tx.query(
    `INSERT INTO notification (city_id, id, account_id, effect_key, message_key, params, href, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (city_id, account_id, effect_key) DO NOTHING`,
    [tx.cityId, newId(), notice.accountId, notice.effectKey, notice.messageKey, JSON.stringify(notice.params ?? {}), notice.href ?? null, tx.at]);
}

/** As `notify` for many: one statement for two hundred, in the order of the keys, so that two that run at once do not lock each other. */
export async function notifyAll(tx: TenantTx, notices: readonly Notice[]): Promise<void> {
  const sorted = [...notices].sort((a, b) => (`${a.accountId} ${a.effectKey}` < `${b.accountId} ${b.effectKey}` ? -1 : 1));
  for (let at = 0; at < sorted.length; at += 200) {
    const part = sorted.slice(at, at + 200);
    const values = part.map((notice) => [newId(), notice.accountId, notice.effectKey, notice.messageKey, JSON.stringify(notice.params ?? {}), notice.href ?? null]);
    const places = values.map((row, line) => `($1, ${row.map((_value, column) => `$${3 + line * row.length + column}`).join(', ')}, $2)`);
    await tx.query(
      `INSERT INTO notification (city_id, id, account_id, effect_key, message_key, params, href, created_at) VALUES ${places.join(', ')}
       ON CONFLICT (city_id, account_id, effect_key) DO NOTHING`, [tx.cityId, tx.at, ...values.flat()]);
  }
}

/** The newest messages of the person who acts. */
export function listNotifications(tx: TenantTx, limit = 20): Promise<NoticeRow[]> {
  return tx.query<NoticeRow>(
    `SELECT id, message_key AS "messageKey", params, href, created_at AS "createdAt", read_at AS "readAt"
     FROM notification WHERE city_id = $1 AND account_id = $2 ORDER BY created_at DESC LIMIT $3`,
    [tx.cityId, tx.actor.accountId, limit]);
}

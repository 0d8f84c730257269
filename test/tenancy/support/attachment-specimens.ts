import { newId, sha256Hex } from '@platform/kernel';
import type { Client } from 'pg';
import type { Home, Insert, Specimens } from './insert';

/** A shown opinion with two files: one for the department, with a secret in its name, and one that everybody may have. */
export async function attachmentSpecimens(client: Client, insert: Insert, { key, cityId, staff, enterprises, at, picture }: Home, ids: Specimens, secret: string): Promise<void> {
  // An opinion is there with all its files or not at all.
  await client.query('BEGIN');
  ids['opinion.filed'] = await insert('opinion', {
    id: newId(), consultation_id: ids['consultation'], version_id: ids['version.consulting'], channel: 'website', stance: 'suggest', author_kind: 'enterprise', author_name: secret,
    author_account_id: enterprises[0]?.accountId, text: '一条有附件的意见', received_at: at, receipt_no: `${key}-filed`, receipt_code_hash: sha256Hex(`filed${key}${cityId}`), idempotency_key: `specimen-filed-${key}`, moderation: 'shown', attachment_count: 2,
  });
  const file = (no: number, filename: string, sha256: string): Promise<string> => insert('opinion_attachment', {
    id: newId(), consultation_id: ids['consultation'], opinion_id: ids['opinion.filed'], no, filename, media_type: 'image/png', size: picture.size, sha256, scan: 'not_scanned',
  });
  ids['file'] = await file(1, `${secret}.png`, picture.sha256);
  ids['file.released'] = await file(2, '图.png', sha256Hex(`another picture of ${key}`));
  await client.query('COMMIT');
  await client.query('UPDATE opinion_attachment SET released_by = $3, released_at = $4, public_sha256 = $5, public_size = $6 WHERE city_id = $1 AND id = $2', [cityId, ids['file.released'], staff['drafter'], at, picture.sha256, picture.size]);
}

import { createHash } from 'node:crypto';
import { newId } from '@platform/kernel';
import type { Client } from 'pg';
import type { Home, Insert, Specimens } from './insert';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A letter that was entered, a workbook that waits, and symposia: one that takes sign-ups, one that is being held, one to be called off. */
export async function channelSpecimens(client: Client, insert: Insert, home: Home, ids: Specimens, secret: string): Promise<void> {
  const { staff, at, key, cityId } = home;
  const of = { consultation_id: ids['consultation'] };
  const inDays = (days: number): Date => new Date(at.getTime() + days * 86_400_000);
  const day = at.toISOString().slice(0, 10);
  // A letter and where it came from are one transaction.
  await client.query('BEGIN');
  ids['opinion.entered'] = await insert('opinion', {
    ...of, id: newId(), version_id: ids['version.consulting'], channel: 'letter', stance: 'support', author_kind: 'resident', author_name: secret, text: '一封来信', received_at: at, receipt_no: `${key}-entered`,
    receipt_code_hash: hashOf(`${key}${cityId}entered`), idempotency_key: `specimen-${key}-entered`, moderation: 'shown',
  });
  await insert('opinion_source', { ...of, opinion_id: ids['opinion.entered'], channel: 'letter', arrived_on: day, reference: secret, registered_by: staff['drafter'] });
  await client.query('COMMIT');
  ids['batch'] = await insert('opinion_batch', {
    ...of, id: newId(), version_id: ids['version.consulting'], filename: `${secret}.xlsx`, sha256: hashOf(secret), state: 'checked', row_count: 1, error_count: 1,
    rows: JSON.stringify([{ row: 2, cells: [secret], input: { channel: '', arrivedOn: '', authorKind: '', stance: '', text: secret } }]), errors: JSON.stringify([{ row: 2, column: 'channel', key: 'channels:error.channel' }]),
    uploaded_by: staff['drafter'], uploaded_at: at,
  });
  const event = (state: string): Promise<string> => insert('consultation_event', {
    ...of, id: newId(), version_id: ids['version.consulting'], kind: 'symposium', title: `座谈会${key}`, place: '二楼', starts_at: state === 'held' ? at : inDays(10), agenda: '议程', moderator: '王', clerk: '赵', state,
    announced_at: at, created_by: staff['drafter'], ...(state === 'held' ? {} : { seats: 3, sign_up_until: inDays(5), selection_rule: '先到先得' }),
  });
  [ids['event'], ids['event.held'], ids['event.cancellable']] = [await event('announced'), await event('held'), await event('announced')];
  const participant = (eventId: string | undefined, source: string, n: number): Promise<string> => insert('event_participant', {
    ...of, id: newId(), event_id: eventId, source, kind: 'resident', name: secret, public_name: '王*', contact: secret, standpoint: 'support', reason: secret, receipt_no: `${key}-p${n}`,
    receipt_code_hash: hashOf(`${key}${cityId}p${n}`), idempotency_key: `specimen-${key}-p${n}`, applied_at: at, ...(source === 'sign_up' ? { state: 'applied' } : { state: 'selected', decided_at: at, decided_by: staff['drafter'] }),
  });
  ids['participant.applied'] = await participant(ids['event'], 'sign_up', 1);
  ids['participant.invited'] = await participant(ids['event'], 'invited', 2);
  ids['participant.held'] = await participant(ids['event.held'], 'invited', 3);
}

import { newId } from '@platform/kernel';
import type { Home, Insert, Specimens } from './insert';

/** A clean-up whose list waits for proposals, and one whose list is signed; reasons that are not public yet are secret. */
export async function cleanupSpecimens(insert: Insert, { key, staff, at }: Home, ids: Specimens, secret: string): Promise<void> {
  const cleanup = (name: string): Promise<string> => insert('cleanup', {
    id: newId(), title: `清理${key}${name}`, trigger: 'periodic', reason: '定期清理。', scope: { departmentIds: [], kinds: [], publishedFrom: null, publishedTo: null, words: '' }, state: 'running', listed_on: '2026-05-01',
    propose_by: '2030-05-20', check_by: '2030-05-31', opened_by: staff['overseer'], opened_at: at, idempotency_key: `${key}${name}`,
  });
  const item = (cleanupId: string | undefined, policy: string, values: Record<string, unknown>): Promise<string> => insert('cleanup_item', {
    id: newId(), cleanup_id: cleanupId, policy_id: ids[policy], no: 1, title: `公开政策${key}`, kind: 'normative_document', document_number: `${key}〔2026〕清号`, published_at: at, effective_from: '2026-01-01', added_at: at, ...values,
  });
  const proposed = { proposal: 'keep', reason: secret, proposed_by: staff['drafter'], proposed_at: at };
  ids['cleanup.running'] = await cleanup('开');
  await insert('cleanup_sheet', { id: newId(), cleanup_id: ids['cleanup.running'], state: 'open' });
  ids['cleanup.item'] = await item(ids['cleanup.running'], 'policy.issued', {});
  ids['cleanup.signed'] = await cleanup('签');
  await insert('cleanup_sheet', { id: newId(), cleanup_id: ids['cleanup.signed'], state: 'signed', signed_by: staff['department_head'], signed_at: at, return_note: secret });
  ids['cleanup.signedItem'] = await item(ids['cleanup.signed'], 'policy.issued', proposed);
  await insert('cleanup_consent', { id: newId(), item_id: ids['cleanup.signedItem'], proposed_at: at, answer: 'object', reason: secret, answered_by: staff['department_head'], answered_at: at });
}

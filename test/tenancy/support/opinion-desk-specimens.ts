import { newId } from '@platform/kernel';
import type { Home, Insert, Specimens } from './insert';

/** An opinion given to an officer who has read it, and an appeal against the hiding of another. */
export async function opinionDeskSpecimens(insert: Insert, { staff, at }: Home, ids: Specimens, secret: string): Promise<void> {
  const of = { consultation_id: ids['consultation'] };
  ids['officer'] = staff['drafter'] ?? '';
  await insert('opinion_assignment', { ...of, opinion_id: ids['opinion'], account_id: staff['drafter'], assigned_by: staff['drafter'], assigned_at: at, batch_id: newId() });
  await insert('opinion_reading', { ...of, opinion_id: ids['opinion'], account_id: staff['drafter'], read_at: at });
  ids['appeal'] = await insert('opinion_appeal', {
    ...of, id: newId(), opinion_id: ids['opinion.hidden'], hidden_by: staff['drafter'], hidden_at: at, hidden_reason: secret, reasons: secret, proof: 'receipt', filed_at: at, due_on: '2026-12-31', decider: 'department_head',
  });
}

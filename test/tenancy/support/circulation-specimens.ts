import { createHash } from 'node:crypto';
import { newId } from '@platform/kernel';
import type { Client } from 'pg';
import type { Home, Insert, Specimens } from './insert';

/** Both sides of asking other departments: a text of this department that a third one was asked about, and one of a third department that this one was asked about. */
export async function circulationSpecimens(client: Client, insert: Insert, home: Home, ids: Specimens, secret: string): Promise<void> {
  const { cityId, tenantId, staff, at } = home;
  const third = (await client.query<{ id: string; head: string; drafter: string }>(
    `SELECT d.id, max(m.account_id::text) FILTER (WHERE m.role = 'department_head') AS head, max(m.account_id::text) FILTER (WHERE m.role = 'drafter') AS drafter
     FROM department d JOIN membership m ON m.city_id = d.city_id AND m.tenant_id = d.id WHERE d.city_id = $1 AND d.name LIKE '%司法局' GROUP BY d.id`, [cityId])).rows[0];
  if (!third) throw new Error(`${cityId} has no third department`);

  /** A policy of a department with one submitted version. */
  const matter = async (owner: string, drafter: string | undefined): Promise<{ policyId: string; versionId: string }> => {
    const policyId = await insert('policy', {
      id: newId(), tenant_id: owner, kind: 'policy_document', title: `${secret}会签`, summary: '', state: 'drafting', responsible_id: drafter, created_at: at, affects_market: false,
    });
    const versionId = await insert('policy_version', { id: newId(), tenant_id: owner, policy_id: policyId, no: 1, state: 'draft', created_by: drafter, created_at: at, drafting_note: secret });
    await insert('provision', { tenant_id: owner, version_id: versionId, clause_id: 'art_1', seq: 0, identity: 'c1', kind: 'article', label: '第一条', lead: '', text: secret });
    await client.query(`UPDATE policy_version SET state = 'submitted', submitted_at = $3, submitted_by = $4, text_hash = $5 WHERE city_id = $1 AND id = $2`,
      [cityId, versionId, at, drafter, createHash('sha256').update(secret).digest('hex')]);
    return { policyId, versionId };
  };
  const circulate = async (owner: string, asked: string, drafter: string | undefined): Promise<{ policyId: string; circulationId: string }> => {
    const { policyId, versionId } = await matter(owner, drafter);
    const circulationId = await insert('circulation', {
      id: newId(), tenant_id: owner, policy_id: policyId, version_id: versionId, letter: secret, working_days: 7, reply_on: '2026-06-10', state: 'open', opened_by: drafter, opened_at: at,
    });
    await insert('participation', { tenant_id: asked, policy_id: policyId, owner_tenant_id: owner, capacity: 'countersign', since: at });
    await insert('circulation_invitation', { tenant_id: asked, owner_tenant_id: owner, circulation_id: circulationId, policy_id: policyId, opened_at: at });
    return { policyId, circulationId };
  };
  const reply = async (circulationId: string, owner: string, asked: string, author: string | undefined, signer: string | undefined): Promise<{ replyId: string; opinionId: string }> => {
    const replyId = await insert('circulation_reply', {
      id: newId(), tenant_id: asked, owner_tenant_id: owner, circulation_id: circulationId, stance: 'disagree', statement: secret, drafted_by: author, drafted_at: at, drafters: [author],
    });
    const opinionId = await insert('circulation_opinion', { id: newId(), tenant_id: asked, owner_tenant_id: owner, circulation_id: circulationId, reply_id: replyId, seq: 1, text: secret });
    if (signer) await client.query('UPDATE circulation_reply SET signed_by = $3, signed_at = $4 WHERE city_id = $1 AND id = $2', [cityId, replyId, signer, at]);
    return { replyId, opinionId };
  };

  const mine = await circulate(tenantId, third.id, staff['drafter']);
  const theirs = await reply(mine.circulationId, tenantId, third.id, third.drafter, third.head);
  const met = { level: 'departments', held_on: '2026-06-01', participants: secret, outcome: 'agreed', minutes: secret, recorded_by: staff['drafter'], recorded_at: at };
  await insert('coordination', { id: newId(), other_tenant_id: third.id, policy_id: mine.policyId, reply_id: theirs.replyId, ...met });
  await insert('circulation_handling', {
    id: newId(), other_tenant_id: third.id, policy_id: mine.policyId, opinion_id: theirs.opinionId, disposition: 'not_adopted', reason: secret, handled_by: staff['drafter'], handled_at: at,
  });
  Object.assign(ids, { 'policy.circulated': mine.policyId, 'circulation.opinion': theirs.opinionId, 'circulation.reply': theirs.replyId });

  const asked = await circulate(third.id, tenantId, third.drafter);
  const ours = await reply(asked.circulationId, third.id, tenantId, staff['drafter'], staff['department_head']);
  const agreement = await insert('coordination', { id: newId(), tenant_id: third.id, other_tenant_id: tenantId, policy_id: asked.policyId, reply_id: ours.replyId, ...met, recorded_by: third.drafter });
  Object.assign(ids, { 'circulation.asked': asked.circulationId, 'coordination.ours': agreement });
  const waiting = await circulate(third.id, tenantId, third.drafter);
  ids['circulation.waiting'] = waiting.circulationId;
  await insert('policy_procedure', { policy_id: mine.policyId, concerns_others: true, noted_by: staff['drafter'], noted_at: at });
}

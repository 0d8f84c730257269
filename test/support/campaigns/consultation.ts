import { newId, systemActor } from '@platform/kernel';
import { Client } from 'pg';
import type { TestApp } from '../app';
import type { TestCity } from '../people';
import { CLAUSES } from './measure';

/** A consultation about the clauses that a labelled set quotes, with the set's texts as its opinions; written by SQL, as posting them takes minutes. Open for thirty days. */
export async function campaignConsultation(web: TestApp, city: TestCity, texts: readonly string[]): Promise<{ policyId: string; id: string }> {
  const sql = (text: string, parameters: unknown[]): Promise<unknown> => web.unitOfWork.run(systemActor(city.id), (tx) => tx.query(text, parameters));
  const { people: { drafter: person } } = city.departments[0];
  const [policyId, versionId, id] = [newId(), newId(), newId()];
  const own = [city.id, person.tenantId, person.accountId, web.clock.now()];
  await sql(`INSERT INTO policy (city_id, id, tenant_id, kind, title, state, responsible_id, public_since, created_at) VALUES ($1, $5, $2, 'normative_document', '停车管理办法', 'consulting', $3, $4, $4)`, [...own, policyId]);
  await sql(`INSERT INTO policy_version (city_id, id, tenant_id, policy_id, no, state, created_by, created_at, is_public) VALUES ($1, $5, $2, $6, 1, 'draft', $3, $4, true)`, [...own, versionId, policyId]);
  await sql(
    `INSERT INTO provision (city_id, version_id, clause_id, tenant_id, seq, identity, kind, number, label, lead, text, is_public)
     SELECT $1, $2, 'art_' || n, $3, n, 'art_' || n, 'article', n, '第' || n || '条', '', text, true FROM unnest($4::text[]) WITH ORDINALITY AS c (text, n)`, [city.id, versionId, person.tenantId, CLAUSES.split('\n')]);
  await sql(`UPDATE policy_version SET state = 'submitted', submitted_at = $4, submitted_by = $3, text_hash = 'x' WHERE city_id = $1 AND id = $5 AND tenant_id = $2`, [...own, versionId]);
  await sql(
    `INSERT INTO consultation (city_id, id, tenant_id, policy_id, version_id, title, purpose, state, opens_at, closes_at, basis, opened_by, receipt_salt)
     VALUES ($1, $5, $2, $6, $7, '停车管理办法', '拟改进停车管理。', 'open', $4, $4::timestamptz + interval '30 days', '{"openedOn": "2026-03-02", "rules": []}', $3, 'salt')`, [...own, id, policyId, versionId]);
  const owner = new Client({ connectionString: web.database.ownerUrl });
  await owner.connect();
  // Without the triggers, which look at each row by itself: that takes a minute for so many.
  await owner.query('BEGIN; SET LOCAL session_replication_role = replica');
  await owner.query(
    `INSERT INTO opinion (city_id, id, tenant_id, consultation_id, version_id, clause_id, channel, author_kind, author_name, public_name, text, stance, receipt_no, receipt_code_hash, idempotency_key, received_at, moderation)
     SELECT $1, gen_random_uuid(), $2, $3, $4, CASE WHEN n % 3 = 0 THEN 'art_' || n % 2 + 1 END, (ARRAY['website', 'letter', 'hearing'])[n % 7 % 3 + 1], k.kind, CASE WHEN k.kind <> 'anonymous' THEN '张三丰' || n END,
       CASE WHEN k.kind <> 'anonymous' THEN '张**' END, text, (ARRAY['support', 'oppose', 'suggest'])[n % 3 + 1], 'N' || n, 'h' || n, 'k' || n, $6::timestamptz + n * interval '1 millisecond', 'shown'
     FROM unnest($5::text[]) WITH ORDINALITY AS o (text, n), LATERAL (SELECT (ARRAY['enterprise', 'resident', 'anonymous'])[n % 5 % 3 + 1] AS kind) k`, [city.id, person.tenantId, id, versionId, texts, web.clock.now()]);
  await owner.query(
    `INSERT INTO opinion_source (city_id, opinion_id, tenant_id, consultation_id, channel, arrived_on, registered_by)
     SELECT $1, o.id, o.tenant_id, $2, o.channel, (o.received_at AT TIME ZONE 'Asia/Shanghai')::date, $3 FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = $2 AND o.channel <> 'website'`, [city.id, id, person.accountId]);
  await owner.query('COMMIT');
  // As autovacuum does some minutes after so many rows.
  await owner.query('VACUUM (ANALYZE) opinion, opinion_source, provision');
  await owner.end();
  return { policyId, id };
}

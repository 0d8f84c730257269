-- Two thousand published policies of the city of `open-consultation.sql`, thirty provisions and eight public events each; the newest, whose id
-- ends in e001, has three hundred provisions. Published one an hour.
-- The chain of events is linked by the owner of the tables, whom row-level security binds to a city.
SET app.city_id = '999900';
CREATE TEMP TABLE work AS
  SELECT n, ('00000000-0000-7000-8000-00000000' || to_hex(57344 + n))::uuid AS id, ('00000000-0000-7000-9000-00000000' || to_hex(57344 + n))::uuid AS version,
    ('00000000-0000-7000-8000-00000000000' || 1 + n % 8)::uuid AS tenant, ('00000000-0000-7000-8000-0000000000a' || 1 + n % 8)::uuid AS person,
    timestamptz '2026-01-01 09:00+08' - n * interval '1 hour' AS at
  FROM generate_series(1, 2000) n;

INSERT INTO policy (city_id, id, tenant_id, kind, title, summary, state, responsible_id, document_number, effective_from, effective_to, published_at, public_since, created_at)
  SELECT '999900', id, tenant, (ARRAY['normative_document', 'major_decision', 'policy_document'])[1 + n % 3], '测量市支持第' || n || '类产业高质量发展若干措施',
    '对符合条件的企业给予资金扶持、用地保障和人才服务，鼓励扩大投资和技术改造。', 'published', person, '测' || 1 + n % 8 || '规字〔2025〕' || n || '号',
    at::date, at::date + 365 * (1 + n % 4), at, at, at - interval '90 days' FROM work;
INSERT INTO policy_version (city_id, id, tenant_id, policy_id, no, state, created_by, created_at, is_public)
  SELECT '999900', version, tenant, id, 1, 'draft', person, at - interval '80 days', true FROM work;
INSERT INTO provision (city_id, version_id, clause_id, tenant_id, seq, parent_id, identity, kind, number, label, lead, text, is_public)
  SELECT '999900', version, c.id, tenant, k, CASE WHEN k % 3 <> 1 THEN 'art_' || (k + 2) / 3 END, c.id, CASE WHEN k % 3 = 1 THEN 'article' ELSE 'item' END,
    CASE WHEN k % 3 = 1 THEN (k + 2) / 3 ELSE (k - 1) % 3 END, CASE WHEN k % 3 = 1 THEN '第' || (k + 2) / 3 || '条' ELSE '（' || (k - 1) % 3 || '）' END, '',
    '对本市登记注册、具有独立法人资格的企业，上一年度研发投入占营业收入比例不低于百分之五的，按照实际投入的百分之十给予补助，每家企业每年最高二百万元。', true
  FROM work, generate_series(1, CASE WHEN n = 1 THEN 300 ELSE 30 END) k,
    LATERAL (SELECT CASE WHEN k % 3 = 1 THEN 'art_' || (k + 2) / 3 ELSE 'art_' || (k + 2) / 3 || '__item_' || (k - 1) % 3 END AS id) c;
UPDATE policy_version v SET state = 'submitted', text_hash = repeat('a', 64), submitted_at = v.created_at, submitted_by = v.created_by
  FROM work WHERE v.city_id = '999900' AND v.id = work.version;
UPDATE policy p SET current_version_id = work.version FROM work WHERE p.city_id = '999900' AND p.id = work.id;
INSERT INTO life_cycle_event (city_id, chain, seq, tenant_id, policy_id, is_public, payload, prev_hash, hash)
  SELECT '999900', 'policy/' || work.id, 0, tenant, work.id, true,
    json_build_object('name', name, 'from', before, 'to', after, 'at', to_char((at - interval '80 days' + k * interval '10 days') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text, '', ''
  FROM work, (VALUES (1, 'planned', 'planned', 'planned'), (2, 'start_drafting', 'planned', 'drafting'), (3, 'open_consultation', 'drafting', 'consulting'),
    (4, 'consultation_closed', 'consulting', 'consulting'), (5, 'submit_for_review', 'consulting', 'reviewing'),
    (6, 'submit_for_deliberation', 'reviewing', 'deliberating'), (7, 'approve', 'deliberating', 'approved'), (8, 'publish', 'approved', 'published')) step (k, name, before, after)
  ORDER BY n, k;
DROP TABLE work;
ANALYZE;

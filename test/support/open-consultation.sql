-- A fictitious city with eight departments, and one policy that is open for opinions. Run as the superuser; ids are fixed, so that programs in
-- other processes know them.
INSERT INTO city (id, name, name_en, rule_pack) VALUES ('999900', '测量市', 'Measure City', 'CN');
INSERT INTO department (city_id, id, name, name_en, short_name, document_code)
  SELECT '999900', ('00000000-0000-7000-8000-00000000000' || n)::uuid, '第' || n || '测量局', 'Bureau ' || n, '测' || n || '局', '测' || n
  FROM generate_series(1, 8) n;
INSERT INTO account (city_id, id, login, kind, display_name)
  SELECT '999900', ('00000000-0000-7000-8000-0000000000a' || n)::uuid, 'head-' || n, 'staff', '负责人' || n FROM generate_series(1, 8) n;

INSERT INTO policy (city_id, id, tenant_id, kind, title, summary, state, responsible_id, public_since, created_at)
  VALUES ('999900', '00000000-0000-7000-8000-0000000000b1', '00000000-0000-7000-8000-000000000001', 'normative_document', '测量市测试产业扶持办法（征求意见稿）',
    '用于测量与故障测试的虚构政策。', 'consulting', '00000000-0000-7000-8000-0000000000a1', now() - interval '2 days', now() - interval '30 days');
INSERT INTO policy_version (city_id, id, tenant_id, policy_id, no, state, created_by, created_at, is_public)
  VALUES ('999900', '00000000-0000-7000-8000-0000000000c1', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000b1', 1, 'draft',
    '00000000-0000-7000-8000-0000000000a1', now() - interval '30 days', true);
INSERT INTO provision (city_id, version_id, clause_id, tenant_id, seq, identity, kind, number, label, lead, text, is_public)
  SELECT '999900', '00000000-0000-7000-8000-0000000000c1', 'art_' || n, '00000000-0000-7000-8000-000000000001', n, 'art_' || n, 'article', n, '第' || n || '条', '',
    '对符合条件的企业，按照其年度投入给予扶持，具体标准由主管部门另行公布。', true
  FROM generate_series(1, 40) n;
UPDATE policy_version SET state = 'submitted', text_hash = repeat('0', 64), submitted_at = now() - interval '3 days', submitted_by = created_by
  WHERE city_id = '999900' AND id = '00000000-0000-7000-8000-0000000000c1';
INSERT INTO consultation (city_id, id, tenant_id, policy_id, version_id, title, purpose, state, opens_at, closes_at, basis, opened_by, receipt_salt)
  VALUES ('999900', '00000000-0000-7000-8000-0000000000d1', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000b1',
    '00000000-0000-7000-8000-0000000000c1', '测量市测试产业扶持办法', '听取对扶持标准的意见。', 'open', now() - interval '2 days', now() + interval '60 days',
    '{"openedOn": "2026-01-01", "rules": []}', '00000000-0000-7000-8000-0000000000a1', 'salt for measuring');

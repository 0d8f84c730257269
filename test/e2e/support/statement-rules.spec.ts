import { crossCityFaults } from './statement-rules';

const TABLES = new Set(['policy', 'provision', 'opinion', 'account']);
const faults = (statement: string): number => crossCityFaults([statement], TABLES).length;

it.each([
  'SELECT 1 FROM policy WHERE city_id = $1 AND id = $2',
  'SELECT p.id FROM policy p JOIN provision v ON v.city_id = p.city_id AND v.policy_id = p.id WHERE p.city_id = $1',
  'SELECT "PolicyRow"."id" FROM "policy" "PolicyRow" WHERE (("PolicyRow"."id" = $1) AND ("PolicyRow"."city_id" = $2)) LIMIT 1',
  'INSERT INTO "opinion"("city_id", "id") VALUES ($1, $2)',
  'INSERT INTO opinion (city_id, id) VALUES ($1, $2)',
  'UPDATE "policy" SET "state" = $1 WHERE "city_id" = $2 AND "id" = $3',
  'SELECT id, (SELECT count(*) FROM opinion o WHERE o.city_id = p.city_id AND o.policy_id = p.id) FROM policy p WHERE p.city_id = $1',
  'SELECT now()',
])('takes %s', (statement) => expect(faults(statement)).toBe(0));

it.each([
  'SELECT 1 FROM policy WHERE id = $1',
  'SELECT p.id FROM policy p JOIN provision v ON v.policy_id = p.id WHERE p.city_id = $1',
  'SELECT p.city_id FROM policy p WHERE p.id = $1',
  'SELECT id, (SELECT count(*) FROM opinion WHERE policy_id = $2) FROM policy WHERE city_id = $1',
  'INSERT INTO opinion (id) VALUES ($1)',
  `SELECT 'city_id = ' FROM account WHERE login = $1`,
  'DELETE FROM opinion WHERE id = $1',
])('refuses %s', (statement) => expect(faults(statement)).toBe(1));

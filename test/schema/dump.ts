import type { Client } from 'pg';

const QUERIES: readonly [string, string][] = [
  ['columns', `SELECT format('%s.%s %s%s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
      CASE WHEN a.attgenerated <> '' THEN ' generated' ELSE '' END, coalesce(' = ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped`],
  ['constraints', `SELECT format('%s %s %s', c.relname, con.conname, pg_get_constraintdef(con.oid)) AS line
    FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND con.contype <> 'n'`],
  ['indexes', `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public'`],
  ['row-level security', `SELECT format('%s enabled=%s forced=%s', c.relname, c.relrowsecurity, c.relforcerowsecurity) AS line
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')`],
  ['policies', `SELECT format('%s %s %s %s using %s check %s', tablename, policyname, cmd, array_to_string(roles, ','), coalesce(qual, '-'), coalesce(with_check, '-')) AS line FROM pg_policies WHERE schemaname = 'public'`],
  ['grants', `SELECT format('%s %s %s', grantee, table_name, string_agg(privilege_type, ',' ORDER BY privilege_type)) AS line
    FROM information_schema.role_table_grants WHERE table_schema = 'public' AND grantee LIKE 'policyloop\\_%' AND grantee <> 'policyloop_owner' GROUP BY grantee, table_name`],
  ['column grants', `SELECT format('%s %s.%s %s', grantee, table_name, column_name, privilege_type) AS line
    FROM information_schema.column_privileges cp WHERE table_schema = 'public' AND grantee = 'policyloop_public'
      AND NOT EXISTS (SELECT 1 FROM information_schema.role_table_grants t WHERE t.grantee = cp.grantee AND t.table_name = cp.table_name AND t.privilege_type = cp.privilege_type)`],
  ['triggers', `SELECT pg_get_triggerdef(t.oid) AS line FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND NOT t.tgisinternal`],
  ['functions', `SELECT regexp_replace(pg_get_functiondef(p.oid), '\\s+', ' ', 'g') AS line FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'`],
];

/** The schema as sorted lines, read from the catalogue: the embedded PostgreSQL ships no pg_dump. */
export async function dumpSchema(client: Client): Promise<string> {
  const parts: string[] = [];
  for (const [title, sql] of QUERIES) {
    const { rows } = await client.query<{ line: string }>(sql);
    parts.push(`== ${title}`, ...rows.map(({ line }) => line.replace(/\s+/g, ' ')).sort(), '');
  }
  return parts.join('\n');
}

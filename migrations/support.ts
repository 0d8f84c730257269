import type { QueryRunner } from 'typeorm';

export interface Protection {
  /** False for tables of the whole city (accounts, enterprises): no `tenant_id`, everybody of the city reads. */
  tenant?: boolean;
  /** A further way to see a row, beside being of the department or overseeing the city. SQL over the row. */
  alsoRead?: string;
  /** A further way to write a row, beside being of the department. SQL over the row. */
  alsoWrite?: string;
  /** A further way to change a row that is there, and no way to make one. SQL over the row. */
  alsoUpdate?: string;
  /** Replaces the reading rule altogether. */
  read?: string;
  /** Replaces the writing rule altogether. */
  write?: string;
  /** Which rows everybody may see; without it the public role has no right on the table at all. */
  publicRead?: string;
  /** Columns that the public role may read; all by default. */
  publicColumns?: string[];
  /** Rights of the application role. Nothing may be deleted unless a table says so. */
  grants?: string;
}

/**
 * Puts a table behind row-level security, enabled and forced. The rule for an UPDATE is: one must see the old row and be allowed to write the
 * new one; so a row that one merely sees can be locked (`FOR SHARE`) and not changed.
 */
export async function protectTable(q: QueryRunner, table: string, protection: Protection = {}): Promise<void> {
  const { tenant = true, grants = 'SELECT, INSERT, UPDATE' } = protection;
  const or = (rules: (string | undefined)[]): string => rules.filter(Boolean).map((rule) => `(${rule})`).join(' OR ');
  const read = protection.read ?? or([tenant ? `tenant_id = app_tenant()` : 'true', `app_scope() IN ('city', 'system')`, protection.alsoRead]);
  const write = protection.write ?? or([tenant ? `tenant_id = app_tenant()` : undefined, `app_scope() = 'system'`, protection.alsoWrite]);
  const change = protection.alsoUpdate ? or([write, protection.alsoUpdate]) : write;
  const city = 'city_id = app_city()';
  await q.query(`
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY app_read ON ${table} FOR SELECT TO policyloop_app USING (${city} AND (${read}));
    CREATE POLICY app_insert ON ${table} FOR INSERT TO policyloop_app WITH CHECK (${city} AND (${write}));
    CREATE POLICY app_update ON ${table} FOR UPDATE TO policyloop_app USING (${city} AND (${read})) WITH CHECK (${city} AND (${change}));
    CREATE POLICY app_delete ON ${table} FOR DELETE TO policyloop_app USING (${city} AND (${write}));
    GRANT ${grants} ON ${table} TO policyloop_app;
  `);
  if (protection.publicRead) {
    const columns = protection.publicColumns ? ` (${protection.publicColumns.join(', ')})` : '';
    await q.query(`
      CREATE POLICY public_read ON ${table} FOR SELECT TO policyloop_public USING (${protection.publicRead});
      GRANT SELECT${columns} ON ${table} TO policyloop_public;
    `);
  }
}

/** Refuses UPDATE and DELETE for every role, the owner too: what has been written down stays. */
export async function makeAppendOnly(q: QueryRunner, table: string): Promise<void> {
  await q.query(`
    CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
  `);
}

/** SQL over a row with `enterprise_id`: the account that acts belongs to that enterprise. */
export const ofOwnEnterprise = (table: string): string =>
  `EXISTS (SELECT 1 FROM account me WHERE me.city_id = ${table}.city_id AND me.id = app_account() AND me.enterprise_id = ${table}.enterprise_id)`;

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** What a city adds to the law where the law leaves room, and who confirmed a rule that was cited from memory. */
export class Deadlines1780000000950 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE statute_override (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid,
        param_id text NOT NULL,
        field text NOT NULL,
        value integer NOT NULL CHECK (value >= 0),
        unit text CHECK (unit IN ('wd', 'cd')),
        source text NOT NULL CHECK (length(source) BETWEEN 1 AND 300),
        valid_from date NOT NULL,
        valid_to date,
        set_by uuid NOT NULL,
        set_at timestamptz NOT NULL,
        confirmed_by uuid,
        confirmed_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, set_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, confirmed_by) REFERENCES account (city_id, id),
        CHECK (valid_to IS NULL OR valid_to >= valid_from),
        CHECK (confirmed_by <> set_by),
        CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
      );
      -- The one with the later first day counts, so two may not begin on one day.
      CREATE UNIQUE INDEX statute_override_once ON statute_override (city_id, tenant_id, param_id, field, valid_from) NULLS NOT DISTINCT WHERE confirmed_at IS NOT NULL;
      CREATE INDEX statute_override_param ON statute_override (city_id, param_id, valid_from DESC);
      -- What was confirmed stays; a later one takes its place.
      CREATE TRIGGER statute_override_confirmed BEFORE UPDATE ON statute_override FOR EACH ROW WHEN (OLD.confirmed_at IS NOT NULL)
        EXECUTE FUNCTION refuse_change_except('valid_to', 'row_version');

      CREATE TABLE statute_confirmation (
        city_id text NOT NULL REFERENCES city (id),
        param_id text NOT NULL,
        version_from date NOT NULL,
        text_source text NOT NULL CHECK (length(text_source) BETWEEN 1 AND 500),
        confirmed_by uuid NOT NULL,
        confirmed_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, param_id, version_from),
        FOREIGN KEY (city_id, confirmed_by) REFERENCES account (city_id, id)
      );

      CREATE INDEX docket_waiting ON docket (city_id, due_on) WHERE signed_at IS NULL;
    `);
    // A department adds for itself, who oversees the city for all; the second person is always one who oversees. What is not confirmed yet is nobody else's
    // business: who may see a row and may change rows of the table could make it his own.
    await protectTable(q, 'statute_override', {
      alsoRead: 'confirmed_at IS NOT NULL', alsoWrite: `app_scope() = 'city'`, publicRead: 'confirmed_at IS NOT NULL',
      publicColumns: ['city_id', 'id', 'tenant_id', 'param_id', 'field', 'value', 'unit', 'source', 'valid_from', 'valid_to', 'confirmed_at'],
    });
    await protectTable(q, 'statute_confirmation', {
      tenant: false, write: `app_scope() IN ('city', 'system')`, grants: 'SELECT, INSERT', publicRead: 'true',
      publicColumns: ['city_id', 'param_id', 'version_from', 'text_source', 'confirmed_at'],
    });
    await makeAppendOnly(q, 'statute_confirmation');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what was confirmed is not undone.');
  }
}

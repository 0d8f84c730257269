import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why an override was made, and which two departments stand for it: what the public page tells beside the figure, without naming persons.
 * Rows from before have neither; whoever made them is still in the row and in the audit log.
 */
export class OverrideReasons1780000000980 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE statute_override
        ADD COLUMN reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
        ADD COLUMN set_in uuid,
        ADD COLUMN confirmed_in uuid,
        ADD FOREIGN KEY (city_id, set_in) REFERENCES department (city_id, id),
        ADD FOREIGN KEY (city_id, confirmed_in) REFERENCES department (city_id, id);
      ALTER TABLE statute_confirmation
        ADD COLUMN confirmed_in uuid,
        ADD FOREIGN KEY (city_id, confirmed_in) REFERENCES department (city_id, id);
      -- The register is read by year, a department's or the whole city's.
      CREATE INDEX document_register_year ON document_register (city_id, year, code, tenant_id, seq);
      GRANT SELECT (reason, set_in, confirmed_in) ON statute_override TO policyloop_public;
      GRANT SELECT (confirmed_in) ON statute_confirmation TO policyloop_public;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: the reasons given would be lost.');
  }
}

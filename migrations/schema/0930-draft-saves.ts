import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '../support';

/** The saves of an open draft: the common base of two people's changes, and what a choice between them would otherwise have lost. */
export class DraftSaves1780000000930 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE draft_save (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        version_id uuid NOT NULL,
        -- The row version that the draft had with this text; null for a text that was put aside and never was the draft.
        row_version integer CHECK (row_version > 0),
        text text NOT NULL,
        drafting_note text NOT NULL,
        kept boolean NOT NULL,
        editor text,
        saved_by uuid NOT NULL,
        saved_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, version_id, row_version),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, version_id) REFERENCES policy_version (city_id, id),
        FOREIGN KEY (city_id, saved_by) REFERENCES account (city_id, id),
        CHECK (kept OR row_version IS NOT NULL)
      );
      CREATE INDEX draft_save_kept ON draft_save (city_id, version_id, saved_at DESC, id DESC) WHERE kept;
    `);
    // Saves that nobody asked for are thinned out.
    await protectTable(q, 'draft_save', { grants: 'SELECT, INSERT, UPDATE, DELETE' });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what people wrote is not undone.');
  }
}

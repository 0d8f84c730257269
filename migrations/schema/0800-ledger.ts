import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '../support';

/** Abolition cases, and the orders in which the ledger and the effective list are read. */
export class Ledger1780000000800 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE abolition_case (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        source text NOT NULL CHECK (source IN ('manual', 'evaluation')),
        source_key text NOT NULL,
        reason text NOT NULL DEFAULT '',
        opened_by uuid,
        opened_at timestamptz NOT NULL,
        decision text CHECK (decision IN ('abolish', 'keep')),
        decision_reason text NOT NULL DEFAULT '',
        notice_text text,
        effect_on date,
        decided_by uuid,
        decided_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, source_key),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, opened_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, decided_by) REFERENCES account (city_id, id),
        CHECK (source = 'evaluation' OR reason <> ''),
        CHECK (decided_by <> opened_by),
        CHECK ((source = 'manual') = (opened_by IS NOT NULL)),
        CHECK ((decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by IS NULL)),
        CHECK (coalesce(decision = 'abolish', false) = (notice_text IS NOT NULL AND effect_on IS NOT NULL))
      );
      CREATE UNIQUE INDEX abolition_case_one_open ON abolition_case (city_id, policy_id) WHERE decision IS NULL;
      CREATE INDEX abolition_case_policy ON abolition_case (city_id, policy_id, opened_at DESC);

      CREATE INDEX policy_ledger ON policy (city_id, created_at DESC, id DESC);
      CREATE INDEX policy_end ON policy (city_id, effective_to) WHERE state = 'published';
    `);
    await protectTable(q, 'abolition_case', {
      publicRead: `decision = 'abolish'`,
      publicColumns: ['city_id', 'policy_id', 'decision', 'notice_text', 'effect_on', 'decided_at'],
    });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: a decision is not undone.');
  }
}

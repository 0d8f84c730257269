import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** What changes a published policy's time in force or text: amendments, partial repeals, extensions, ends; and the decisions behind them (ADR 0030). */
export class ValidityChanges1780000001075 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE validity_change (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('amended', 'partly_repealed', 'extended', 'abolished', 'replaced')),
        -- When it was decided: before that instant nobody could know of it.
        known_at timestamptz NOT NULL,
        -- First day of which it holds.
        effect_on date NOT NULL,
        -- The policy that amends or replaces this one.
        by_policy_id uuid,
        -- Of a partial repeal: the clauses that no longer hold, as [{identity, label}].
        clauses jsonb,
        -- Of an extension: the last day before it and after it.
        previous_to date,
        new_to date,
        notice_text text,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, by_policy_id) REFERENCES policy (city_id, id),
        CHECK ((kind IN ('amended', 'replaced')) = (by_policy_id IS NOT NULL)),
        CHECK ((kind = 'partly_repealed') = (clauses IS NOT NULL)),
        CHECK ((kind = 'extended') = (previous_to IS NOT NULL AND new_to IS NOT NULL)),
        CHECK (new_to IS NULL OR new_to > previous_to)
      );
      CREATE INDEX validity_change_policy ON validity_change (city_id, policy_id, effect_on);
      CREATE INDEX validity_change_newest ON validity_change (city_id, effect_on DESC);
      CREATE UNIQUE INDEX validity_change_once ON validity_change (city_id, policy_id, kind, by_policy_id) WHERE by_policy_id IS NOT NULL;

      CREATE TABLE validity_case (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('extend', 'partial_repeal')),
        reason text NOT NULL CHECK (reason <> ''),
        new_to date,
        clauses jsonb,
        effect_on date,
        proposed_by uuid NOT NULL,
        proposed_at timestamptz NOT NULL,
        decision text CHECK (decision IN ('approve', 'refuse')),
        decision_reason text NOT NULL DEFAULT '',
        notice_text text,
        decided_by uuid,
        decided_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, proposed_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, decided_by) REFERENCES account (city_id, id),
        CHECK (decided_by <> proposed_by),
        CHECK ((kind = 'extend') = (new_to IS NOT NULL)),
        CHECK ((kind = 'partial_repeal') = (clauses IS NOT NULL AND effect_on IS NOT NULL)),
        CHECK ((decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by IS NULL)),
        CHECK (coalesce(decision = 'approve', false) = (notice_text IS NOT NULL))
      );
      CREATE UNIQUE INDEX validity_case_one_open ON validity_case (city_id, policy_id) WHERE decision IS NULL;
      CREATE INDEX validity_case_policy ON validity_case (city_id, policy_id, proposed_at DESC);

      -- What happened before there was this table. Row-level security, which holds for the owner too, would show the migration nothing.
      ALTER TABLE policy NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE policy_link NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE abolition_case NO FORCE ROW LEVEL SECURITY;
      INSERT INTO validity_change (city_id, id, tenant_id, policy_id, kind, known_at, effect_on, notice_text)
        SELECT c.city_id, gen_random_uuid(), c.tenant_id, c.policy_id, 'abolished', c.decided_at, c.effect_on, c.notice_text
        FROM abolition_case c JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id WHERE c.decision = 'abolish' AND p.state = 'abolished';
      INSERT INTO validity_change (city_id, id, tenant_id, policy_id, kind, known_at, effect_on, by_policy_id)
        SELECT p.city_id, gen_random_uuid(), p.tenant_id, p.id, CASE l.kind WHEN 'amends' THEN 'amended' ELSE 'replaced' END, n.published_at, n.effective_from, n.id
        FROM policy_link l JOIN policy p ON p.city_id = l.city_id AND p.id = l.target_id JOIN policy n ON n.city_id = l.city_id AND n.id = l.policy_id
        WHERE l.kind IN ('amends', 'replaces') AND n.published_at IS NOT NULL AND p.published_at IS NOT NULL
          AND NOT (l.kind = 'amends' AND EXISTS (SELECT 1 FROM policy_link r WHERE r.city_id = l.city_id AND r.policy_id = l.policy_id AND r.target_id = l.target_id AND r.kind = 'replaces'));
      ALTER TABLE policy FORCE ROW LEVEL SECURITY;
      ALTER TABLE policy_link FORCE ROW LEVEL SECURITY;
      ALTER TABLE abolition_case FORCE ROW LEVEL SECURITY;
    `);
    await makeAppendOnly(q, 'validity_change');
    // Only of published policies, so everybody may know.
    await protectTable(q, 'validity_change', { alsoRead: 'true', publicRead: 'true', grants: 'SELECT, INSERT' });
    await protectTable(q, 'validity_case');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: a decision is not undone.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '../support';

/** The city's annual plan: the year, its entries, and what is added to or taken off it once it is approved. */
export class CityPlan1780000000960 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE plan_item
        ADD COLUMN due_month text CHECK (due_month ~ '^\\d{4}-(0[1-9]|1[0-2])$'),
        ADD COLUMN lead_person_id uuid,
        ADD COLUMN basis text NOT NULL DEFAULT '',
        ADD FOREIGN KEY (city_id, lead_person_id) REFERENCES account (city_id, id);

      CREATE TABLE city_plan (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
        state text NOT NULL CHECK (state IN ('collecting', 'proposed', 'approved')),
        edition integer NOT NULL DEFAULT 0 CHECK (edition >= 0),
        opened_by uuid NOT NULL,
        opened_at timestamptz NOT NULL,
        proposed_by uuid,
        proposed_at timestamptz,
        approved_by uuid,
        approved_at timestamptz,
        note text NOT NULL DEFAULT '',
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, year),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, opened_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, proposed_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, approved_by) REFERENCES account (city_id, id),
        CHECK ((state = 'approved') = (approved_by IS NOT NULL AND approved_at IS NOT NULL AND edition > 0)),
        CHECK ((state = 'collecting') = (proposed_by IS NULL)),
        CHECK (approved_by <> proposed_by)
      );

      -- tenant_id is the department that leads the matter.
      CREATE TABLE city_plan_entry (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        plan_id uuid NOT NULL,
        plan_item_id uuid,
        kind text NOT NULL CHECK (kind IN ('make', 'revise', 'abolish')),
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
        reason text NOT NULL DEFAULT '',
        target_policy_id uuid,
        due_month text CHECK (due_month ~ '^\\d{4}-(0[1-9]|1[0-2])$'),
        co_tenants uuid[] NOT NULL DEFAULT '{}',
        position integer NOT NULL CHECK (position > 0),
        state text NOT NULL CHECK (state IN ('submitted', 'listed', 'merged', 'moved', 'refused', 'cancelled')),
        merged_into uuid,
        moved_to integer,
        supplement boolean NOT NULL DEFAULT false,
        note text NOT NULL DEFAULT '',
        submitted_at timestamptz NOT NULL,
        decided_by uuid,
        decided_at timestamptz,
        policy_id uuid,
        is_public boolean NOT NULL DEFAULT false,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, plan_id) REFERENCES city_plan (city_id, id),
        FOREIGN KEY (city_id, plan_item_id) REFERENCES plan_item (city_id, id),
        FOREIGN KEY (city_id, merged_into) REFERENCES city_plan_entry (city_id, id),
        FOREIGN KEY (city_id, target_policy_id) REFERENCES policy (city_id, id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, decided_by) REFERENCES account (city_id, id),
        CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
        CHECK ((state = 'moved') = (moved_to IS NOT NULL)),
        CHECK (state NOT IN ('refused', 'moved', 'cancelled') OR note <> ''),
        CHECK (is_public = (state IN ('listed', 'cancelled')))
      );
      -- A department's item stands in one place of the plans at a time; what was moved or refused there is history.
      CREATE UNIQUE INDEX city_plan_entry_item ON city_plan_entry (city_id, plan_item_id) WHERE state IN ('submitted', 'listed', 'merged');
      CREATE UNIQUE INDEX city_plan_entry_policy ON city_plan_entry (city_id, policy_id) WHERE state IN ('submitted', 'listed');
      CREATE INDEX city_plan_entry_plan ON city_plan_entry (city_id, plan_id, position, id);
      CREATE INDEX city_plan_entry_tenant ON city_plan_entry (city_id, tenant_id);

      CREATE TABLE city_plan_change (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        plan_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('supplement', 'cancel')),
        plan_item_id uuid,
        entry_id uuid,
        reason text NOT NULL CHECK (reason <> ''),
        urgent boolean NOT NULL DEFAULT false,
        state text NOT NULL CHECK (state IN ('requested', 'approved', 'refused')),
        requested_by uuid NOT NULL,
        requested_at timestamptz NOT NULL,
        decided_by uuid,
        decided_at timestamptz,
        note text NOT NULL DEFAULT '',
        edition integer,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, plan_id) REFERENCES city_plan (city_id, id),
        FOREIGN KEY (city_id, plan_item_id) REFERENCES plan_item (city_id, id),
        FOREIGN KEY (city_id, entry_id) REFERENCES city_plan_entry (city_id, id),
        FOREIGN KEY (city_id, requested_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, decided_by) REFERENCES account (city_id, id),
        CHECK (CASE kind WHEN 'supplement' THEN plan_item_id IS NOT NULL ELSE entry_id IS NOT NULL END),
        CHECK ((state = 'requested') = (decided_by IS NULL)),
        CHECK ((state = 'approved') = (edition IS NOT NULL)),
        CHECK (state <> 'approved' OR entry_id IS NOT NULL),
        CHECK (decided_by <> requested_by)
      );
      CREATE UNIQUE INDEX city_plan_change_supplement ON city_plan_change (city_id, plan_item_id) WHERE state = 'requested' AND kind = 'supplement';
      CREATE UNIQUE INDEX city_plan_change_cancel ON city_plan_change (city_id, entry_id) WHERE state = 'requested' AND kind = 'cancel';
      CREATE INDEX city_plan_change_plan ON city_plan_change (city_id, plan_id, requested_at DESC, id DESC);
    `);
    // The overseer of the city, who sees all of it, puts its plan together out of rows that belong to the departments.
    const overseer = `app_scope() = 'city'`;
    // He puts items off to another year.
    await q.query(`ALTER POLICY app_update ON plan_item WITH CHECK (city_id = app_city() AND (tenant_id = app_tenant() OR app_scope() IN ('city', 'system')))`);
    await protectTable(q, 'city_plan', {
      alsoRead: 'true', write: `app_scope() IN ('city', 'system')`, publicRead: `state = 'approved'`, publicColumns: ['city_id', 'id', 'year', 'state', 'edition', 'approved_at'],
    });
    await protectTable(q, 'city_plan_entry', {
      alsoRead: 'is_public', alsoWrite: overseer, publicRead: 'is_public',
      publicColumns: ['city_id', 'id', 'tenant_id', 'plan_id', 'kind', 'title', 'target_policy_id', 'due_month', 'co_tenants', 'position', 'state', 'supplement', 'note', 'decided_at', 'policy_id', 'is_public'],
    });
    await protectTable(q, 'city_plan_change', {
      alsoRead: `state = 'approved'`, alsoWrite: overseer, publicRead: `state = 'approved'`,
      publicColumns: ['city_id', 'id', 'plan_id', 'kind', 'entry_id', 'reason', 'urgent', 'state', 'decided_at', 'edition'],
    });
    // Everybody of the city reads what is listed; it is still not theirs to take over.
    for (const table of ['city_plan_entry', 'city_plan_change']) {
      await q.query(`ALTER POLICY app_update ON ${table} USING (city_id = app_city() AND (tenant_id = app_tenant() OR app_scope() IN ('city', 'system')))`);
    }
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: an approved plan is not undone.');
  }
}

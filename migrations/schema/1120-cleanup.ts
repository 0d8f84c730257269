import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '../support';

/** Clean-ups 清理: the documents in force on a day, what each department proposes for its own, the city's decision and what becomes of it (ADR 0035). */
export class Cleanup1780000001120 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- tenant_id is the department of the overseer who opened it; it concerns the whole city.
      CREATE TABLE cleanup (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
        trigger text NOT NULL CHECK (trigger IN ('periodic', 'statute', 'instruction')),
        reason text NOT NULL CHECK (reason <> ''),
        scope jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('running', 'decided', 'cancelled')),
        -- The day whose effective list it took.
        listed_on date NOT NULL,
        propose_by date NOT NULL,
        check_by date NOT NULL,
        opened_by uuid NOT NULL,
        opened_at timestamptz NOT NULL,
        idempotency_key text NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 100),
        decision_number text,
        decision_text text,
        decided_by uuid,
        decided_at timestamptz,
        cancel_reason text,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, opened_by, idempotency_key),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, opened_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, decided_by) REFERENCES account (city_id, id),
        CHECK (listed_on <= propose_by AND propose_by <= check_by),
        CHECK ((state = 'decided') = (decided_by IS NOT NULL AND decided_at IS NOT NULL AND decision_number IS NOT NULL AND decision_text IS NOT NULL)),
        CHECK ((state = 'cancelled') = (cancel_reason IS NOT NULL))
      );
      CREATE INDEX cleanup_newest ON cleanup (city_id, opened_at DESC, id DESC);
      CREATE UNIQUE INDEX cleanup_number ON cleanup (city_id, decision_number) WHERE decision_number IS NOT NULL;

      -- The list of one department: proposed by its people, signed by its head, checked by the city.
      CREATE TABLE cleanup_sheet (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        cleanup_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'signed', 'agreed')),
        signed_by uuid,
        signed_at timestamptz,
        checked_by uuid,
        checked_at timestamptz,
        -- Why it was sent back last.
        return_note text NOT NULL DEFAULT '',
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, cleanup_id, tenant_id),
        FOREIGN KEY (city_id, cleanup_id) REFERENCES cleanup (city_id, id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, signed_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, checked_by) REFERENCES account (city_id, id),
        CHECK ((state = 'open') = (signed_by IS NULL) AND (signed_by IS NULL) = (signed_at IS NULL)),
        CHECK ((state = 'agreed') = (checked_by IS NOT NULL) AND (checked_by IS NULL) = (checked_at IS NULL)),
        CHECK (checked_by <> signed_by)
      );

      CREATE TABLE cleanup_item (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        cleanup_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        no integer NOT NULL CHECK (no > 0),
        -- The document as it was when it was listed.
        title text NOT NULL,
        kind text NOT NULL,
        document_number text NOT NULL,
        published_at timestamptz NOT NULL,
        effective_from date NOT NULL,
        effective_to date,
        added_by uuid,
        added_at timestamptz NOT NULL,
        proposal text CHECK (proposal IN ('keep', 'amend', 'abolish', 'lapse')),
        reason text NOT NULL DEFAULT '',
        amend_what text NOT NULL DEFAULT '',
        amend_by date,
        -- First day on which it no longer holds; empty for the day of the decision.
        effect_on date,
        replaced_by uuid,
        -- What stands in the way of an end, as the gates told it when it was last asked.
        obstacles jsonb NOT NULL DEFAULT '[]',
        proposed_by uuid,
        proposed_at timestamptz,
        -- What the city objects to; empty once the proposal was made anew.
        remark text NOT NULL DEFAULT '',
        outcome text CHECK (outcome IN ('keep', 'amend', 'abolish', 'lapse', 'ended')),
        -- How far the outcome has come.
        effect text CHECK (effect IN ('pending', 'held', 'taken_up', 'done', 'refused')),
        effect_stage text NOT NULL DEFAULT '',
        effect_note text NOT NULL DEFAULT '',
        effect_year integer,
        effect_at timestamptz,
        -- The day on which it really ended.
        ended_on date,
        is_public boolean NOT NULL DEFAULT false,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, cleanup_id, policy_id),
        UNIQUE (city_id, cleanup_id, no),
        FOREIGN KEY (city_id, cleanup_id, tenant_id) REFERENCES cleanup_sheet (city_id, cleanup_id, tenant_id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, replaced_by) REFERENCES policy (city_id, id),
        FOREIGN KEY (city_id, proposed_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, added_by) REFERENCES account (city_id, id),
        CHECK ((proposal IS NULL) = (proposed_by IS NULL) AND (proposal IS NULL) = (proposed_at IS NULL)),
        CHECK (proposal IS NULL OR reason <> ''),
        CHECK (coalesce(proposal = 'amend', false) = (amend_by IS NOT NULL) AND (amend_by IS NULL) = (amend_what = '')),
        CHECK (coalesce(proposal IN ('abolish', 'lapse'), false) OR (effect_on IS NULL AND replaced_by IS NULL)),
        CHECK (replaced_by <> policy_id),
        CHECK (is_public = (outcome IS NOT NULL)),
        CHECK (coalesce(outcome IN ('amend', 'abolish', 'lapse'), false) = (effect IS NOT NULL))
      );
      CREATE INDEX cleanup_item_sheet ON cleanup_item (city_id, cleanup_id, tenant_id, no);
      CREATE INDEX cleanup_item_policy ON cleanup_item (city_id, policy_id);
      CREATE INDEX cleanup_item_waiting ON cleanup_item (city_id, tenant_id) WHERE effect IN ('pending', 'held', 'taken_up');

      -- What a department that countersigned a document says to the proposal; of another proposal it says nothing.
      CREATE TABLE cleanup_consent (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        item_id uuid NOT NULL,
        proposed_at timestamptz NOT NULL,
        answer text NOT NULL CHECK (answer IN ('agree', 'object')),
        reason text NOT NULL DEFAULT '',
        answered_by uuid NOT NULL,
        answered_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, item_id, tenant_id, proposed_at),
        FOREIGN KEY (city_id, item_id) REFERENCES cleanup_item (city_id, id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, answered_by) REFERENCES account (city_id, id),
        CHECK (answer = 'agree' OR reason <> '')
      );

      -- The list is what it was when it was taken, and what was decided stays as it was published; only how far it has come goes on.
      CREATE FUNCTION refuse_cleanup_edit() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          course text[] := ARRAY['effect', 'effect_stage', 'effect_note', 'effect_year', 'effect_at', 'ended_on', 'row_version'];
          listed text[] := ARRAY['city_id', 'id', 'tenant_id', 'cleanup_id', 'policy_id', 'no', 'title', 'kind', 'document_number', 'published_at', 'effective_from', 'effective_to', 'added_by', 'added_at'];
        BEGIN
          IF TG_OP = 'DELETE' OR (OLD.outcome IS NOT NULL AND (to_jsonb(NEW) - course) <> (to_jsonb(OLD) - course))
            OR EXISTS (SELECT 1 FROM unnest(listed) AS c (name) WHERE to_jsonb(NEW) -> c.name IS DISTINCT FROM to_jsonb(OLD) -> c.name) THEN
            RAISE EXCEPTION 'what a clean-up has listed or decided is not changed' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER cleanup_item_immutable BEFORE UPDATE OR DELETE ON cleanup_item FOR EACH ROW EXECUTE FUNCTION refuse_cleanup_edit();
      CREATE FUNCTION refuse_decided_cleanup_edit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' OR OLD.state <> 'running' THEN
            RAISE EXCEPTION 'a clean-up that is over is not changed' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER cleanup_immutable BEFORE UPDATE OR DELETE ON cleanup FOR EACH ROW EXECUTE FUNCTION refuse_decided_cleanup_edit();

      -- A clean-up opens and decides cases of abolition, declares documents lapsed, and brings revisions into the plan.
      ALTER TABLE abolition_case DROP CONSTRAINT IF EXISTS abolition_case_source_check;
      ALTER TABLE abolition_case ADD CONSTRAINT abolition_case_source_check CHECK (source IN ('manual', 'evaluation', 'dependent', 'cleanup')),
        ADD COLUMN cleanup_item_id uuid, ADD FOREIGN KEY (city_id, cleanup_item_id) REFERENCES cleanup_item (city_id, id);
      ALTER TABLE validity_change DROP CONSTRAINT IF EXISTS validity_change_kind_check;
      ALTER TABLE validity_change ADD CONSTRAINT validity_change_kind_check CHECK (kind IN ('amended', 'partly_repealed', 'extended', 'abolished', 'replaced', 'lapsed'));
      ALTER TABLE plan_item DROP CONSTRAINT IF EXISTS plan_item_source_check;
      ALTER TABLE plan_item ADD CONSTRAINT plan_item_source_check CHECK (source IN ('department', 'evaluation', 'cleanup'));
    `);
    const overseer = `app_scope() = 'city'`;
    await protectTable(q, 'cleanup', {
      alsoRead: 'true', write: `app_scope() IN ('city', 'system')`, publicRead: `state = 'decided'`,
      publicColumns: ['city_id', 'id', 'title', 'trigger', 'reason', 'state', 'listed_on', 'decision_number', 'decision_text', 'decided_at'],
    });
    await protectTable(q, 'cleanup_sheet', { alsoWrite: overseer });
    // A department that countersigned the document reads; the public reads what was decided, and not who wrote it.
    const joins = `EXISTS (SELECT 1 FROM participation j WHERE j.city_id = cleanup_item.city_id AND j.policy_id = cleanup_item.policy_id AND j.tenant_id = app_tenant() AND j.capacity = 'countersign')`;
    await protectTable(q, 'cleanup_item', {
      alsoRead: joins, alsoWrite: overseer, publicRead: 'is_public',
      publicColumns: ['city_id', 'id', 'tenant_id', 'cleanup_id', 'policy_id', 'no', 'title', 'kind', 'document_number', 'published_at', 'effective_from', 'effective_to', 'reason', 'amend_what', 'amend_by',
        'effect_on', 'replaced_by', 'outcome', 'effect', 'effect_stage', 'ended_on', 'is_public'],
    });
    await q.query(`ALTER POLICY app_update ON cleanup_item USING (city_id = app_city() AND (tenant_id = app_tenant() OR app_scope() IN ('city', 'system')))`);
    await protectTable(q, 'cleanup_consent', {
      alsoRead: `EXISTS (SELECT 1 FROM cleanup_item i WHERE i.city_id = cleanup_consent.city_id AND i.id = cleanup_consent.item_id AND i.tenant_id = app_tenant())`, grants: 'SELECT, INSERT',
    });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: a decided clean-up is not undone.');
  }
}

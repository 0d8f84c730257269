import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** The spine: policies, versions, provisions, life-cycle events, numbers, joint work. */
export class Policy1780000000200 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE policy (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('normative_document', 'major_decision', 'policy_document')),
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
        summary text NOT NULL DEFAULT '',
        state text NOT NULL,
        affects_market boolean NOT NULL DEFAULT true,
        responsible_id uuid NOT NULL,
        topics text[] NOT NULL DEFAULT '{}',
        audience text[] NOT NULL DEFAULT '{}',
        document_number text,
        effective_from date,
        effective_to date,
        ended_on date,
        current_version_id uuid,
        published_at timestamptz,
        public_since timestamptz,
        created_at timestamptz NOT NULL,
        row_version integer NOT NULL DEFAULT 1,
        search tsvector,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, tenant_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, responsible_id) REFERENCES account (city_id, id),
        CHECK (effective_to IS NULL OR effective_to >= effective_from),
        CHECK (state <> 'published' OR (document_number IS NOT NULL AND published_at IS NOT NULL AND effective_from IS NOT NULL))
      );
      CREATE INDEX policy_tenant ON policy (city_id, tenant_id, created_at DESC, id DESC);
      CREATE INDEX policy_public ON policy (city_id, published_at DESC, id DESC) WHERE public_since IS NOT NULL;
      CREATE INDEX policy_state ON policy (city_id, state);
      CREATE INDEX policy_search ON policy USING gin (search);

      CREATE TABLE policy_version (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        no integer NOT NULL CHECK (no > 0),
        state text NOT NULL CHECK (state IN ('draft', 'submitted')),
        drafting_note text NOT NULL DEFAULT '',
        text_hash text,
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        submitted_at timestamptz,
        submitted_by uuid,
        is_public boolean NOT NULL DEFAULT false,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, policy_id, no),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, policy_id) REFERENCES policy (city_id, id),
        FOREIGN KEY (city_id, created_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, submitted_by) REFERENCES account (city_id, id),
        CHECK ((state = 'submitted') = (submitted_at IS NOT NULL AND text_hash IS NOT NULL AND submitted_by IS NOT NULL))
      );
      CREATE UNIQUE INDEX policy_version_one_draft ON policy_version (city_id, policy_id) WHERE state = 'draft';
      ALTER TABLE policy ADD FOREIGN KEY (city_id, current_version_id) REFERENCES policy_version (city_id, id);

      CREATE TABLE provision (
        city_id text NOT NULL,
        version_id uuid NOT NULL,
        clause_id text NOT NULL,
        tenant_id uuid NOT NULL,
        seq integer NOT NULL,
        parent_id text,
        identity text NOT NULL,
        kind text NOT NULL,
        number integer,
        label text NOT NULL,
        lead text NOT NULL,
        text text NOT NULL,
        unrecognised boolean NOT NULL DEFAULT false,
        is_public boolean NOT NULL DEFAULT false,
        PRIMARY KEY (city_id, version_id, clause_id),
        UNIQUE (city_id, version_id, seq),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, version_id) REFERENCES policy_version (city_id, id)
      );

      -- A submitted version never changes again; its provisions neither. Only what everybody may see is switched on later.
      CREATE FUNCTION refuse_submitted_version() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.state = 'submitted' AND (TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'is_public') <> (to_jsonb(OLD) - 'is_public')) THEN
            RAISE EXCEPTION 'a submitted version is immutable' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN coalesce(NEW, OLD);
        END $$;
      CREATE TRIGGER policy_version_immutable BEFORE UPDATE OR DELETE ON policy_version FOR EACH ROW EXECUTE FUNCTION refuse_submitted_version();
      CREATE FUNCTION refuse_submitted_provision() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE row provision := coalesce(NEW, OLD);
        BEGIN
          IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'is_public') = (to_jsonb(OLD) - 'is_public') THEN RETURN NEW; END IF;
          IF EXISTS (SELECT 1 FROM policy_version v WHERE v.city_id = row.city_id AND v.id = row.version_id AND v.state = 'submitted') THEN
            RAISE EXCEPTION 'the text of a submitted version is immutable' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN row;
        END $$;
      CREATE TRIGGER provision_immutable BEFORE INSERT OR UPDATE OR DELETE ON provision FOR EACH ROW EXECUTE FUNCTION refuse_submitted_provision();

      CREATE TABLE life_cycle_event (
        city_id text NOT NULL REFERENCES city (id),
        chain text NOT NULL,
        seq bigint NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        is_public boolean NOT NULL,
        payload text NOT NULL,
        prev_hash text NOT NULL,
        hash text NOT NULL,
        name text GENERATED ALWAYS AS (payload::jsonb ->> 'name') STORED,
        from_state text GENERATED ALWAYS AS (payload::jsonb ->> 'from') STORED,
        to_state text GENERATED ALWAYS AS (payload::jsonb ->> 'to') STORED,
        at text GENERATED ALWAYS AS (payload::jsonb ->> 'at') STORED,
        PRIMARY KEY (city_id, chain, seq),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, policy_id) REFERENCES policy (city_id, id)
      );
      CREATE INDEX life_cycle_event_policy ON life_cycle_event (city_id, policy_id, seq);
      CREATE TRIGGER life_cycle_event_link BEFORE INSERT ON life_cycle_event FOR EACH ROW EXECUTE FUNCTION link_chain();

      CREATE TABLE document_counter (
        city_id text NOT NULL,
        tenant_id uuid NOT NULL,
        code text NOT NULL,
        year integer NOT NULL,
        last integer NOT NULL,
        PRIMARY KEY (city_id, tenant_id, code, year),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id)
      );
      CREATE TABLE document_register (
        city_id text NOT NULL,
        tenant_id uuid NOT NULL,
        code text NOT NULL,
        year integer NOT NULL,
        seq integer NOT NULL CHECK (seq > 0),
        policy_id uuid NOT NULL,
        registered_by uuid,
        registered_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, tenant_id, code, year, seq),
        UNIQUE (city_id, policy_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, policy_id) REFERENCES policy (city_id, id),
        FOREIGN KEY (city_id, registered_by) REFERENCES account (city_id, id)
      );

      CREATE TABLE participation (
        city_id text NOT NULL,
        policy_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        owner_tenant_id uuid NOT NULL,
        capacity text NOT NULL CHECK (capacity IN ('countersign', 'legal_review', 'fair_competition_review', 'evaluation')),
        since timestamptz NOT NULL,
        PRIMARY KEY (city_id, policy_id, tenant_id, capacity),
        FOREIGN KEY (city_id, policy_id, owner_tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id)
      );
      CREATE INDEX participation_tenant ON participation (city_id, tenant_id);

      CREATE TABLE policy_link (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('amends', 'replaces', 'implements')),
        target_id uuid NOT NULL,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, policy_id, kind, target_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, policy_id) REFERENCES policy (city_id, id),
        FOREIGN KEY (city_id, target_id) REFERENCES policy (city_id, id)
      );
    `);

    const joins = (table: string, column: string): string =>
      `EXISTS (SELECT 1 FROM participation p WHERE p.city_id = ${table}.city_id AND p.policy_id = ${table}.${column} AND p.tenant_id = app_tenant())`;
    await protectTable(q, 'policy', { alsoRead: `public_since IS NOT NULL OR ${joins('policy', 'id')}`, publicRead: 'public_since IS NOT NULL' });
    await protectTable(q, 'policy_version', {
      alsoRead: `is_public OR ${joins('policy_version', 'policy_id')}`,
      publicRead: 'is_public',
      publicColumns: ['city_id', 'id', 'tenant_id', 'policy_id', 'no', 'state', 'drafting_note', 'created_at', 'submitted_at', 'text_hash', 'is_public'],
    });
    await protectTable(q, 'provision', {
      alsoRead: `is_public OR EXISTS (SELECT 1 FROM policy_version v WHERE v.city_id = provision.city_id AND v.id = provision.version_id)`,
      publicRead: 'is_public',
      grants: 'SELECT, INSERT, UPDATE, DELETE',
    });
    const eventIsPublic = `is_public AND EXISTS (SELECT 1 FROM policy p WHERE p.city_id = life_cycle_event.city_id AND p.id = life_cycle_event.policy_id AND p.public_since IS NOT NULL)`;
    await protectTable(q, 'life_cycle_event', {
      alsoRead: `${joins('life_cycle_event', 'policy_id')} OR (${eventIsPublic})`,
      alsoWrite: joins('life_cycle_event', 'policy_id'),
      publicRead: eventIsPublic,
      publicColumns: ['city_id', 'policy_id', 'seq', 'is_public', 'name', 'from_state', 'to_state', 'at', 'hash'],
      grants: 'SELECT, INSERT',
    });
    await makeAppendOnly(q, 'life_cycle_event');
    await protectTable(q, 'document_counter');
    await protectTable(q, 'document_register', { grants: 'SELECT, INSERT' });
    await makeAppendOnly(q, 'document_register');
    // The owner stands in the row itself: a rule that asked the policy table would ask itself in a circle.
    await protectTable(q, 'participation', { alsoRead: 'owner_tenant_id = app_tenant()', write: `owner_tenant_id = app_tenant() OR app_scope() = 'system'` });
    // A link is never changed. Everybody sees it, so with the right to UPDATE another department could make it its own.
    await protectTable(q, 'policy_link', { alsoRead: 'true', publicRead: 'true', grants: 'SELECT, INSERT' });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: a policy is not undone.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** Cities, departments, people, sessions; hash chains and audit; outbox. */
export class Platform1780000000100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION app_city() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(current_setting('app.city_id', true), '') $$;
      CREATE FUNCTION app_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(current_setting('app.tenant_id', true), '')::uuid $$;
      CREATE FUNCTION app_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(current_setting('app.account_id', true), '')::uuid $$;
      CREATE FUNCTION app_scope() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(current_setting('app.scope', true), '') $$;
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;

      CREATE TABLE city (
        id text PRIMARY KEY CHECK (id ~ '^[0-9]{6}$'),
        name text NOT NULL, name_en text NOT NULL,
        rule_pack text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      GRANT SELECT, INSERT ON city TO policyloop_app;
      GRANT SELECT ON city TO policyloop_public;

      CREATE TABLE department (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        name text NOT NULL, name_en text NOT NULL, short_name text NOT NULL,
        document_code text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, document_code)
      );

      CREATE TABLE enterprise (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        credit_code text NOT NULL CHECK (credit_code ~ '^[0-9A-Z]{18}$'),
        name text NOT NULL,
        facts jsonb NOT NULL DEFAULT '{}',
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, credit_code)
      );

      CREATE TABLE account (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        login text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('staff', 'enterprise', 'resident', 'expert')),
        display_name text NOT NULL,
        enterprise_id uuid,
        disabled_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, login),
        FOREIGN KEY (city_id, enterprise_id) REFERENCES enterprise (city_id, id),
        CHECK ((kind = 'enterprise') = (enterprise_id IS NOT NULL))
      );

      CREATE TABLE credential (
        city_id text NOT NULL,
        account_id uuid NOT NULL,
        password_hash text NOT NULL,
        failed_attempts integer NOT NULL DEFAULT 0,
        locked_until timestamptz,
        changed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (city_id, account_id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id)
      );

      CREATE TABLE membership (
        city_id text NOT NULL,
        tenant_id uuid NOT NULL,
        account_id uuid NOT NULL,
        role text NOT NULL,
        granted_at timestamptz NOT NULL DEFAULT now(),
        revoked_at timestamptz,
        PRIMARY KEY (city_id, tenant_id, account_id, role),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id)
      );
      CREATE INDEX membership_account ON membership (city_id, account_id);

      CREATE TABLE session (
        city_id text NOT NULL,
        id uuid NOT NULL,
        account_id uuid NOT NULL,
        tenant_id uuid,
        token_hash text NOT NULL,
        previous_hash text,
        rotated_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id)
      );
      CREATE INDEX session_account ON session (city_id, account_id);

      CREATE TABLE chain_head (
        city_id text NOT NULL REFERENCES city (id),
        chain text NOT NULL,
        seq bigint NOT NULL,
        hash text NOT NULL,
        PRIMARY KEY (city_id, chain)
      );

      CREATE TABLE audit_entry (
        city_id text NOT NULL REFERENCES city (id),
        chain text NOT NULL,
        seq bigint NOT NULL,
        tenant_id uuid,
        payload text NOT NULL,
        prev_hash text NOT NULL,
        hash text NOT NULL,
        action text GENERATED ALWAYS AS (payload::jsonb ->> 'action') STORED,
        subject_id text GENERATED ALWAYS AS (payload::jsonb ->> 'subjectId') STORED,
        at text GENERATED ALWAYS AS (payload::jsonb ->> 'at') STORED,
        PRIMARY KEY (city_id, chain, seq),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id)
      );
      CREATE INDEX audit_entry_subject ON audit_entry (city_id, subject_id);
      CREATE INDEX audit_entry_at ON audit_entry (city_id, at);

      -- The database itself numbers and links the entries of a chain, so that no writer can, by fault or by will, skip or fork it.
      CREATE FUNCTION link_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE head chain_head%ROWTYPE;
        BEGIN
          INSERT INTO chain_head (city_id, chain, seq, hash) VALUES (NEW.city_id, NEW.chain, 0, repeat('0', 64)) ON CONFLICT (city_id, chain) DO NOTHING;
          SELECT * INTO head FROM chain_head WHERE city_id = NEW.city_id AND chain = NEW.chain FOR UPDATE;
          NEW.seq := head.seq + 1;
          NEW.prev_hash := head.hash;
          NEW.hash := encode(sha256(convert_to(head.hash || E'\\n' || NEW.payload, 'UTF8')), 'hex');
          UPDATE chain_head SET seq = NEW.seq, hash = NEW.hash WHERE city_id = NEW.city_id AND chain = NEW.chain;
          RETURN NEW;
        END $$;
      CREATE TRIGGER audit_entry_link BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION link_chain();

      CREATE TABLE outbox (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid,
        type text NOT NULL,
        payload jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        available_at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        last_error text,
        done_at timestamptz,
        dead_at timestamptz,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id)
      );
      CREATE INDEX outbox_due ON outbox (city_id, available_at) WHERE done_at IS NULL AND dead_at IS NULL;
      CREATE INDEX outbox_dead ON outbox (city_id, dead_at) WHERE dead_at IS NOT NULL;

      CREATE TABLE handled_event (
        city_id text NOT NULL,
        event_id uuid NOT NULL,
        handler text NOT NULL,
        handled_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, event_id, handler),
        FOREIGN KEY (city_id, event_id) REFERENCES outbox (city_id, id)
      );

      CREATE TABLE notification (
        city_id text NOT NULL,
        id uuid NOT NULL,
        account_id uuid NOT NULL,
        effect_key text NOT NULL,
        message_key text NOT NULL,
        params jsonb NOT NULL DEFAULT '{}',
        href text,
        created_at timestamptz NOT NULL,
        read_at timestamptz,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, account_id, effect_key),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id)
      );
      CREATE INDEX notification_account ON notification (city_id, account_id, created_at DESC);
    `);

    await protectTable(q, 'department', { tenant: false, publicRead: 'true', publicColumns: ['city_id', 'id', 'name', 'name_en', 'short_name', 'document_code'] });
    await protectTable(q, 'enterprise', {
      read: `app_tenant() IS NOT NULL OR app_scope() IN ('city', 'system') OR EXISTS (SELECT 1 FROM account a WHERE a.city_id = enterprise.city_id AND a.id = app_account() AND a.enterprise_id = enterprise.id)`,
      write: `app_scope() = 'system'`,
    });
    // Who closes an account must share a department with it; sign-in and seeds are the machinery's.
    await protectTable(q, 'account', {
      tenant: false,
      alsoWrite: `EXISTS (SELECT 1 FROM membership m WHERE m.city_id = account.city_id AND m.account_id = account.id AND m.tenant_id = app_tenant())`,
    });
    await protectTable(q, 'credential', { read: `app_scope() = 'system'`, write: `app_scope() = 'system'` });
    await protectTable(q, 'membership', { alsoRead: 'account_id = app_account()' });
    await protectTable(q, 'session', { read: `app_scope() = 'system' OR account_id = app_account()`, write: `app_scope() = 'system'` });
    await protectTable(q, 'audit_entry', { write: 'true', grants: 'SELECT, INSERT' });
    await protectTable(q, 'outbox', { read: `app_scope() IN ('city', 'system') OR tenant_id = app_tenant()`, write: 'true', grants: 'SELECT, INSERT, UPDATE' });
    await protectTable(q, 'handled_event', { read: `app_scope() = 'system'`, write: `app_scope() = 'system'`, grants: 'SELECT, INSERT' });
    await protectTable(q, 'notification', { read: `account_id = app_account() OR app_scope() = 'system'`, write: `account_id = app_account() OR app_scope() = 'system'` });
    // The heads are written by the trigger alone, which runs as the owner; forced row-level security holds for the owner too.
    await protectTable(q, 'chain_head', { read: 'true', write: 'false', grants: 'SELECT' });
    await q.query(`CREATE POLICY owner_links ON chain_head FOR ALL TO policyloop_owner USING (city_id = app_city()) WITH CHECK (city_id = app_city())`);
    await makeAppendOnly(q, 'audit_entry');
  }

  async down(): Promise<void> {
    throw new Error('The first migration is not undone: drop the database instead.');
  }
}

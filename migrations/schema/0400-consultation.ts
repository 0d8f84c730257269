import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '../support';

/** Consultations, opinions and their answers. */
export class Consultation1780000000400 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE consultation (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        version_id uuid NOT NULL,
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
        purpose text NOT NULL CHECK (length(purpose) BETWEEN 1 AND 600),
        state text NOT NULL CHECK (state IN ('open', 'closed', 'result_published')),
        opens_at timestamptz NOT NULL,
        closes_at timestamptz NOT NULL,
        basis jsonb NOT NULL,
        shortened_reason text,
        extension_notice text,
        extended_at timestamptz,
        closed_at timestamptz,
        received_count integer,
        hidden_count integer NOT NULL DEFAULT 0 CHECK (hidden_count >= 0),
        result_text text,
        result_figures jsonb,
        result_published_at timestamptz,
        opened_by uuid NOT NULL,
        receipt_salt text NOT NULL,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, tenant_id, version_id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, version_id) REFERENCES policy_version (city_id, id),
        FOREIGN KEY (city_id, opened_by) REFERENCES account (city_id, id),
        CHECK (closes_at > opens_at),
        CHECK ((extension_notice IS NULL) = (extended_at IS NULL)),
        CHECK ((state = 'open') = (closed_at IS NULL) AND (state = 'open') = (received_count IS NULL)),
        CHECK ((state = 'result_published') = (result_published_at IS NOT NULL AND result_text IS NOT NULL AND result_figures IS NOT NULL))
      );
      CREATE UNIQUE INDEX consultation_one_open ON consultation (city_id, policy_id) WHERE state = 'open';
      CREATE INDEX consultation_policy ON consultation (city_id, policy_id, opens_at);
      CREATE INDEX consultation_state ON consultation (city_id, state, closes_at, id);
      CREATE INDEX consultation_tenant ON consultation (city_id, tenant_id, opens_at DESC, id DESC);

      CREATE TABLE opinion (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        version_id uuid NOT NULL,
        clause_id text,
        quote text CHECK (length(quote) BETWEEN 1 AND 500),
        channel text NOT NULL CHECK (channel IN ('website', 'questionnaire', 'letter', 'email', 'hearing', 'symposium', 'field_visit')),
        author_account_id uuid,
        author_kind text NOT NULL CHECK (author_kind IN ('enterprise', 'resident', 'anonymous')),
        author_name text,
        public_name text,
        text text NOT NULL CHECK (length(text) BETWEEN 1 AND 5000),
        stance text NOT NULL CHECK (stance IN ('support', 'oppose', 'suggest')),
        receipt_no text NOT NULL,
        receipt_code_hash text NOT NULL,
        idempotency_key text NOT NULL,
        received_at timestamptz NOT NULL,
        moderation text NOT NULL CHECK (moderation IN ('shown', 'hidden')),
        moderation_reason text,
        moderated_by uuid,
        moderated_at timestamptz,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, consultation_id, tenant_id),
        UNIQUE (city_id, consultation_id, idempotency_key),
        UNIQUE (city_id, receipt_no),
        UNIQUE (city_id, receipt_code_hash),
        FOREIGN KEY (city_id, consultation_id, tenant_id, version_id) REFERENCES consultation (city_id, id, tenant_id, version_id),
        FOREIGN KEY (city_id, version_id, clause_id) REFERENCES provision (city_id, version_id, clause_id),
        FOREIGN KEY (city_id, author_account_id) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, moderated_by) REFERENCES account (city_id, id),
        CHECK (quote IS NULL OR clause_id IS NOT NULL),
        CHECK (moderation = 'shown' OR (moderation_reason IS NOT NULL AND moderated_by IS NOT NULL AND moderated_at IS NOT NULL))
      );
      CREATE INDEX opinion_newest ON opinion (city_id, consultation_id, received_at DESC, id DESC);
      CREATE INDEX opinion_clause ON opinion (city_id, consultation_id, clause_id) WHERE clause_id IS NOT NULL;
      CREATE INDEX opinion_author ON opinion (city_id, author_account_id, received_at DESC) WHERE author_account_id IS NOT NULL;

      CREATE TABLE opinion_answer (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        opinion_id uuid NOT NULL,
        disposition text NOT NULL CHECK (disposition IN ('adopted', 'partly', 'not_adopted', 'noted')),
        reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 5000),
        adopted_identity text,
        answered_by uuid NOT NULL,
        answered_at timestamptz NOT NULL,
        approved_by uuid,
        approved_at timestamptz,
        published_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, opinion_id),
        FOREIGN KEY (city_id, opinion_id, consultation_id, tenant_id) REFERENCES opinion (city_id, id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, answered_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, approved_by) REFERENCES account (city_id, id),
        CHECK ((disposition IN ('adopted', 'partly')) = (adopted_identity IS NOT NULL)),
        CHECK (approved_by <> answered_by),
        CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
        CHECK (published_at IS NULL OR approved_at IS NOT NULL)
      );
      CREATE INDEX opinion_answer_consultation ON opinion_answer (city_id, consultation_id, approved_at);

      -- The window is kept here and not only by the page: the row is locked, so that a close and an opinion follow each other, and what was received
      -- at or after the closing instant is refused whoever inserts it.
      CREATE FUNCTION refuse_late_opinion() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE c consultation%ROWTYPE;
        BEGIN
          SELECT * INTO c FROM consultation WHERE city_id = NEW.city_id AND id = NEW.consultation_id FOR SHARE;
          IF NOT FOUND OR c.state <> 'open' OR NEW.received_at < c.opens_at OR NEW.received_at >= c.closes_at THEN
            RAISE EXCEPTION 'the consultation does not take opinions now' USING ERRCODE = 'PLC01';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER opinion_in_window BEFORE INSERT ON opinion FOR EACH ROW EXECUTE FUNCTION refuse_late_opinion();

      -- What somebody has said stays as it was said; only whether it is shown may change.
      CREATE FUNCTION refuse_opinion_edit() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE moderation text[] := ARRAY['moderation', 'moderation_reason', 'moderated_by', 'moderated_at'];
        BEGIN
          IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - moderation) <> (to_jsonb(OLD) - moderation) THEN
            RAISE EXCEPTION 'an opinion is not changed or deleted' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER opinion_immutable BEFORE UPDATE OR DELETE ON opinion FOR EACH ROW EXECUTE FUNCTION refuse_opinion_edit();

      -- A window is never shortened, and never opened again.
      CREATE FUNCTION refuse_shorter_window() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.opens_at <> OLD.opens_at OR NEW.closes_at < OLD.closes_at OR NEW.version_id <> OLD.version_id
             OR (OLD.state <> 'open' AND (NEW.state = 'open' OR NEW.closes_at <> OLD.closes_at OR NEW.received_count <> OLD.received_count)) THEN
            RAISE EXCEPTION 'the window of a consultation is only ever extended' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER consultation_window BEFORE UPDATE ON consultation FOR EACH ROW EXECUTE FUNCTION refuse_shorter_window();

      -- A published answer is part of the record.
      CREATE FUNCTION refuse_published_answer() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.published_at IS NOT NULL THEN RAISE EXCEPTION 'a published answer is not changed' USING ERRCODE = 'restrict_violation'; END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER opinion_answer_published BEFORE UPDATE ON opinion_answer FOR EACH ROW EXECUTE FUNCTION refuse_published_answer();
    `);

    await protectTable(q, 'consultation', {
      alsoRead: 'true',
      publicRead: 'true',
      publicColumns: [
        'city_id', 'id', 'tenant_id', 'policy_id', 'version_id', 'title', 'purpose', 'state', 'opens_at', 'closes_at', 'basis', 'shortened_reason',
        'extension_notice', 'extended_at', 'closed_at', 'received_count', 'hidden_count', 'result_text', 'result_figures', 'result_published_at',
      ],
    });
    await protectTable(q, 'opinion', {
      alsoRead: `moderation = 'shown' OR author_account_id = app_account()`,
      // Whoever is in no department may put in an opinion of their own, by the website, while the consultation is open.
      alsoWrite: `app_tenant() IS NULL AND channel = 'website' AND moderation = 'shown' AND author_account_id IS NOT DISTINCT FROM app_account()
        AND EXISTS (SELECT 1 FROM consultation c WHERE c.city_id = opinion.city_id AND c.id = opinion.consultation_id AND c.state = 'open')`,
      publicRead: `moderation = 'shown'`,
      publicColumns: [
        'city_id', 'id', 'tenant_id', 'consultation_id', 'version_id', 'clause_id', 'quote', 'channel', 'author_kind', 'public_name', 'text', 'stance',
        'receipt_no', 'received_at', 'moderation',
      ],
    });
    // Putting in is for everybody, moderating for the department alone.
    await q.query(`
      DROP POLICY app_update ON opinion;
      CREATE POLICY app_update ON opinion FOR UPDATE TO policyloop_app USING (city_id = app_city() AND (tenant_id = app_tenant() OR app_scope() = 'system'));
    `);
    const toShownOpinion = `published_at IS NOT NULL AND EXISTS (SELECT 1 FROM opinion o WHERE o.city_id = opinion_answer.city_id AND o.id = opinion_answer.opinion_id AND o.moderation = 'shown')`;
    await protectTable(q, 'opinion_answer', {
      alsoRead: toShownOpinion,
      publicRead: toShownOpinion,
      publicColumns: ['city_id', 'id', 'tenant_id', 'consultation_id', 'opinion_id', 'disposition', 'reason', 'adopted_identity', 'published_at'],
    });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what the public said is not undone.');
  }
}

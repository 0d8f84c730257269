import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** Questionnaires, their responses, and those of a consultation, whose responses are opinions (ADR 0024). */
export class Questionnaires1780000001030 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE questionnaire (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
        definition jsonb NOT NULL CHECK (jsonb_typeof(definition) = 'object' AND octet_length(definition::text) <= 400000),
        state text NOT NULL CHECK (state IN ('draft', 'live', 'closed')),
        token text NOT NULL CHECK (token ~ '^[0-9a-z]{10}$'),
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        live_at timestamptz,
        closed_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, tenant_id),
        UNIQUE (city_id, token),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, created_by) REFERENCES account (city_id, id),
        CHECK ((state = 'draft') = (live_at IS NULL)),
        CHECK ((state = 'closed') = (closed_at IS NOT NULL))
      );

      -- What people answered is what they were asked: once live, only the state goes on.
      CREATE FUNCTION refuse_questionnaire_edit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.state <> 'draft' AND ((to_jsonb(NEW) - ARRAY['state', 'closed_at', 'row_version']) <> (to_jsonb(OLD) - ARRAY['state', 'closed_at', 'row_version'])
             OR NEW.state = 'draft' OR (OLD.state = 'closed' AND NEW IS DISTINCT FROM OLD)) THEN
            RAISE EXCEPTION 'a questionnaire that is live is not changed' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER questionnaire_fixed BEFORE UPDATE ON questionnaire FOR EACH ROW EXECUTE FUNCTION refuse_questionnaire_edit();

      CREATE TABLE questionnaire_response (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        questionnaire_id uuid NOT NULL,
        answers jsonb NOT NULL CHECK (jsonb_typeof(answers) = 'object'),
        account_id uuid,
        idempotency_key text NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, tenant_id),
        CONSTRAINT questionnaire_response_idempotency UNIQUE (city_id, questionnaire_id, idempotency_key),
        FOREIGN KEY (city_id, questionnaire_id, tenant_id) REFERENCES questionnaire (city_id, id, tenant_id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id)
      );
      CREATE INDEX questionnaire_response_newest ON questionnaire_response (city_id, questionnaire_id, received_at);
      -- Whoever is signed in answers once; of those who are not, nobody can know.
      CREATE UNIQUE INDEX questionnaire_response_once ON questionnaire_response (city_id, questionnaire_id, account_id) WHERE account_id IS NOT NULL;

      -- The questionnaire is locked, so that a response and the end of it follow each other, whoever inserts it.
      CREATE FUNCTION refuse_response_unless_live() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE s text;
        BEGIN
          SELECT state INTO s FROM questionnaire WHERE city_id = NEW.city_id AND id = NEW.questionnaire_id FOR SHARE;
          IF s IS DISTINCT FROM 'live' THEN
            RAISE EXCEPTION 'the questionnaire takes no responses now' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'questionnaire_response_live';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER questionnaire_response_live BEFORE INSERT ON questionnaire_response FOR EACH ROW EXECUTE FUNCTION refuse_response_unless_live();

      -- The questionnaires of a consultation. What they ask and take is core's; what an answer says of the draft, and what is published, is the consultation's.
      CREATE TABLE consultation_questionnaire (
        city_id text NOT NULL,
        questionnaire_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        version_id uuid NOT NULL,
        stance jsonb,
        is_public boolean NOT NULL DEFAULT false,
        results jsonb,
        PRIMARY KEY (city_id, questionnaire_id),
        FOREIGN KEY (city_id, questionnaire_id, tenant_id) REFERENCES questionnaire (city_id, id, tenant_id),
        FOREIGN KEY (city_id, consultation_id, tenant_id, version_id) REFERENCES consultation (city_id, id, tenant_id, version_id),
        CHECK (results IS NULL OR is_public)
      );
      CREATE INDEX consultation_questionnaire_consultation ON consultation_questionnaire (city_id, consultation_id);

      -- Which answer is whose opinion, and what of its text the author wrote: NULL is all of it, '' nothing (everything was ticked).
      ALTER TABLE opinion
        ADD COLUMN response_id uuid,
        ADD COLUMN own_words text CHECK (length(own_words) <= 5000),
        ADD CONSTRAINT opinion_response FOREIGN KEY (city_id, response_id, tenant_id) REFERENCES questionnaire_response (city_id, id, tenant_id),
        ADD CONSTRAINT opinion_response_channel CHECK (response_id IS NULL OR (channel = 'questionnaire' AND own_words IS NOT NULL));
      CREATE UNIQUE INDEX opinion_of_response ON opinion (city_id, response_id) WHERE response_id IS NOT NULL;

      -- Beside the website, whoever is in no department answers a questionnaire; one's own response alone becomes an opinion.
      CREATE POLICY questionnaire_insert ON opinion FOR INSERT TO policyloop_app WITH CHECK (
        city_id = app_city() AND app_tenant() IS NULL AND channel = 'questionnaire' AND response_id IS NOT NULL AND moderation = 'shown' AND author_account_id IS NOT DISTINCT FROM app_account()
        AND EXISTS (SELECT 1 FROM consultation c WHERE c.city_id = opinion.city_id AND c.id = opinion.consultation_id AND c.state = 'open'));

      -- Opinions whose authors ticked choices only: one group, that no likeness of words made.
      ALTER TABLE opinion_cluster ADD COLUMN ticks_only boolean NOT NULL DEFAULT false;
    `);
    await makeAppendOnly(q, 'questionnaire_response');
    await protectTable(q, 'questionnaire', {
      alsoRead: `state <> 'draft'`, publicRead: `state <> 'draft'`, publicColumns: ['city_id', 'id', 'tenant_id', 'title', 'definition', 'state', 'token', 'live_at', 'closed_at'],
    });
    await protectTable(q, 'questionnaire_response', {
      alsoRead: 'account_id = app_account()', alsoWrite: 'app_tenant() IS NULL AND account_id IS NOT DISTINCT FROM app_account()', grants: 'SELECT, INSERT',
    });
    await protectTable(q, 'consultation_questionnaire', { alsoRead: 'is_public', publicRead: 'is_public' });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what people answered is not undone.');
  }
}

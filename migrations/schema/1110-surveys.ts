import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** The survey of enterprises of a campaign: its design, its sample, who was invited, and answers that name no enterprise (ADR 0034). */
export class EvaluationSurveys1780000001110 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE evaluation_survey (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        campaign_id uuid NOT NULL,
        questionnaire_id uuid NOT NULL,
        frame text NOT NULL,
        strata_by jsonb NOT NULL CHECK (jsonb_typeof(strata_by) = 'array'),
        allocation text NOT NULL CHECK (allocation IN ('proportional', 'fixed')),
        size integer NOT NULL CHECK (size BETWEEN 1 AND 100000),
        minimum integer NOT NULL CHECK (minimum BETWEEN 2 AND 1000),
        min_cell integer NOT NULL DEFAULT 5 CHECK (min_cell BETWEEN 5 AND 1000),
        mapping jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(mapping) = 'object'),
        state text NOT NULL CHECK (state IN ('design', 'field', 'closed')),
        seed text CHECK (seed ~ '^[0-9a-f]{64}$'),
        frame_size integer CHECK (frame_size > 0),
        sample_size integer CHECK (sample_size > 0 AND sample_size <= frame_size),
        drawn_at timestamptz,
        drawn_by uuid,
        closes_on date,
        remind_on date,
        reminded_at timestamptz,
        closed_at timestamptz,
        results jsonb,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, tenant_id),
        UNIQUE (city_id, campaign_id),
        UNIQUE (city_id, questionnaire_id),
        FOREIGN KEY (city_id, campaign_id, tenant_id) REFERENCES evaluation_campaign (city_id, id, tenant_id),
        FOREIGN KEY (city_id, questionnaire_id, tenant_id) REFERENCES questionnaire (city_id, id, tenant_id),
        FOREIGN KEY (city_id, drawn_by) REFERENCES account (city_id, id),
        CHECK ((state = 'design') = (seed IS NULL) AND (state = 'design') = (drawn_at IS NULL) AND (state = 'design') = (drawn_by IS NULL)),
        CHECK ((state = 'design') = (frame_size IS NULL) AND (state = 'design') = (sample_size IS NULL) AND (state = 'design') = (closes_on IS NULL)),
        CHECK ((state = 'closed') = (closed_at IS NOT NULL) AND (state = 'closed') = (results IS NOT NULL))
      );
      CREATE INDEX evaluation_survey_field ON evaluation_survey (city_id, closes_on, id) WHERE state = 'field';

      -- A draw stands: afterwards the field runs, is reminded of once, and ends.
      CREATE FUNCTION refuse_survey_edit() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE course text[] := ARRAY['state', 'reminded_at', 'closed_at', 'results', 'row_version'];
        BEGIN
          IF TG_OP = 'DELETE' OR OLD.state = 'closed' OR (OLD.state = 'field' AND ((to_jsonb(NEW) - course) <> (to_jsonb(OLD) - course) OR NEW.state = 'design' OR (OLD.reminded_at IS NOT NULL AND NEW.reminded_at IS DISTINCT FROM OLD.reminded_at))) THEN
            RAISE EXCEPTION 'a survey that was drawn is not designed again' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER evaluation_survey_fixed BEFORE UPDATE OR DELETE ON evaluation_survey FOR EACH ROW EXECUTE FUNCTION refuse_survey_edit();

      -- The frame of each stratum as it was on the day of the draw, in the order of the ids, so that the draw can be made again.
      CREATE TABLE evaluation_survey_stratum (
        city_id text NOT NULL,
        survey_id uuid NOT NULL,
        no integer NOT NULL CHECK (no > 0),
        tenant_id uuid NOT NULL,
        profile jsonb NOT NULL CHECK (jsonb_typeof(profile) = 'array'),
        frame uuid[] NOT NULL,
        frame_size integer NOT NULL CHECK (frame_size > 0 AND frame_size = cardinality(frame)),
        sample_size integer NOT NULL CHECK (sample_size BETWEEN 1 AND frame_size),
        inclusion double precision GENERATED ALWAYS AS (sample_size::double precision / frame_size) STORED,
        PRIMARY KEY (city_id, survey_id, no),
        UNIQUE (city_id, survey_id, no, tenant_id),
        FOREIGN KEY (city_id, survey_id, tenant_id) REFERENCES evaluation_survey (city_id, id, tenant_id)
      );

      -- Who was drawn, and whether an answer came: not when, so that no time ties it to the answer.
      CREATE TABLE evaluation_survey_invitation (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        survey_id uuid NOT NULL,
        stratum_no integer NOT NULL,
        enterprise_id uuid NOT NULL,
        answered boolean NOT NULL DEFAULT false,
        answer_key_hash text CHECK (answer_key_hash ~ '^[0-9a-f]{64}$'),
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, tenant_id),
        UNIQUE (city_id, survey_id, enterprise_id),
        FOREIGN KEY (city_id, survey_id, stratum_no, tenant_id) REFERENCES evaluation_survey_stratum (city_id, survey_id, no, tenant_id),
        FOREIGN KEY (city_id, enterprise_id) REFERENCES enterprise (city_id, id),
        CHECK (answered = (answer_key_hash IS NOT NULL))
      );
      CREATE INDEX evaluation_survey_invitation_enterprise ON evaluation_survey_invitation (city_id, enterprise_id, survey_id);

      -- The way in: only the hash is kept. One from the department's list, one from the enterprise's own account.
      CREATE TABLE evaluation_survey_token (
        city_id text NOT NULL,
        invitation_id uuid NOT NULL,
        way text NOT NULL CHECK (way IN ('list', 'account')),
        tenant_id uuid NOT NULL,
        token_hash text NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
        issued_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, invitation_id, way),
        UNIQUE (city_id, token_hash),
        FOREIGN KEY (city_id, invitation_id, tenant_id) REFERENCES evaluation_survey_invitation (city_id, id, tenant_id)
      );

      -- An answer names its stratum and nobody.
      CREATE TABLE evaluation_survey_response (
        city_id text NOT NULL,
        response_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        survey_id uuid NOT NULL,
        stratum_no integer NOT NULL,
        PRIMARY KEY (city_id, response_id),
        FOREIGN KEY (city_id, response_id, tenant_id) REFERENCES questionnaire_response (city_id, id, tenant_id),
        FOREIGN KEY (city_id, survey_id, stratum_no, tenant_id) REFERENCES evaluation_survey_stratum (city_id, survey_id, no, tenant_id)
      );
      CREATE INDEX evaluation_survey_response_survey ON evaluation_survey_response (city_id, survey_id);
    `);
    for (const table of ['evaluation_survey', 'evaluation_survey_invitation', 'evaluation_survey_token']) await protectTable(q, table);
    for (const table of ['evaluation_survey_stratum', 'evaluation_survey_response']) {
      await makeAppendOnly(q, table);
      await protectTable(q, table, { grants: 'SELECT, INSERT' });
    }
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what was drawn and answered is not undone.');
  }
}

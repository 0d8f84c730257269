import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** Campaigns of evaluation with sides that score, reports in editions, and what became of their conclusions (ADR 0031). */
export class EvaluationCampaigns1780000001080 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE evaluation_campaign (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        kind text NOT NULL CHECK (kind IN ('normative_document', 'major_decision', 'policy_document')),
        trigger text NOT NULL CHECK (trigger IN ('expiry', 'cycle', 'opinions', 'decision')),
        reason text NOT NULL CHECK (reason <> ''),
        period_from date NOT NULL,
        period_to date NOT NULL,
        library text NOT NULL,
        indicators jsonb NOT NULL CHECK (jsonb_typeof(indicators) = 'array'),
        side_weights jsonb NOT NULL CHECK (jsonb_typeof(side_weights) = 'object'),
        state text NOT NULL CHECK (state IN ('preparing', 'scoring', 'reporting', 'cancelled')),
        leader_id uuid NOT NULL,
        opened_at timestamptz NOT NULL,
        started_at timestamptz,
        closes_on date,
        closed_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, tenant_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, leader_id) REFERENCES account (city_id, id),
        CHECK (period_to >= period_from),
        CHECK ((started_at IS NULL) = (closes_on IS NULL)),
        CHECK (state <> 'scoring' OR started_at IS NOT NULL),
        CHECK (state <> 'reporting' OR closed_at IS NOT NULL)
      );
      CREATE INDEX evaluation_campaign_newest ON evaluation_campaign (city_id, opened_at DESC, id DESC);
      CREATE INDEX evaluation_campaign_tenant ON evaluation_campaign (city_id, tenant_id, opened_at DESC, id DESC);

      CREATE TABLE evaluation_campaign_policy (
        city_id text NOT NULL,
        campaign_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        is_open boolean NOT NULL,
        PRIMARY KEY (city_id, campaign_id, policy_id),
        UNIQUE (city_id, campaign_id, policy_id, tenant_id),
        FOREIGN KEY (city_id, campaign_id, tenant_id) REFERENCES evaluation_campaign (city_id, id, tenant_id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id)
      );
      -- A policy is scored by one campaign at a time.
      CREATE UNIQUE INDEX evaluation_campaign_policy_one_open ON evaluation_campaign_policy (city_id, policy_id) WHERE is_open;

      CREATE TABLE evaluation_assessor (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        campaign_id uuid NOT NULL,
        side text NOT NULL CHECK (side IN ('department', 'authority', 'enterprises', 'public', 'expert')),
        account_id uuid NOT NULL,
        assigned_by uuid NOT NULL,
        assigned_at timestamptz NOT NULL,
        removed_at timestamptz,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, campaign_id, tenant_id),
        FOREIGN KEY (city_id, campaign_id, tenant_id) REFERENCES evaluation_campaign (city_id, id, tenant_id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, assigned_by) REFERENCES account (city_id, id)
      );
      -- Nobody speaks for two sides.
      CREATE UNIQUE INDEX evaluation_assessor_once ON evaluation_assessor (city_id, campaign_id, account_id) WHERE removed_at IS NULL;
      CREATE INDEX evaluation_assessor_account ON evaluation_assessor (city_id, account_id, campaign_id) WHERE removed_at IS NULL;

      CREATE TABLE evaluation_sheet (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        campaign_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        assessor_id uuid NOT NULL,
        marks jsonb NOT NULL CHECK (jsonb_typeof(marks) = 'object'),
        basis text NOT NULL CHECK (basis IN ('judgement', 'survey')),
        survey_title text NOT NULL DEFAULT '',
        survey_asked integer,
        survey_answered integer,
        remark text NOT NULL DEFAULT '',
        state text NOT NULL CHECK (state IN ('draft', 'submitted')),
        saved_at timestamptz NOT NULL,
        submitted_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, campaign_id, policy_id, assessor_id),
        FOREIGN KEY (city_id, campaign_id, policy_id, tenant_id) REFERENCES evaluation_campaign_policy (city_id, campaign_id, policy_id, tenant_id),
        FOREIGN KEY (city_id, assessor_id, campaign_id, tenant_id) REFERENCES evaluation_assessor (city_id, id, campaign_id, tenant_id),
        CHECK ((state = 'submitted') = (submitted_at IS NOT NULL)),
        CHECK (basis <> 'survey' OR (survey_title <> '' AND survey_answered BETWEEN 1 AND survey_asked))
      );
      CREATE FUNCTION refuse_submitted_sheet() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.state = 'submitted' THEN RAISE EXCEPTION 'marks that were handed in stand' USING ERRCODE = 'restrict_violation'; END IF;
          RETURN coalesce(NEW, OLD);
        END $$;
      CREATE TRIGGER evaluation_sheet_immutable BEFORE UPDATE OR DELETE ON evaluation_sheet FOR EACH ROW EXECUTE FUNCTION refuse_submitted_sheet();

      -- A report of a campaign has its scores and its evidence as they were when it was begun, and goes from edition to edition.
      ALTER TABLE evaluation_report
        ADD COLUMN campaign_id uuid,
        ADD COLUMN sections jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(sections) = 'object'),
        ADD COLUMN clauses jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(clauses) = 'array'),
        ADD COLUMN scores jsonb,
        ADD COLUMN evidence jsonb,
        ADD COLUMN edition integer NOT NULL DEFAULT 0 CHECK (edition >= 0),
        ADD COLUMN content_hash text CHECK (content_hash ~ '^[0-9a-f]{64}$'),
        ADD FOREIGN KEY (city_id, campaign_id, policy_id, tenant_id) REFERENCES evaluation_campaign_policy (city_id, campaign_id, policy_id, tenant_id),
        ADD CHECK (campaign_id IS NULL OR (scores IS NOT NULL AND evidence IS NOT NULL)),
        ADD CHECK (campaign_id IS NULL OR state = 'draft' OR (edition > 0 AND content_hash IS NOT NULL));
      CREATE UNIQUE INDEX evaluation_report_of_campaign ON evaluation_report (city_id, campaign_id, policy_id) WHERE campaign_id IS NOT NULL;
      GRANT SELECT (campaign_id, sections, clauses, scores, evidence, edition, content_hash) ON evaluation_report TO policyloop_public;

      CREATE TABLE evaluation_edition (
        city_id text NOT NULL,
        report_id uuid NOT NULL,
        no integer NOT NULL CHECK (no > 0),
        tenant_id uuid NOT NULL,
        content text NOT NULL,
        content_hash text NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
        submitted_by uuid NOT NULL,
        submitted_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, report_id, no),
        UNIQUE (city_id, report_id, no, tenant_id, content_hash),
        FOREIGN KEY (city_id, report_id, tenant_id) REFERENCES evaluation_report (city_id, id, tenant_id),
        FOREIGN KEY (city_id, submitted_by) REFERENCES account (city_id, id)
      );
      -- One decision on an edition, over the hash of what was read.
      CREATE TABLE evaluation_signature (
        city_id text NOT NULL,
        report_id uuid NOT NULL,
        edition integer NOT NULL,
        tenant_id uuid NOT NULL,
        decision text NOT NULL CHECK (decision IN ('returned', 'published')),
        reason text NOT NULL DEFAULT '',
        content_hash text NOT NULL,
        signed_by uuid NOT NULL,
        signed_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, report_id, edition),
        FOREIGN KEY (city_id, report_id, edition, tenant_id, content_hash) REFERENCES evaluation_edition (city_id, report_id, no, tenant_id, content_hash),
        FOREIGN KEY (city_id, signed_by) REFERENCES account (city_id, id),
        CHECK (decision <> 'returned' OR reason <> '')
      );

      -- What became of a conclusion that asks for something.
      CREATE TABLE evaluation_follow_up (
        city_id text NOT NULL,
        report_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        conclusion text NOT NULL CHECK (conclusion IN ('amend', 'abolish')),
        state text NOT NULL CHECK (state IN ('waiting', 'taken_up', 'done', 'refused')),
        stage text NOT NULL DEFAULT '',
        plan_year integer,
        reason text NOT NULL DEFAULT '',
        opened_at timestamptz NOT NULL,
        taken_up_at timestamptz,
        settled_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, report_id),
        FOREIGN KEY (city_id, report_id, tenant_id) REFERENCES evaluation_report (city_id, id, tenant_id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        CHECK ((state IN ('done', 'refused')) = (settled_at IS NOT NULL))
      );
      CREATE INDEX evaluation_follow_up_open ON evaluation_follow_up (city_id, opened_at, report_id) WHERE settled_at IS NULL;

      -- Conclusions that were published before this began to be followed; the next event of their department tells how they stand.
      INSERT INTO evaluation_follow_up (city_id, report_id, tenant_id, policy_id, conclusion, state, opened_at)
        SELECT city_id, id, tenant_id, policy_id, conclusion, 'waiting', published_at FROM evaluation_report WHERE state = 'published' AND conclusion IN ('amend', 'abolish');
    `);
    const asked = (campaign: string): string =>
      `EXISTS (SELECT 1 FROM evaluation_assessor a WHERE a.city_id = app_city() AND a.campaign_id = ${campaign} AND a.account_id = app_account() AND a.removed_at IS NULL)`;
    const own = 'EXISTS (SELECT 1 FROM evaluation_assessor a WHERE a.city_id = evaluation_sheet.city_id AND a.id = evaluation_sheet.assessor_id AND a.account_id = app_account() AND a.removed_at IS NULL)';
    await protectTable(q, 'evaluation_assessor', { alsoRead: 'account_id = app_account()' });
    await protectTable(q, 'evaluation_campaign', { alsoRead: asked('evaluation_campaign.id') });
    await protectTable(q, 'evaluation_campaign_policy', { alsoRead: asked('evaluation_campaign_policy.campaign_id') });
    await protectTable(q, 'evaluation_sheet', { alsoRead: own, alsoWrite: own });
    for (const table of ['evaluation_edition', 'evaluation_signature']) {
      await makeAppendOnly(q, table);
      await protectTable(q, table, { grants: 'SELECT, INSERT' });
    }
    await protectTable(q, 'evaluation_follow_up', {
      alsoRead: 'true', publicRead: 'true', publicColumns: ['city_id', 'report_id', 'tenant_id', 'policy_id', 'conclusion', 'state', 'stage', 'plan_year', 'reason', 'opened_at', 'settled_at'],
    });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what was scored, signed and followed is not undone.');
  }
}

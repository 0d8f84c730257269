import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** The procedure as data: the facts it follows from, named reviewers, what each review found, experts and the files. */
export class Procedure1780000000910 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await this.facts(q);
    await this.dockets(q);
    await this.experts(q);
    await this.attachments(q);
  }

  private async facts(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE policy_procedure (
        city_id text NOT NULL,
        policy_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        technical boolean NOT NULL DEFAULT false,
        technical_reason text NOT NULL DEFAULT '',
        public_risk boolean NOT NULL DEFAULT false,
        public_risk_reason text NOT NULL DEFAULT '',
        issuer text NOT NULL DEFAULT 'department' CHECK (issuer IN ('department', 'government')),
        emergency boolean NOT NULL DEFAULT false,
        emergency_reason text NOT NULL DEFAULT '',
        noted_by uuid,
        noted_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, policy_id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, noted_by) REFERENCES account (city_id, id),
        CHECK (NOT emergency OR emergency_reason <> '')
      );
    `);
    await protectTable(q, 'policy_procedure', { alsoRead: joins('policy_procedure') });
  }

  private async dockets(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE participation DROP CONSTRAINT participation_capacity_check;
      ALTER TABLE participation ADD CONSTRAINT participation_capacity_check
        CHECK (capacity IN ('countersign', 'legal_review', 'fair_competition_review', 'risk_assessment', 'evaluation'));

      ALTER TABLE docket
        ADD COLUMN assigned_by uuid,
        ADD COLUMN assigned_at timestamptz,
        ADD COLUMN assigned_reason text NOT NULL DEFAULT '',
        ADD COLUMN min_due_on date,
        ADD COLUMN basis jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(basis) = 'object'),
        ADD COLUMN record jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(record) = 'object'),
        ADD FOREIGN KEY (city_id, assigned_by) REFERENCES account (city_id, id),
        DROP CONSTRAINT docket_check,
        DROP CONSTRAINT docket_kind_check,
        DROP CONSTRAINT docket_outcome_check;
      -- A reviewer is named before he signs, and whoever signed is the one named.
      ALTER TABLE docket
        ADD CONSTRAINT docket_check CHECK ((outcome IS NULL) = (signed_at IS NULL) AND (outcome IS NULL OR reviewer_id IS NOT NULL)),
        ADD CONSTRAINT docket_reviewer_check CHECK ((reviewer_id IS NULL) = (reviewer_tenant_id IS NULL)),
        ADD CONSTRAINT docket_kind_check CHECK (kind IN ('expert_argument', 'risk_assessment', 'legality', 'fair_competition', 'collective_deliberation')),
        ADD CONSTRAINT docket_outcome_check CHECK (outcome IN ('passed', 'returned', 'deferred')),
        ADD CONSTRAINT docket_time_check CHECK (min_due_on IS NULL OR due_on IS NULL OR due_on >= min_due_on),
        ADD CONSTRAINT docket_attendance_check CHECK (
          kind <> 'collective_deliberation' OR outcome IS NULL OR record = '{}'
          OR votes_for + votes_against + votes_abstain <= (record ->> 'present')::integer),
        ADD CONSTRAINT docket_risk_check CHECK (kind <> 'risk_assessment' OR outcome IS DISTINCT FROM 'passed' OR record ->> 'conclusion' <> 'uncontrollable');
      DROP INDEX docket_one_standing;
      CREATE UNIQUE INDEX docket_one_standing ON docket (city_id, version_id, kind) WHERE outcome IS NULL OR outcome = 'passed';
      CREATE INDEX docket_reviewer ON docket (city_id, reviewer_id, due_on) WHERE outcome IS NULL;

      -- Nobody reviews what he drafted, whatever path the row takes.
      CREATE FUNCTION refuse_drafting_reviewer() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.reviewer_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM policy_drafter d WHERE d.city_id = NEW.city_id AND d.policy_id = NEW.policy_id AND d.account_id = NEW.reviewer_id) THEN
            RAISE EXCEPTION 'who drafted a policy does not review it' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER docket_second_person BEFORE INSERT OR UPDATE OF reviewer_id ON docket FOR EACH ROW EXECUTE FUNCTION refuse_drafting_reviewer();
    `);
  }

  private async experts(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE docket_expert (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        docket_id uuid NOT NULL,
        version_id uuid NOT NULL,
        account_id uuid NOT NULL,
        named_by uuid NOT NULL,
        named_at timestamptz NOT NULL,
        interest text CHECK (interest IN ('none', 'direct')),
        interest_note text NOT NULL DEFAULT '',
        declared_at timestamptz,
        view text CHECK (view IN ('feasible', 'conditional', 'infeasible')),
        opinion text NOT NULL DEFAULT '',
        text_hash text,
        signed_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, docket_id, account_id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, docket_id) REFERENCES docket (city_id, id),
        FOREIGN KEY (city_id, version_id) REFERENCES policy_version (city_id, id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, named_by) REFERENCES account (city_id, id),
        CHECK ((interest IS NULL) = (declared_at IS NULL)),
        CHECK (interest IS DISTINCT FROM 'direct' OR interest_note <> ''),
        CHECK ((signed_at IS NULL) = (view IS NULL) AND (signed_at IS NULL) = (text_hash IS NULL) AND (signed_at IS NULL) = (opinion = '')),
        -- Who has a direct interest does not argue the matter (重大行政决策程序暂行条例 §20).
        CHECK (signed_at IS NULL OR interest = 'none')
      );
      CREATE INDEX docket_expert_account ON docket_expert (city_id, account_id, named_at DESC);
      CREATE TRIGGER docket_expert_unsigned BEFORE UPDATE ON docket_expert FOR EACH ROW WHEN (OLD.signed_at IS NULL)
        EXECUTE FUNCTION refuse_change_except('interest', 'interest_note', 'declared_at', 'view', 'opinion', 'text_hash', 'signed_at', 'row_version');
      CREATE TRIGGER docket_expert_signed BEFORE UPDATE ON docket_expert FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION refuse_change_except();
    `);
    // An expert writes his own seat alone, and nobody names himself.
    await protectTable(q, 'docket_expert', { alsoRead: `account_id = app_account() OR ${joins('docket_expert')}`, alsoUpdate: 'account_id = app_account()' });
    // He sees what he argues, and may hold it still while he signs; he changes none of it.
    for (const [table, column, key, only] of [['policy', 'id', 'policy_id', ''], ['docket', 'id', 'docket_id', ''], ['policy_version', 'policy_id', 'policy_id', `state = 'submitted' AND `]] as const) {
      const seated = `city_id = app_city() AND ${only}EXISTS (SELECT 1 FROM docket_expert x WHERE x.city_id = ${table}.city_id AND x.${key} = ${table}.${column} AND x.account_id = app_account())`;
      await q.query(`CREATE POLICY expert_read ON ${table} FOR SELECT TO policyloop_app USING (${seated});
        CREATE POLICY expert_lock ON ${table} FOR UPDATE TO policyloop_app USING (${seated}) WITH CHECK (city_id = app_city() AND false)`);
    }
  }

  private async attachments(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE policy_attachment (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        docket_id uuid,
        kind text NOT NULL CHECK (kind IN ('basis', 'consultation_summary', 'procedure_statement', 'expert_material', 'risk_report', 'fair_competition_form',
          'meeting_material', 'party_report', 'interpretation_plan', 'other')),
        filename text NOT NULL CHECK (length(filename) BETWEEN 1 AND 200),
        media_type text NOT NULL,
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        size integer NOT NULL CHECK (size > 0),
        uploaded_by uuid NOT NULL,
        uploaded_tenant_id uuid NOT NULL,
        uploaded_at timestamptz NOT NULL,
        replaces uuid,
        PRIMARY KEY (city_id, id),
        -- A file is replaced once; its successor may be replaced in turn.
        UNIQUE (city_id, replaces),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, docket_id) REFERENCES docket (city_id, id),
        FOREIGN KEY (city_id, replaces) REFERENCES policy_attachment (city_id, id),
        FOREIGN KEY (city_id, uploaded_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, uploaded_tenant_id) REFERENCES department (city_id, id)
      );
      CREATE INDEX policy_attachment_policy ON policy_attachment (city_id, policy_id, uploaded_at, id);
    `);
    const seated = 'EXISTS (SELECT 1 FROM docket_expert x WHERE x.city_id = policy_attachment.city_id AND x.policy_id = policy_attachment.policy_id AND x.account_id = app_account())';
    await protectTable(q, 'policy_attachment', { alsoRead: `${joins('policy_attachment')} OR ${seated}`, alsoWrite: joins('policy_attachment'), grants: 'SELECT, INSERT' });
    await makeAppendOnly(q, 'policy_attachment');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: signed reviews are not undone.');
  }
}

const joins = (table: string): string =>
  `EXISTS (SELECT 1 FROM participation p WHERE p.city_id = ${table}.city_id AND p.policy_id = ${table}.policy_id AND p.tenant_id = app_tenant())`;

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, ofOwnEnterprise, protectTable } from '../support';

/** Who sees the application sees what hangs on it. */
const ofVisibleApplication = (table: string): string =>
  `EXISTS (SELECT 1 FROM fund_application a WHERE a.city_id = ${table}.city_id AND a.id = ${table}.application_id)`;

/** Money for a purpose: programmes, calls, applications and their checks. */
export class Funding1780000000600 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await this.programmesAndCalls(q);
    await this.applications(q);
    await protectTable(q, 'fund_programme', { alsoRead: 'true', publicRead: 'true', publicColumns: ['city_id', 'id', 'tenant_id', 'policy_id', 'clause_identity', 'title'] });
    await protectTable(q, 'funding_call', {
      alsoRead: `state <> 'draft'`,
      publicRead: `state <> 'draft'`,
      publicColumns: [
        'city_id', 'id', 'tenant_id', 'programme_id', 'policy_id', 'title', 'guide', 'state', 'budget_fen', 'per_award_max_fen', 'paid_fen', 'opens_at', 'closes_at', 'answer_by',
        'conditions', 'criteria', 'expert_field', 'experts_needed', 'divergence_threshold', 'notice_working_days', 'created_at', 'opened_at',
      ],
    });
    // A draft is the applicant's own affair until it is submitted. The applicant cannot write a state that only the department may give.
    const own = ofOwnEnterprise('fund_application');
    await protectTable(q, 'fund_application', {
      read: `(state <> 'draft' AND (tenant_id = app_tenant() OR app_scope() = 'city')) OR app_scope() = 'system' OR ${own}`,
      alsoWrite: `${own} AND state IN ('draft', 'submitted', 'correction', 'withdrawn')`,
    });
    const visible = ofVisibleApplication('fund_application_history');
    await protectTable(q, 'fund_application_history', { read: visible, write: visible, grants: 'SELECT, INSERT' });
    await makeAppendOnly(q, 'fund_application_history');
    await protectTable(q, 'completeness_check', { alsoRead: ofVisibleApplication('completeness_check'), grants: 'SELECT, INSERT' });
    await makeAppendOnly(q, 'completeness_check');
  }

  private async programmesAndCalls(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION refuse_change_except() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF (to_jsonb(NEW) - coalesce(TG_ARGV, '{}')) <> (to_jsonb(OLD) - coalesce(TG_ARGV, '{}')) THEN
            RAISE EXCEPTION 'this part of % has been signed and does not change', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;

      CREATE TABLE fund_programme (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        clause_identity text NOT NULL,
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, created_by) REFERENCES account (city_id, id)
      );
      CREATE INDEX fund_programme_policy ON fund_programme (city_id, policy_id, created_at);

      CREATE TABLE funding_call (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        programme_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        guide text NOT NULL,
        budget_fen bigint NOT NULL CHECK (budget_fen > 0),
        per_award_max_fen bigint NOT NULL CHECK (per_award_max_fen > 0 AND per_award_max_fen <= budget_fen),
        paid_fen bigint NOT NULL DEFAULT 0,
        opens_at timestamptz NOT NULL,
        closes_at timestamptz NOT NULL,
        answer_by date NOT NULL,
        conditions jsonb NOT NULL,
        criteria jsonb NOT NULL,
        expert_field text,
        experts_needed integer NOT NULL CHECK (experts_needed BETWEEN 3 AND 15),
        divergence_threshold integer NOT NULL CHECK (divergence_threshold BETWEEN 1 AND 100),
        notice_working_days integer NOT NULL DEFAULT 7 CHECK (notice_working_days >= 5),
        state text NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'reviewing', 'decided', 'noticed', 'awarded', 'settled')),
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        opened_at timestamptz,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, programme_id) REFERENCES fund_programme (city_id, id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, created_by) REFERENCES account (city_id, id),
        CHECK (opens_at < closes_at),
        CHECK ((state = 'draft') = (opened_at IS NULL)),
        -- The last wall: whatever the application does, a call never pays more than it has.
        CONSTRAINT funding_call_within_budget CHECK (paid_fen BETWEEN 0 AND budget_fen)
      );
      CREATE INDEX funding_call_tenant ON funding_call (city_id, tenant_id, created_at DESC, id DESC);
      CREATE INDEX funding_call_public ON funding_call (city_id, closes_at DESC, id DESC) WHERE state <> 'draft';
      CREATE INDEX funding_call_policy ON funding_call (city_id, policy_id);
      CREATE INDEX funding_call_programme ON funding_call (city_id, programme_id);

      -- What was promised when the call opened stays as it was; what was paid is counted by payments alone.
      CREATE TRIGGER funding_call_promise BEFORE UPDATE ON funding_call FOR EACH ROW WHEN (OLD.state <> 'draft')
        EXECUTE FUNCTION refuse_change_except('state', 'paid_fen');
      CREATE FUNCTION refuse_paid_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.paid_fen <> OLD.paid_fen AND pg_trigger_depth() < 2 THEN
            RAISE EXCEPTION 'what was paid follows from the payments' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER funding_call_paid BEFORE UPDATE ON funding_call FOR EACH ROW EXECUTE FUNCTION refuse_paid_by_hand();
    `);
  }

  private async applications(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE fund_application (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        call_id uuid NOT NULL,
        enterprise_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('draft', 'submitted', 'correction', 'rerouting', 'accepted', 'rejected', 'granted', 'refused', 'withdrawn')),
        data jsonb NOT NULL,
        facts jsonb NOT NULL DEFAULT '{}',
        receipt text,
        submitted_by uuid,
        submitted_at timestamptz,
        correction_due date,
        reroute_call_id uuid,
        rerouted_from uuid,
        created_at timestamptz NOT NULL,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, receipt),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, call_id) REFERENCES funding_call (city_id, id),
        FOREIGN KEY (city_id, reroute_call_id) REFERENCES funding_call (city_id, id),
        FOREIGN KEY (city_id, rerouted_from) REFERENCES funding_call (city_id, id),
        FOREIGN KEY (city_id, enterprise_id) REFERENCES enterprise (city_id, id),
        FOREIGN KEY (city_id, submitted_by) REFERENCES account (city_id, id),
        CHECK (state IN ('draft', 'withdrawn') OR (receipt IS NOT NULL AND submitted_at IS NOT NULL)),
        CHECK ((state = 'rerouting') = (reroute_call_id IS NOT NULL))
      );
      CREATE UNIQUE INDEX fund_application_once ON fund_application (city_id, call_id, enterprise_id) WHERE state <> 'withdrawn';
      CREATE INDEX fund_application_enterprise ON fund_application (city_id, enterprise_id, created_at DESC);

      CREATE TABLE fund_application_history (
        city_id text NOT NULL,
        application_id uuid NOT NULL,
        seq integer NOT NULL,
        tenant_id uuid NOT NULL,
        call_id uuid NOT NULL,
        what text NOT NULL,
        note text NOT NULL DEFAULT '',
        actor_id uuid,
        actor_name text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (city_id, application_id, seq),
        FOREIGN KEY (city_id, application_id) REFERENCES fund_application (city_id, id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, call_id) REFERENCES funding_call (city_id, id),
        FOREIGN KEY (city_id, actor_id) REFERENCES account (city_id, id)
      );

      CREATE TABLE completeness_check (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        call_id uuid NOT NULL,
        application_id uuid NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('accepted', 'correction', 'rejected', 'rerouting')),
        findings text NOT NULL,
        conditions jsonb NOT NULL,
        checked_by uuid NOT NULL,
        checked_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, call_id) REFERENCES funding_call (city_id, id),
        FOREIGN KEY (city_id, application_id) REFERENCES fund_application (city_id, id),
        FOREIGN KEY (city_id, checked_by) REFERENCES account (city_id, id)
      );
      CREATE INDEX completeness_check_application ON completeness_check (city_id, application_id, checked_at);
      CREATE INDEX completeness_check_call ON completeness_check (city_id, call_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what was paid is not undone.');
  }
}

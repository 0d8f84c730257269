import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** The applicant's own row: the account that acts belongs to the enterprise of the row. */
const ownEnterprise = (table: string): string =>
  `EXISTS (SELECT 1 FROM account me WHERE me.city_id = ${table}.city_id AND me.id = app_account() AND me.enterprise_id = ${table}.enterprise_id)`;

/** Who sees the application sees what hangs on it. */
const ofVisibleApplication = (table: string): string =>
  `EXISTS (SELECT 1 FROM fund_application a WHERE a.city_id = ${table}.city_id AND a.id = ${table}.application_id)`;

/** Money for a purpose: programmes, calls, applications, the draw of experts, reviews, decisions, notices, awards, payments. */
export class Funding1780000000600 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await this.programmesAndCalls(q);
    await this.applications(q);
    await this.experts(q);
    await this.decisions(q);
    await this.money(q);
    await this.protect(q);
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

  private async experts(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE expert_profile (
        city_id text NOT NULL,
        id uuid NOT NULL,
        account_id uuid NOT NULL,
        code text NOT NULL CHECK (code ~ '^[A-Z0-9-]{3,20}$'),
        field text NOT NULL,
        employer_name text NOT NULL,
        employer_code text NOT NULL CHECK (employer_code ~ '^[0-9A-Z]{18}$'),
        ties jsonb NOT NULL DEFAULT '[]',
        active boolean NOT NULL DEFAULT true,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, code),
        UNIQUE (city_id, account_id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id)
      );

      CREATE TABLE expert_draw (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        call_id uuid NOT NULL,
        algorithm text NOT NULL CHECK (algorithm = 'RFC 3797'),
        pool jsonb NOT NULL,
        recusals jsonb NOT NULL,
        needed integer NOT NULL CHECK (needed > 0 AND needed <= jsonb_array_length(pool)),
        commitment text NOT NULL CHECK (commitment ~ '^[0-9a-f]{64}$'),
        committed_at timestamptz NOT NULL,
        committed_by uuid NOT NULL,
        seed_source text NOT NULL,
        seed_available_at timestamptz NOT NULL,
        seed text,
        seed_key text,
        selection jsonb,
        revealed_at timestamptz,
        revealed_by uuid,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, call_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, call_id) REFERENCES funding_call (city_id, id),
        FOREIGN KEY (city_id, committed_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, revealed_by) REFERENCES account (city_id, id),
        CHECK (seed_available_at > committed_at),
        CHECK ((seed IS NULL) = (revealed_at IS NULL) AND (seed IS NULL) = (selection IS NULL) AND (seed IS NULL) = (seed_key IS NULL)),
        CHECK (revealed_at IS NULL OR revealed_at >= seed_available_at)
      );
      -- What was committed stays; a seed that was written down stays too.
      CREATE TRIGGER expert_draw_committed BEFORE UPDATE ON expert_draw FOR EACH ROW WHEN (OLD.seed IS NULL)
        EXECUTE FUNCTION refuse_change_except('seed', 'seed_key', 'selection', 'revealed_at', 'revealed_by');
      CREATE TRIGGER expert_draw_revealed BEFORE UPDATE ON expert_draw FOR EACH ROW WHEN (OLD.seed IS NOT NULL)
        EXECUTE FUNCTION refuse_change_except();

      CREATE TABLE review_assignment (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        call_id uuid NOT NULL,
        application_id uuid NOT NULL,
        expert_id uuid NOT NULL,
        account_id uuid NOT NULL,
        step integer NOT NULL,
        why text NOT NULL CHECK (why IN ('drawn', 'conflict', 'divergence')),
        call_title text NOT NULL,
        criteria jsonb NOT NULL,
        snapshot jsonb NOT NULL,
        conflict text CHECK (conflict IN ('none', 'declared')),
        conflict_reason text,
        declared_at timestamptz,
        scores jsonb,
        total numeric(5, 2) CHECK (total BETWEEN 0 AND 100),
        comment text,
        signed_at timestamptz,
        assigned_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, application_id, expert_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, call_id) REFERENCES funding_call (city_id, id),
        FOREIGN KEY (city_id, application_id) REFERENCES fund_application (city_id, id),
        FOREIGN KEY (city_id, expert_id) REFERENCES expert_profile (city_id, id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id),
        CHECK ((signed_at IS NULL) = (scores IS NULL) AND (signed_at IS NULL) = (total IS NULL)),
        CHECK (signed_at IS NULL OR conflict = 'none')
      );
      CREATE INDEX review_assignment_expert ON review_assignment (city_id, account_id, assigned_at DESC);
      CREATE INDEX review_assignment_call ON review_assignment (city_id, call_id, application_id);
      CREATE TRIGGER review_assignment_unsigned BEFORE UPDATE ON review_assignment FOR EACH ROW WHEN (OLD.signed_at IS NULL)
        EXECUTE FUNCTION refuse_change_except('conflict', 'conflict_reason', 'declared_at', 'scores', 'total', 'comment', 'signed_at');
      CREATE TRIGGER review_assignment_signed BEFORE UPDATE ON review_assignment FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL)
        EXECUTE FUNCTION refuse_change_except();
    `);
  }

  private async decisions(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE fund_decision (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        call_id uuid NOT NULL,
        application_id uuid NOT NULL,
        enterprise_id uuid NOT NULL,
        enterprise_name text NOT NULL,
        project_title text NOT NULL,
        granted boolean NOT NULL,
        amount_fen bigint NOT NULL,
        score numeric(5, 2) NOT NULL,
        reason text NOT NULL,
        decided_by uuid NOT NULL,
        decided_at timestamptz NOT NULL,
        noticed_at timestamptz,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, application_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, call_id) REFERENCES funding_call (city_id, id),
        FOREIGN KEY (city_id, application_id) REFERENCES fund_application (city_id, id),
        FOREIGN KEY (city_id, enterprise_id) REFERENCES enterprise (city_id, id),
        FOREIGN KEY (city_id, decided_by) REFERENCES account (city_id, id),
        CHECK (amount_fen >= 0 AND granted = (amount_fen > 0))
      );
      CREATE INDEX fund_decision_call ON fund_decision (city_id, call_id);
      CREATE TRIGGER fund_decision_signed BEFORE UPDATE ON fund_decision FOR EACH ROW EXECUTE FUNCTION refuse_change_except('noticed_at');

      CREATE TABLE funding_notice (
        city_id text NOT NULL,
        call_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        working_days integer NOT NULL,
        calendar text[] NOT NULL DEFAULT '{}',
        posted_by uuid NOT NULL,
        posted_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, call_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, call_id) REFERENCES funding_call (city_id, id),
        FOREIGN KEY (city_id, posted_by) REFERENCES account (city_id, id),
        CHECK (starts_on < ends_on)
      );

      CREATE TABLE fund_objection (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        call_id uuid NOT NULL,
        decision_id uuid,
        account_id uuid NOT NULL,
        author_name text NOT NULL,
        text text NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
        state text NOT NULL CHECK (state IN ('open', 'resolved')),
        upheld boolean,
        answer text,
        answered_by uuid,
        answered_at timestamptz,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, call_id) REFERENCES funding_call (city_id, id),
        FOREIGN KEY (city_id, decision_id) REFERENCES fund_decision (city_id, id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, answered_by) REFERENCES account (city_id, id),
        CHECK ((state = 'resolved') = (answer IS NOT NULL AND upheld IS NOT NULL AND answered_by IS NOT NULL AND answered_at IS NOT NULL))
      );
      CREATE INDEX fund_objection_call ON fund_objection (city_id, call_id, created_at);
      CREATE TRIGGER fund_objection_text BEFORE UPDATE ON fund_objection FOR EACH ROW WHEN (OLD.state = 'open')
        EXECUTE FUNCTION refuse_change_except('state', 'upheld', 'answer', 'answered_by', 'answered_at');
      CREATE TRIGGER fund_objection_answered BEFORE UPDATE ON fund_objection FOR EACH ROW WHEN (OLD.state = 'resolved')
        EXECUTE FUNCTION refuse_change_except();
    `);
  }

  private async money(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE fund_award (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        call_id uuid NOT NULL,
        programme_id uuid NOT NULL,
        application_id uuid NOT NULL,
        decision_id uuid NOT NULL,
        enterprise_id uuid NOT NULL,
        amount_fen bigint NOT NULL CHECK (amount_fen > 0),
        paid_fen bigint NOT NULL DEFAULT 0,
        awarded_by uuid NOT NULL,
        awarded_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, call_id, enterprise_id),
        UNIQUE (city_id, id, call_id, enterprise_id, programme_id),
        UNIQUE (city_id, decision_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, call_id) REFERENCES funding_call (city_id, id),
        FOREIGN KEY (city_id, programme_id) REFERENCES fund_programme (city_id, id),
        FOREIGN KEY (city_id, application_id) REFERENCES fund_application (city_id, id),
        FOREIGN KEY (city_id, decision_id) REFERENCES fund_decision (city_id, id),
        FOREIGN KEY (city_id, enterprise_id) REFERENCES enterprise (city_id, id),
        FOREIGN KEY (city_id, awarded_by) REFERENCES account (city_id, id),
        CONSTRAINT fund_award_within_amount CHECK (paid_fen BETWEEN 0 AND amount_fen)
      );
      CREATE TRIGGER fund_award_signed BEFORE UPDATE ON fund_award FOR EACH ROW EXECUTE FUNCTION refuse_change_except('paid_fen');
      CREATE TRIGGER fund_award_paid BEFORE UPDATE ON fund_award FOR EACH ROW EXECUTE FUNCTION refuse_paid_by_hand();

      CREATE TABLE fund_payment (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        award_id uuid NOT NULL,
        call_id uuid NOT NULL,
        enterprise_id uuid NOT NULL,
        programme_id uuid NOT NULL,
        instalment integer NOT NULL CHECK (instalment > 0),
        amount_fen bigint NOT NULL CHECK (amount_fen > 0),
        voucher text NOT NULL CHECK (length(voucher) BETWEEN 1 AND 100),
        paid_by uuid NOT NULL,
        paid_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, id),
        -- The entitlement: one enterprise, one call, one programme, each instalment once.
        CONSTRAINT fund_payment_entitlement UNIQUE (city_id, call_id, enterprise_id, programme_id, instalment),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, award_id, call_id, enterprise_id, programme_id) REFERENCES fund_award (city_id, id, call_id, enterprise_id, programme_id),
        FOREIGN KEY (city_id, paid_by) REFERENCES account (city_id, id)
      );
      CREATE INDEX fund_payment_award ON fund_payment (city_id, award_id, instalment);

      -- Each payment is counted against the award and the budget by the database; their checks refuse what does not fit.
      CREATE FUNCTION count_payment() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE funding_call SET paid_fen = paid_fen + NEW.amount_fen WHERE city_id = NEW.city_id AND id = NEW.call_id;
          IF NOT FOUND THEN RAISE EXCEPTION 'the call of a payment is out of reach' USING ERRCODE = 'restrict_violation'; END IF;
          UPDATE fund_award SET paid_fen = paid_fen + NEW.amount_fen WHERE city_id = NEW.city_id AND id = NEW.award_id;
          IF NOT FOUND THEN RAISE EXCEPTION 'the award of a payment is out of reach' USING ERRCODE = 'restrict_violation'; END IF;
          RETURN NULL;
        END $$;
      CREATE TRIGGER fund_payment_counted AFTER INSERT ON fund_payment FOR EACH ROW EXECUTE FUNCTION count_payment();
    `);
  }

  private async protect(q: QueryRunner): Promise<void> {
    await protectTable(q, 'fund_programme', { alsoRead: 'true', publicRead: 'true', publicColumns: ['city_id', 'id', 'tenant_id', 'policy_id', 'clause_identity', 'title'] });
    await protectTable(q, 'funding_call', { alsoRead: `state <> 'draft'`, publicRead: `state <> 'draft'` });
    // A draft is the applicant's own affair until it is submitted. The applicant cannot write a state that only the department may give.
    const own = ownEnterprise('fund_application');
    await protectTable(q, 'fund_application', {
      read: `(state <> 'draft' AND (tenant_id = app_tenant() OR app_scope() = 'city')) OR app_scope() = 'system' OR ${own}`,
      alsoWrite: `${own} AND state IN ('draft', 'submitted', 'correction', 'withdrawn')`,
    });
    const visible = ofVisibleApplication('fund_application_history');
    await protectTable(q, 'fund_application_history', { read: visible, write: visible, grants: 'SELECT, INSERT' });
    await makeAppendOnly(q, 'fund_application_history');
    await protectTable(q, 'completeness_check', { alsoRead: ofVisibleApplication('completeness_check'), grants: 'SELECT, INSERT' });
    await makeAppendOnly(q, 'completeness_check');
    await protectTable(q, 'expert_profile', {
      tenant: false,
      read: `app_tenant() IS NOT NULL OR app_scope() IN ('city', 'system') OR account_id = app_account()`,
      write: `app_scope() = 'system'`,
    });
    await protectTable(q, 'expert_draw', { alsoRead: 'true', publicRead: 'true' });
    await protectTable(q, 'review_assignment', { alsoRead: 'account_id = app_account()', alsoWrite: 'account_id = app_account()' });
    await protectTable(q, 'fund_decision', {
      alsoRead: `noticed_at IS NOT NULL AND (granted OR ${ownEnterprise('fund_decision')})`,
      publicRead: 'noticed_at IS NOT NULL AND granted',
      publicColumns: ['city_id', 'id', 'call_id', 'enterprise_name', 'project_title', 'granted', 'amount_fen', 'score', 'noticed_at'],
    });
    await protectTable(q, 'funding_notice', { alsoRead: 'true', publicRead: 'true', grants: 'SELECT, INSERT' });
    await makeAppendOnly(q, 'funding_notice');
    await protectTable(q, 'fund_objection', {
      alsoRead: 'account_id = app_account()',
      alsoWrite: `account_id = app_account() AND state = 'open'`,
      publicRead: 'true',
      publicColumns: ['city_id', 'id', 'call_id', 'state', 'created_at', 'answered_at'],
    });
    await protectTable(q, 'fund_award', { alsoRead: ownEnterprise('fund_award') });
    await protectTable(q, 'fund_payment', { alsoRead: ownEnterprise('fund_payment'), grants: 'SELECT, INSERT' });
    await makeAppendOnly(q, 'fund_payment');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what was paid is not undone.');
  }
}

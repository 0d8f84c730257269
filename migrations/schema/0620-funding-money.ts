import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, ofOwnEnterprise, protectTable } from '../support';

/** Decisions, public notices, objections, awards, payments. */
export class FundingMoney1780000000620 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await this.decisions(q);
    await this.money(q);
    await protectTable(q, 'fund_decision', {
      alsoRead: `noticed_at IS NOT NULL AND (granted OR ${ofOwnEnterprise('fund_decision')})`,
      publicRead: 'noticed_at IS NOT NULL AND granted',
      publicColumns: ['city_id', 'id', 'call_id', 'enterprise_name', 'project_title', 'granted', 'amount_fen', 'score', 'noticed_at'],
    });
    await protectTable(q, 'funding_notice', {
      alsoRead: 'true', publicRead: 'true', grants: 'SELECT, INSERT',
      publicColumns: ['city_id', 'tenant_id', 'call_id', 'starts_on', 'ends_on', 'working_days', 'calendar', 'posted_at'],
    });
    await makeAppendOnly(q, 'funding_notice');
    await protectTable(q, 'fund_objection', {
      alsoRead: 'account_id = app_account()',
      alsoWrite: `app_tenant() IS NULL AND account_id = app_account() AND state = 'open'`,
      publicRead: 'true',
      publicColumns: ['city_id', 'id', 'call_id', 'state', 'created_at', 'answered_at'],
    });
    await protectTable(q, 'fund_award', { alsoRead: ofOwnEnterprise('fund_award') });
    await protectTable(q, 'fund_payment', { alsoRead: ofOwnEnterprise('fund_payment'), grants: 'SELECT, INSERT' });
    await makeAppendOnly(q, 'fund_payment');
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

  async down(): Promise<void> {
    throw new Error('Restore a backup: what was paid is not undone.');
  }
}

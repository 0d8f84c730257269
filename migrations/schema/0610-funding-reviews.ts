import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '../support';

/** Experts, their draw and their blind reviews. */
export class FundingReviews1780000000610 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
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
    await protectTable(q, 'expert_profile', {
      tenant: false,
      read: `app_tenant() IS NOT NULL OR app_scope() IN ('city', 'system') OR account_id = app_account()`,
      write: `app_scope() = 'system'`,
    });
    await protectTable(q, 'expert_draw', {
      alsoRead: 'true', publicRead: 'true',
      publicColumns: [
        'city_id', 'call_id', 'algorithm', 'pool', 'recusals', 'needed', 'commitment', 'committed_at', 'seed_source', 'seed_available_at', 'seed', 'seed_key',
        'selection', 'revealed_at',
      ],
    });
    // An expert signs what was assigned; nobody assigns a review to himself.
    await protectTable(q, 'review_assignment', { alsoRead: 'account_id = app_account()', alsoUpdate: 'account_id = app_account()' });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: a draw is not undone.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** Drafting: the annual plan, who had a hand in a text, review dockets, approvals. */
export class Drafting1780000000300 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE plan_item (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
        kind text NOT NULL CHECK (kind IN ('make', 'revise', 'abolish')),
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
        reason text NOT NULL DEFAULT '',
        source text NOT NULL CHECK (source IN ('department', 'evaluation')),
        source_key text,
        target_policy_id uuid,
        state text NOT NULL CHECK (state IN ('proposed', 'approved', 'started', 'refused')),
        proposed_by uuid,
        proposed_at timestamptz NOT NULL,
        decided_by uuid,
        decided_at timestamptz,
        decision_note text NOT NULL DEFAULT '',
        policy_id uuid,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, source_key),
        UNIQUE (city_id, policy_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, target_policy_id) REFERENCES policy (city_id, id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, proposed_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, decided_by) REFERENCES account (city_id, id),
        CHECK (kind = 'make' OR target_policy_id IS NOT NULL),
        CHECK ((source = 'department') = (proposed_by IS NOT NULL AND source_key IS NULL)),
        CHECK ((state = 'proposed') = (decided_by IS NULL AND decided_at IS NULL)),
        CHECK (decided_by <> proposed_by),
        CHECK (policy_id IS NULL OR state IN ('approved', 'started'))
      );
      CREATE INDEX plan_item_tenant ON plan_item (city_id, tenant_id, year DESC, id DESC);

      CREATE TABLE policy_drafter (
        city_id text NOT NULL,
        policy_id uuid NOT NULL,
        account_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        since timestamptz NOT NULL,
        PRIMARY KEY (city_id, policy_id, account_id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id)
      );

      CREATE TABLE docket (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        version_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('legality', 'fair_competition', 'collective_deliberation')),
        text_hash text NOT NULL,
        opened_by uuid NOT NULL,
        opened_at timestamptz NOT NULL,
        due_on date,
        due_article text NOT NULL,
        reviewer_id uuid,
        reviewer_tenant_id uuid,
        outcome text CHECK (outcome IN ('passed', 'returned')),
        opinion text NOT NULL DEFAULT '',
        minutes text NOT NULL DEFAULT '',
        votes_for integer CHECK (votes_for >= 0),
        votes_against integer CHECK (votes_against >= 0),
        votes_abstain integer CHECK (votes_abstain >= 0),
        dissent text NOT NULL DEFAULT '',
        signed_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, version_id) REFERENCES policy_version (city_id, id),
        FOREIGN KEY (city_id, opened_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, reviewer_id) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, reviewer_tenant_id) REFERENCES department (city_id, id),
        CHECK ((outcome IS NULL) = (signed_at IS NULL) AND (outcome IS NULL) = (reviewer_id IS NULL)),
        CHECK (outcome IS NULL OR opinion <> ''),
        CHECK (kind <> 'collective_deliberation' OR outcome IS NULL OR (minutes <> '' AND votes_for IS NOT NULL AND votes_against IS NOT NULL AND votes_abstain IS NOT NULL))
      );
      -- One open or passed docket of a kind for one version; what was returned stays on record and does not count.
      CREATE UNIQUE INDEX docket_one_standing ON docket (city_id, version_id, kind) WHERE outcome IS DISTINCT FROM 'returned';
      CREATE INDEX docket_policy ON docket (city_id, policy_id, opened_at DESC, id DESC);

      -- A signature stands as it was given.
      CREATE FUNCTION refuse_signed_docket() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.signed_at IS NOT NULL THEN
            RAISE EXCEPTION 'a signed docket is immutable' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN coalesce(NEW, OLD);
        END $$;
      CREATE TRIGGER docket_immutable BEFORE UPDATE OR DELETE ON docket FOR EACH ROW EXECUTE FUNCTION refuse_signed_docket();

      CREATE TABLE drafting_approval (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        version_id uuid NOT NULL,
        text_hash text NOT NULL,
        statement text NOT NULL,
        approved_by uuid NOT NULL,
        approved_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, version_id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, version_id) REFERENCES policy_version (city_id, id),
        FOREIGN KEY (city_id, approved_by) REFERENCES account (city_id, id)
      );
      CREATE INDEX drafting_approval_policy ON drafting_approval (city_id, policy_id, approved_at DESC);
    `);

    const joins = (table: string): string =>
      `EXISTS (SELECT 1 FROM participation p WHERE p.city_id = ${table}.city_id AND p.policy_id = ${table}.policy_id AND p.tenant_id = app_tenant())`;
    await protectTable(q, 'plan_item');
    await protectTable(q, 'policy_drafter', { alsoRead: joins('policy_drafter'), grants: 'SELECT, INSERT' });
    // A reviewer of an invited department signs a docket that belongs to the drafting one.
    await protectTable(q, 'docket', { alsoRead: joins('docket'), alsoWrite: joins('docket') });
    await protectTable(q, 'drafting_approval', { alsoRead: joins('drafting_approval'), grants: 'SELECT, INSERT' });
    await makeAppendOnly(q, 'drafting_approval');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: signed reviews are not undone.');
  }
}

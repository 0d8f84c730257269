import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** The desk of opinions: who asked for clusters, who works on which opinion, who has read it, and appeals against hiding (ADR 0028). For the department alone. */
export class OpinionDesk1780000001060 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Clusters that somebody wants, computed by the worker; it takes the place of the claim, which lived as long as a request.
      DROP TABLE opinion_clustering_claim;
      CREATE TABLE opinion_clustering_job (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        version_id uuid NOT NULL,
        threshold double precision NOT NULL CHECK (threshold > 0 AND threshold <= 1),
        asked_by uuid NOT NULL,
        asked_at timestamptz NOT NULL,
        ended_at timestamptz,
        clustering_id uuid,
        failure text,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, consultation_id, tenant_id, version_id) REFERENCES consultation (city_id, id, tenant_id, version_id),
        FOREIGN KEY (city_id, clustering_id, consultation_id, tenant_id) REFERENCES opinion_clustering (city_id, id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, asked_by) REFERENCES account (city_id, id),
        CHECK ((ended_at IS NULL) = (clustering_id IS NULL AND failure IS NULL)),
        CHECK (clustering_id IS NULL OR failure IS NULL)
      );
      CREATE UNIQUE INDEX opinion_clustering_job_open ON opinion_clustering_job (city_id, consultation_id) WHERE ended_at IS NULL;
      CREATE INDEX opinion_clustering_job_newest ON opinion_clustering_job (city_id, consultation_id, asked_at DESC, id DESC);

      -- The officer who works on an opinion; what was before stands in the audit log.
      CREATE TABLE opinion_assignment (
        city_id text NOT NULL,
        opinion_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        account_id uuid NOT NULL,
        assigned_by uuid NOT NULL,
        assigned_at timestamptz NOT NULL,
        -- What was assigned together is told together.
        batch_id uuid NOT NULL,
        PRIMARY KEY (city_id, opinion_id),
        FOREIGN KEY (city_id, opinion_id, consultation_id, tenant_id) REFERENCES opinion (city_id, id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, assigned_by) REFERENCES account (city_id, id)
      );
      CREATE INDEX opinion_assignment_officer ON opinion_assignment (city_id, account_id, consultation_id);
      CREATE INDEX opinion_assignment_consultation ON opinion_assignment (city_id, consultation_id, account_id);

      -- When each person first read an opinion.
      CREATE TABLE opinion_reading (
        city_id text NOT NULL,
        opinion_id uuid NOT NULL,
        account_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        read_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, opinion_id, account_id),
        FOREIGN KEY (city_id, opinion_id, consultation_id, tenant_id) REFERENCES opinion (city_id, id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id)
      );
      CREATE INDEX opinion_reading_consultation ON opinion_reading (city_id, consultation_id, opinion_id);

      -- One appeal against each hiding. Whoever hid it does not decide.
      CREATE TABLE opinion_appeal (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        opinion_id uuid NOT NULL,
        hidden_by uuid NOT NULL,
        hidden_at timestamptz NOT NULL,
        hidden_reason text NOT NULL,
        reasons text NOT NULL CHECK (length(reasons) BETWEEN 1 AND 2000),
        proof text NOT NULL CHECK (proof IN ('account', 'receipt')),
        filed_at timestamptz NOT NULL,
        due_on date NOT NULL,
        decider text NOT NULL CHECK (decider IN ('department_head', 'overseer')),
        decision text CHECK (decision IN ('upheld', 'shown')),
        decision_reason text CHECK (length(decision_reason) BETWEEN 1 AND 2000),
        decided_by uuid,
        decided_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, opinion_id, hidden_at),
        FOREIGN KEY (city_id, opinion_id, consultation_id, tenant_id) REFERENCES opinion (city_id, id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, hidden_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, decided_by) REFERENCES account (city_id, id),
        CHECK (decided_by <> hidden_by),
        CHECK ((decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decision_reason IS NULL))
      );
      CREATE INDEX opinion_appeal_waiting ON opinion_appeal (city_id, tenant_id, due_on, id) WHERE decision IS NULL;
      CREATE INDEX opinion_appeal_consultation ON opinion_appeal (city_id, consultation_id, filed_at DESC, id DESC);

      CREATE INDEX opinion_hidden ON opinion (city_id, tenant_id, moderated_at DESC, id DESC) WHERE moderation = 'hidden';

      -- What was filed stays as it was filed, and a decision stands.
      CREATE FUNCTION refuse_appeal_edit() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE decision text[] := ARRAY['decision', 'decision_reason', 'decided_by', 'decided_at', 'row_version'];
        BEGIN
          IF TG_OP = 'DELETE' OR OLD.decision IS NOT NULL OR (to_jsonb(NEW) - decision) <> (to_jsonb(OLD) - decision) THEN
            RAISE EXCEPTION 'an appeal is decided once, and not changed' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER opinion_appeal_decided BEFORE UPDATE OR DELETE ON opinion_appeal FOR EACH ROW EXECUTE FUNCTION refuse_appeal_edit();
    `);
    await makeAppendOnly(q, 'opinion_reading');
    await protectTable(q, 'opinion_clustering_job');
    await protectTable(q, 'opinion_assignment');
    await protectTable(q, 'opinion_reading', { grants: 'SELECT, INSERT' });
    // Authors prove themselves to the machinery, which files for them; they read their own appeal by the same way.
    await protectTable(q, 'opinion_appeal');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what was appealed and decided is not undone.');
  }
}

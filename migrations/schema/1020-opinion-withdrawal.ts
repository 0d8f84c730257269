import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** An opinion that its author takes back while the window is open (ADR 0022). */
export class OpinionWithdrawal1780000001020 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE consultation ADD COLUMN withdrawn_count integer NOT NULL DEFAULT 0 CHECK (withdrawn_count >= 0);
      GRANT SELECT (withdrawn_count) ON consultation TO policyloop_public;

      -- Shown, hidden or withdrawn: one column, so that received = shown + hidden + withdrawn whatever happens. A hidden one keeps its reason when it is withdrawn.
      ALTER TABLE opinion DROP CONSTRAINT opinion_moderation_check, DROP CONSTRAINT opinion_check1;
      ALTER TABLE opinion
        ADD CONSTRAINT opinion_moderation_check CHECK (moderation IN ('shown', 'hidden', 'withdrawn')),
        ADD CONSTRAINT opinion_hidden_reason CHECK (moderation <> 'hidden' OR (moderation_reason IS NOT NULL AND moderated_by IS NOT NULL AND moderated_at IS NOT NULL));

      -- What everybody may know of a withdrawn opinion, in a table of its own: the public role has no way to its words.
      CREATE TABLE opinion_withdrawal (
        city_id text NOT NULL,
        opinion_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        version_id uuid NOT NULL,
        clause_id text,
        receipt_no text NOT NULL,
        received_at timestamptz NOT NULL,
        was text NOT NULL CHECK (was IN ('shown', 'hidden')),
        proof text NOT NULL CHECK (proof IN ('account', 'receipt')),
        withdrawn_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, opinion_id),
        FOREIGN KEY (city_id, opinion_id, consultation_id, tenant_id) REFERENCES opinion (city_id, id, consultation_id, tenant_id),
        CHECK (withdrawn_at >= received_at)
      );
      CREATE INDEX opinion_withdrawal_newest ON opinion_withdrawal (city_id, consultation_id, received_at DESC, opinion_id DESC);

      -- Only while the window is open, and before anybody has answered: consultation first, then the opinion, the order in which the use cases lock, so
      -- that a withdrawal, an answer, a moderation and a close follow each other. What the row tells of the opinion is taken from the opinion.
      CREATE FUNCTION refuse_untimely_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE c consultation%ROWTYPE; o opinion%ROWTYPE;
        BEGIN
          SELECT * INTO c FROM consultation WHERE city_id = NEW.city_id AND id = NEW.consultation_id FOR UPDATE;
          SELECT * INTO o FROM opinion WHERE city_id = NEW.city_id AND id = NEW.opinion_id AND consultation_id = NEW.consultation_id FOR UPDATE;
          IF o.id IS NULL OR c.state IS DISTINCT FROM 'open' OR NEW.withdrawn_at >= c.closes_at OR o.moderation = 'withdrawn'
             OR EXISTS (SELECT 1 FROM opinion_answer a WHERE a.city_id = NEW.city_id AND a.opinion_id = NEW.opinion_id) THEN
            RAISE EXCEPTION 'this opinion is not withdrawn now' USING ERRCODE = 'restrict_violation';
          END IF;
          NEW.tenant_id := o.tenant_id; NEW.version_id := o.version_id; NEW.clause_id := o.clause_id;
          NEW.receipt_no := o.receipt_no; NEW.received_at := o.received_at; NEW.was := o.moderation;
          RETURN NEW;
        END $$;
      CREATE TRIGGER opinion_withdrawal_timely BEFORE INSERT ON opinion_withdrawal FOR EACH ROW EXECUTE FUNCTION refuse_untimely_withdrawal();

      CREATE FUNCTION count_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE opinion SET moderation = 'withdrawn' WHERE city_id = NEW.city_id AND id = NEW.opinion_id;
          UPDATE consultation SET withdrawn_count = withdrawn_count + 1, hidden_count = hidden_count - CASE WHEN NEW.was = 'hidden' THEN 1 ELSE 0 END, row_version = row_version + 1
          WHERE city_id = NEW.city_id AND id = NEW.consultation_id;
          RETURN NULL;
        END $$;
      CREATE TRIGGER opinion_withdrawal_counted AFTER INSERT ON opinion_withdrawal FOR EACH ROW EXECUTE FUNCTION count_withdrawal();

      -- As before, and: withdrawn by a withdrawal alone, and for good.
      CREATE OR REPLACE FUNCTION refuse_opinion_edit() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE moderation text[] := ARRAY['moderation', 'moderation_reason', 'moderated_by', 'moderated_at'];
        BEGIN
          IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - moderation) <> (to_jsonb(OLD) - moderation) THEN
            RAISE EXCEPTION 'an opinion is not changed or deleted' USING ERRCODE = 'restrict_violation';
          END IF;
          IF OLD.moderation = 'withdrawn' OR (NEW.moderation = 'withdrawn'
             AND NOT EXISTS (SELECT 1 FROM opinion_withdrawal w WHERE w.city_id = NEW.city_id AND w.opinion_id = NEW.id)) THEN
            RAISE EXCEPTION 'an opinion is withdrawn by its author alone, and for good' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;

      -- What was taken back needs no answer and gets none. The opinion is locked, so that an answer and a withdrawal follow each other whoever writes it.
      CREATE FUNCTION refuse_answer_to_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE state text;
        BEGIN
          SELECT moderation INTO state FROM opinion WHERE city_id = NEW.city_id AND id = NEW.opinion_id FOR SHARE;
          IF state = 'withdrawn' THEN
            RAISE EXCEPTION 'a withdrawn opinion is not answered' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER opinion_answer_wanted BEFORE INSERT ON opinion_answer FOR EACH ROW EXECUTE FUNCTION refuse_answer_to_withdrawn();
    `);
    await makeAppendOnly(q, 'opinion_withdrawal');
    await protectTable(q, 'opinion_withdrawal', {
      read: 'true',
      // Whoever proves to be the author acts through the machinery, which looks at the proof; no department withdraws what somebody else has said.
      write: `app_scope() = 'system'`,
      publicRead: 'true',
      publicColumns: ['city_id', 'opinion_id', 'tenant_id', 'consultation_id', 'version_id', 'clause_id', 'receipt_no', 'received_at', 'withdrawn_at'],
      grants: 'SELECT, INSERT',
    });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what an author took back is not put out again.');
  }
}

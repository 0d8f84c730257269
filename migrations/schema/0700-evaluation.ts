import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '../support';

/** Evaluation reports with the ratings of three sides. */
export class Evaluation1780000000700 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE evaluation_report (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        period_from date NOT NULL,
        period_to date NOT NULL,
        summary text NOT NULL DEFAULT '',
        conclusion text CHECK (conclusion IN ('keep', 'amend', 'abolish')),
        reason text NOT NULL DEFAULT '',
        next_review_on date,
        state text NOT NULL CHECK (state IN ('draft', 'submitted', 'published')),
        returned_reason text,
        evaluator_id uuid NOT NULL,
        created_at timestamptz NOT NULL,
        submitted_at timestamptz,
        approved_by uuid,
        published_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, tenant_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, evaluator_id) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, approved_by) REFERENCES account (city_id, id),
        CHECK (period_to >= period_from),
        CHECK (approved_by <> evaluator_id),
        CHECK (state = 'draft' OR (conclusion IS NOT NULL AND summary <> '' AND reason <> '' AND submitted_at IS NOT NULL)),
        CHECK (state = 'draft' OR (conclusion = 'keep') = (next_review_on IS NOT NULL)),
        CHECK ((state = 'published') = (published_at IS NOT NULL AND approved_by IS NOT NULL))
      );
      CREATE UNIQUE INDEX evaluation_report_one_open ON evaluation_report (city_id, policy_id) WHERE state <> 'published';
      CREATE INDEX evaluation_report_policy ON evaluation_report (city_id, policy_id, created_at DESC);
      CREATE INDEX evaluation_report_tenant ON evaluation_report (city_id, tenant_id, created_at DESC, id DESC);
      CREATE INDEX evaluation_report_created ON evaluation_report (city_id, created_at DESC, id DESC);
      CREATE INDEX evaluation_report_published ON evaluation_report (city_id, published_at DESC, id DESC) WHERE state = 'published';

      CREATE TABLE evaluation_rating (
        city_id text NOT NULL,
        report_id uuid NOT NULL,
        side text NOT NULL CHECK (side IN ('department', 'authority', 'enterprises')),
        tenant_id uuid NOT NULL,
        rating integer NOT NULL CHECK (rating BETWEEN 0 AND 100),
        evidence text NOT NULL CHECK (evidence <> ''),
        PRIMARY KEY (city_id, report_id, side),
        FOREIGN KEY (city_id, report_id, tenant_id) REFERENCES evaluation_report (city_id, id, tenant_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id)
      );

      CREATE FUNCTION refuse_published_report() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.state = 'published' THEN RAISE EXCEPTION 'a published report is immutable' USING ERRCODE = 'restrict_violation'; END IF;
          RETURN coalesce(NEW, OLD);
        END $$;
      CREATE TRIGGER evaluation_report_immutable BEFORE UPDATE OR DELETE ON evaluation_report FOR EACH ROW EXECUTE FUNCTION refuse_published_report();
      CREATE FUNCTION refuse_published_rating() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE row evaluation_rating := coalesce(NEW, OLD);
        BEGIN
          IF EXISTS (SELECT 1 FROM evaluation_report r WHERE r.city_id = row.city_id AND r.id = row.report_id AND r.state = 'published') THEN
            RAISE EXCEPTION 'the ratings of a published report are immutable' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN row;
        END $$;
      CREATE TRIGGER evaluation_rating_immutable BEFORE INSERT OR UPDATE OR DELETE ON evaluation_rating FOR EACH ROW EXECUTE FUNCTION refuse_published_rating();
    `);
    await protectTable(q, 'evaluation_report', {
      alsoRead: `state = 'published'`,
      publicRead: `state = 'published'`,
      publicColumns: ['city_id', 'id', 'tenant_id', 'policy_id', 'period_from', 'period_to', 'summary', 'conclusion', 'reason', 'next_review_on', 'state', 'published_at'],
    });
    const reportSeen = 'EXISTS (SELECT 1 FROM evaluation_report r WHERE r.city_id = evaluation_rating.city_id AND r.id = evaluation_rating.report_id)';
    await protectTable(q, 'evaluation_rating', { alsoRead: reportSeen, publicRead: reportSeen });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: a published report is not undone.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** What an abolition is decided on: who was asked, what takes its place, the review, what becomes of everything that hangs on the policy; and its public notice. */
export class Abolition1780000001100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE abolition_case
        ADD COLUMN opinions text CHECK (opinions IN ('asked', 'not_asked')),
        ADD COLUMN opinions_ground text CHECK (opinions_ground IN ('superior_law', 'replaced', 'fulfilled', 'urgent')),
        ADD COLUMN opinions_note text NOT NULL DEFAULT '',
        ADD COLUMN consultation_id uuid,
        ADD COLUMN replaced_by uuid,
        ADD COLUMN transition text NOT NULL DEFAULT '',
        ADD COLUMN proposed_effect_on date,
        ADD COLUMN prepared_by uuid,
        ADD COLUMN prepared_at timestamptz,
        ADD COLUMN review_outcome text CHECK (review_outcome IN ('passed', 'returned')),
        ADD COLUMN review_opinion text NOT NULL DEFAULT '',
        ADD COLUMN reviewed_by uuid,
        ADD COLUMN reviewed_at timestamptz,
        -- As they stood when it was decided.
        ADD COLUMN affected_people integer CHECK (affected_people >= 0),
        ADD COLUMN affected_fen bigint CHECK (affected_fen >= 0),
        ADD COLUMN notice_number text,
        ADD UNIQUE (city_id, id, tenant_id),
        ADD FOREIGN KEY (city_id, consultation_id) REFERENCES consultation (city_id, id),
        ADD FOREIGN KEY (city_id, replaced_by) REFERENCES policy (city_id, id),
        ADD FOREIGN KEY (city_id, prepared_by) REFERENCES account (city_id, id),
        ADD FOREIGN KEY (city_id, reviewed_by) REFERENCES account (city_id, id),
        ADD CONSTRAINT abolition_case_replaced_by_another CHECK (replaced_by <> policy_id),
        ADD CONSTRAINT abolition_case_opinions CHECK (CASE opinions WHEN 'asked' THEN opinions_ground IS NULL AND (consultation_id IS NOT NULL OR opinions_note <> '')
          WHEN 'not_asked' THEN opinions_ground IS NOT NULL AND opinions_note <> '' AND consultation_id IS NULL ELSE opinions_ground IS NULL AND consultation_id IS NULL END),
        ADD CONSTRAINT abolition_case_prepared CHECK ((prepared_by IS NULL) = (prepared_at IS NULL)),
        ADD CONSTRAINT abolition_case_reviewed CHECK ((review_outcome IS NULL) = (reviewed_by IS NULL) AND (reviewed_by IS NULL) = (reviewed_at IS NULL) AND (reviewed_by IS NULL OR review_opinion <> '')),
        -- Nobody reviews what he prepared, and nobody decides what he prepared or reviewed.
        ADD CONSTRAINT abolition_case_hands CHECK (reviewed_by <> prepared_by AND decided_by <> prepared_by AND decided_by <> reviewed_by AND reviewed_by <> opened_by),
        ADD CONSTRAINT abolition_case_noticed CHECK (notice_number IS NULL OR decision = 'abolish'),
        DROP CONSTRAINT abolition_case_source_check,
        ADD CONSTRAINT abolition_case_source_check CHECK (source IN ('manual', 'evaluation', 'dependent'));
      CREATE UNIQUE INDEX abolition_case_notice ON abolition_case (city_id, tenant_id, notice_number) WHERE notice_number IS NOT NULL;
      CREATE INDEX abolition_case_decided ON abolition_case (city_id, decided_at DESC, id DESC) WHERE decision = 'abolish';
      GRANT SELECT (id, tenant_id, notice_number, replaced_by, transition) ON abolition_case TO policyloop_public;

      -- What becomes of one thing that hangs on the policy. A later row with the next number takes the place of an earlier one; none is changed.
      CREATE TABLE abolition_settlement (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        case_id uuid NOT NULL,
        kind text NOT NULL,
        item_id uuid NOT NULL,
        no integer NOT NULL CHECK (no > 0),
        title text NOT NULL,
        way text NOT NULL CHECK (way <> ''),
        reason text NOT NULL CHECK (reason <> ''),
        people integer NOT NULL CHECK (people >= 0),
        funds_fen bigint NOT NULL CHECK (funds_fen >= 0),
        settled_by uuid NOT NULL,
        settled_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, case_id, kind, item_id, no),
        FOREIGN KEY (city_id, case_id, tenant_id) REFERENCES abolition_case (city_id, id, tenant_id),
        FOREIGN KEY (city_id, settled_by) REFERENCES account (city_id, id)
      );

      -- An abolition may name the document that takes the place of the one that ends.
      ALTER TABLE validity_change DROP CONSTRAINT validity_change_check,
        ADD CONSTRAINT validity_change_by_policy CHECK (kind = 'abolished' OR (kind IN ('amended', 'replaced')) = (by_policy_id IS NOT NULL));

      -- The end of the policy ends the time of applying before the day that was promised; nothing else of the promise changes.
      ALTER TABLE funding_call ADD COLUMN intake_ends_at timestamptz;
      DROP TRIGGER funding_call_promise ON funding_call;
      CREATE TRIGGER funding_call_promise BEFORE UPDATE ON funding_call FOR EACH ROW WHEN (OLD.state <> 'draft')
        EXECUTE FUNCTION refuse_change_except('state', 'paid_fen', 'intake_ends_at');
      GRANT SELECT (intake_ends_at) ON funding_call TO policyloop_public;
    `);
    await makeAppendOnly(q, 'abolition_settlement');
    await protectTable(q, 'abolition_settlement', { grants: 'SELECT, INSERT' });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: a decision is not undone.');
  }
}

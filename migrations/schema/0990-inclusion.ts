import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** The published root of a consultation's opinions, and the salt that each opinion's commitments are made with (ADR 0020). */
export class Inclusion1780000000990 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- 244 random bits from the server's strong generator, whoever inserts and by whatever channel; opinions that are there get theirs now. Like every
      -- column of an opinion but its moderation it never changes again (refuse_opinion_edit).
      ALTER TABLE opinion ADD COLUMN commitment_salt text NOT NULL
        DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') CHECK (commitment_salt ~ '^[0-9a-f]{64}$');

      CREATE TABLE consultation_root (
        city_id text NOT NULL,
        consultation_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        version_id uuid NOT NULL,
        size integer NOT NULL,
        root text NOT NULL CHECK (root ~ '^[0-9a-f]{64}$'),
        leaves bytea NOT NULL,
        closed_at timestamptz NOT NULL,
        computed_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, consultation_id),
        FOREIGN KEY (city_id, consultation_id, tenant_id, version_id) REFERENCES consultation (city_id, id, tenant_id, version_id),
        CHECK (octet_length(leaves) = 32 * size),
        CHECK (computed_at >= closed_at)
      );

      -- A root is of a closed consultation and of all it received: not of an open one, and not of some.
      CREATE FUNCTION refuse_partial_root() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NOT EXISTS (SELECT 1 FROM consultation c WHERE c.city_id = NEW.city_id AND c.id = NEW.consultation_id
                         AND c.state <> 'open' AND date_trunc('milliseconds', c.closed_at) = NEW.closed_at AND c.received_count = NEW.size) THEN
            RAISE EXCEPTION 'a root is of a closed consultation and of all that it received' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER consultation_root_whole BEFORE INSERT ON consultation_root FOR EACH ROW EXECUTE FUNCTION refuse_partial_root();

      -- For the machinery that looks for closed consultations without a root.
      CREATE INDEX consultation_closed ON consultation (city_id, closed_at) WHERE state <> 'open';
    `);
    await makeAppendOnly(q, 'consultation_root');
    await protectTable(q, 'consultation_root', { alsoRead: 'true', publicRead: 'true', grants: 'SELECT, INSERT' });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what was published is not undone.');
  }
}

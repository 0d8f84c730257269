import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '../support';

/** Files that come with an opinion: kept apart until they are scanned, and public only once an officer has released them (ADR 0026). */
export class OpinionAttachments1780000001050 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Receipts that are out have leaves of the first version, and keep them; whatever comes in from now on has the second. Like the number of files
      -- it never changes again (refuse_opinion_edit).
      ALTER TABLE opinion ADD COLUMN leaf_version smallint NOT NULL DEFAULT 1 CHECK (leaf_version IN (1, 2));
      ALTER TABLE opinion ALTER COLUMN leaf_version SET DEFAULT 2;
      ALTER TABLE opinion ADD COLUMN attachment_count smallint NOT NULL DEFAULT 0 CHECK (attachment_count BETWEEN 0 AND 20);
      -- A leaf of the first version binds no files.
      ALTER TABLE opinion ADD CONSTRAINT opinion_files_bound CHECK (attachment_count = 0 OR leaf_version >= 2);

      CREATE TABLE opinion_attachment (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        opinion_id uuid NOT NULL,
        no smallint NOT NULL CHECK (no BETWEEN 1 AND 20),
        filename text NOT NULL CHECK (length(filename) BETWEEN 1 AND 200),
        media_type text NOT NULL,
        size integer NOT NULL CHECK (size > 0),
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        scan text NOT NULL CHECK (scan IN ('pending', 'clean', 'infected', 'not_scanned')),
        -- What the scanner calls it.
        scan_finding text,
        scanned_at timestamptz,
        -- The copy for everybody, which may be the file itself.
        public_sha256 text CHECK (public_sha256 ~ '^[0-9a-f]{64}$'),
        public_size integer CHECK (public_size > 0),
        released_by uuid,
        released_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, opinion_id, no),
        UNIQUE (city_id, opinion_id, sha256),
        FOREIGN KEY (city_id, opinion_id, consultation_id, tenant_id) REFERENCES opinion (city_id, id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, released_by) REFERENCES account (city_id, id),
        CHECK ((scan = 'infected') = (scan_finding IS NOT NULL)),
        CHECK ((scan IN ('clean', 'infected')) = (scanned_at IS NOT NULL)),
        CHECK ((released_at IS NULL) = (released_by IS NULL)),
        CHECK (released_at IS NULL OR (scan IN ('clean', 'not_scanned') AND public_sha256 IS NOT NULL AND public_size IS NOT NULL))
      );
      CREATE INDEX opinion_attachment_consultation ON opinion_attachment (city_id, consultation_id, opinion_id, no);

      -- Files come with their opinion and in no other way: as many as it says, while the window is open, not looked at and not released yet.
      CREATE FUNCTION refuse_stray_attachment() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE c consultation%ROWTYPE; o opinion%ROWTYPE;
        BEGIN
          SELECT * INTO c FROM consultation WHERE city_id = NEW.city_id AND id = NEW.consultation_id FOR SHARE;
          SELECT * INTO o FROM opinion WHERE city_id = NEW.city_id AND id = NEW.opinion_id;
          IF o.id IS NULL OR c.state IS DISTINCT FROM 'open' OR NEW.no > o.attachment_count OR NEW.scan NOT IN ('pending', 'not_scanned') OR NEW.released_at IS NOT NULL THEN
            RAISE EXCEPTION 'a file comes with its opinion' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER opinion_attachment_whole BEFORE INSERT ON opinion_attachment FOR EACH ROW EXECUTE FUNCTION refuse_stray_attachment();

      -- All of them or no opinion, whoever writes it: asked when the transaction ends.
      CREATE FUNCTION refuse_missing_attachments() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF (SELECT count(*) FROM opinion_attachment f WHERE f.city_id = NEW.city_id AND f.opinion_id = NEW.id) <> NEW.attachment_count THEN
            RAISE EXCEPTION 'an opinion is stored with all its files' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NULL;
        END $$;

      -- What was sent stays as it was sent. It is scanned once, and no department says what the scanner found.
      CREATE FUNCTION refuse_attachment_edit() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE later text[] := ARRAY['scan', 'scan_finding', 'scanned_at', 'public_sha256', 'public_size', 'released_by', 'released_at', 'row_version'];
        BEGIN
          IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - later) <> (to_jsonb(OLD) - later) THEN
            RAISE EXCEPTION 'a file of an opinion is not changed or deleted' USING ERRCODE = 'restrict_violation';
          END IF;
          IF NEW.scan <> OLD.scan AND (OLD.scan <> 'pending' OR app_scope() IS DISTINCT FROM 'system') THEN
            RAISE EXCEPTION 'a file is scanned once, and by the machinery' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER opinion_attachment_immutable BEFORE UPDATE OR DELETE ON opinion_attachment FOR EACH ROW EXECUTE FUNCTION refuse_attachment_edit();
    `);
    await protectTable(q, 'opinion_attachment', {
      // With an opinion of one's own that is being put in; a right to read or change it follows from nothing here.
      alsoWrite: `app_tenant() IS NULL AND scan IN ('pending', 'not_scanned') AND released_at IS NULL AND EXISTS (SELECT 1 FROM opinion o
        WHERE o.city_id = opinion_attachment.city_id AND o.id = opinion_attachment.opinion_id AND o.author_account_id IS NOT DISTINCT FROM app_account())`,
      publicRead: `released_at IS NOT NULL AND scan IN ('clean', 'not_scanned') AND EXISTS (SELECT 1 FROM opinion o
        WHERE o.city_id = opinion_attachment.city_id AND o.id = opinion_attachment.opinion_id AND o.moderation = 'shown')`,
      publicColumns: ['city_id', 'id', 'tenant_id', 'consultation_id', 'opinion_id', 'no', 'filename', 'media_type', 'scan', 'public_sha256', 'public_size', 'released_at'],
    });
    // The count runs as the tables' owner: who posts may not read what they have sent.
    await q.query(`
      CREATE POLICY owner_count ON opinion_attachment FOR SELECT TO policyloop_owner USING (city_id = app_city());
      ALTER FUNCTION refuse_missing_attachments() SECURITY DEFINER SET search_path = public, pg_temp;
      CREATE CONSTRAINT TRIGGER opinion_has_its_files AFTER INSERT ON opinion DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.attachment_count > 0)
        EXECUTE FUNCTION refuse_missing_attachments();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what the public sent is not undone.');
  }
}

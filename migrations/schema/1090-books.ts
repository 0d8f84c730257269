import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '../support';

/** Compilations 汇编 of documents in force: what was asked for, and the file that the worker made of it (ADR 0032). */
export class Books1780000001090 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE book (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
        spec jsonb NOT NULL,
        format text NOT NULL CHECK (format IN ('pdf', 'docx')),
        state text NOT NULL CHECK (state IN ('waiting', 'made', 'failed')),
        failure text,
        failure_params jsonb NOT NULL DEFAULT '{}',
        idempotency_key text NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 100),
        requested_by uuid NOT NULL,
        requested_at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
        claim uuid,
        claimed_until timestamptz,
        made_at timestamptz,
        documents integer CHECK (documents > 0),
        pages integer CHECK (pages > 0),
        sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        size integer CHECK (size > 0),
        published_at timestamptz,
        published_by uuid,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, tenant_id, idempotency_key),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, requested_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, published_by) REFERENCES account (city_id, id),
        CHECK ((state = 'failed') = (failure IS NOT NULL)),
        CHECK ((state = 'made') = (sha256 IS NOT NULL) AND (state = 'made') = (size IS NOT NULL) AND (state = 'made') = (documents IS NOT NULL) AND (state = 'made') = (made_at IS NOT NULL)),
        CHECK ((claim IS NULL) = (claimed_until IS NULL)),
        CHECK ((published_at IS NULL) = (published_by IS NULL) AND (published_at IS NULL OR state = 'made'))
      );
      CREATE INDEX book_newest ON book (city_id, tenant_id, requested_at DESC, id DESC);
      CREATE INDEX book_waiting ON book (city_id, requested_at) WHERE state = 'waiting';
      CREATE INDEX book_published ON book (city_id, published_at DESC, id DESC) WHERE published_at IS NOT NULL;

      -- A file that was made is what was asked for: neither changes afterwards, and what everybody has may not be taken back.
      CREATE FUNCTION refuse_book_edit() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE publication text[] := ARRAY['published_at', 'published_by'];
        BEGIN
          IF TG_OP = 'DELETE' OR OLD.published_at IS NOT NULL OR (OLD.state <> 'waiting' AND (to_jsonb(NEW) - publication) <> (to_jsonb(OLD) - publication)) OR NEW.spec <> OLD.spec THEN
            RAISE EXCEPTION 'a book that was made is not changed' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER book_immutable BEFORE UPDATE OR DELETE ON book FOR EACH ROW EXECUTE FUNCTION refuse_book_edit();
    `);
    await protectTable(q, 'book', {
      publicRead: 'published_at IS NOT NULL',
      publicColumns: ['city_id', 'id', 'tenant_id', 'title', 'format', 'made_at', 'documents', 'pages', 'sha256', 'size', 'published_at'],
    });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: published books are not undone.');
  }
}

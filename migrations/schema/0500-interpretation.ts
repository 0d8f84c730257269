import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '../support';

/** Plans of interpretation, materials and their pictures. */
export class Interpretation1780000000500 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE interpretation_plan (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        audience text NOT NULL CHECK (audience <> ''),
        key_points text NOT NULL CHECK (key_points <> ''),
        channels text[] NOT NULL CHECK (cardinality(channels) > 0),
        updated_by uuid NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, policy_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, updated_by) REFERENCES account (city_id, id)
      );

      CREATE TABLE interpretation_material (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('text', 'picture')),
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        body text NOT NULL DEFAULT '',
        alt_text text NOT NULL DEFAULT '',
        clause_identities text[] NOT NULL CHECK (cardinality(clause_identities) > 0),
        state text NOT NULL CHECK (state IN ('draft', 'approved', 'released')),
        author_id uuid NOT NULL,
        written_at timestamptz NOT NULL,
        approved_by uuid,
        approved_at timestamptz,
        text_hash text,
        released_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, tenant_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, author_id) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, approved_by) REFERENCES account (city_id, id),
        CHECK (approved_by <> author_id),
        CHECK (CASE kind WHEN 'text' THEN body <> '' ELSE alt_text <> '' END),
        CHECK ((state = 'draft') = (approved_by IS NULL) AND (approved_by IS NULL) = (approved_at IS NULL) AND (approved_by IS NULL) = (text_hash IS NULL)),
        CHECK ((state = 'released') = (released_at IS NOT NULL))
      );
      CREATE INDEX interpretation_material_policy ON interpretation_material (city_id, policy_id, id);

      -- The bytes lie in the file store under their SHA-256; the row decides who may have them.
      CREATE TABLE interpretation_picture (
        city_id text NOT NULL,
        material_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        media_type text NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg')),
        width integer NOT NULL CHECK (width > 0),
        height integer NOT NULL CHECK (height > 0),
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        size integer NOT NULL CHECK (size BETWEEN 1 AND 5242880),
        PRIMARY KEY (city_id, material_id),
        FOREIGN KEY (city_id, material_id, tenant_id) REFERENCES interpretation_material (city_id, id, tenant_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id)
      );

      -- What has gone out with a policy is part of the record and may be cached for ever.
      CREATE FUNCTION refuse_released_material() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.state = 'released' THEN RAISE EXCEPTION 'a released material is immutable' USING ERRCODE = 'restrict_violation'; END IF;
          RETURN coalesce(NEW, OLD);
        END $$;
      CREATE TRIGGER interpretation_material_immutable BEFORE UPDATE OR DELETE ON interpretation_material FOR EACH ROW EXECUTE FUNCTION refuse_released_material();
      CREATE FUNCTION refuse_released_picture() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (SELECT 1 FROM interpretation_material m WHERE m.city_id = OLD.city_id AND m.id = OLD.material_id AND m.state = 'released') THEN
            RAISE EXCEPTION 'a released picture is immutable' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN coalesce(NEW, OLD);
        END $$;
      CREATE TRIGGER interpretation_picture_immutable BEFORE UPDATE OR DELETE ON interpretation_picture FOR EACH ROW EXECUTE FUNCTION refuse_released_picture();
    `);
    const joins = (table: string): string =>
      `EXISTS (SELECT 1 FROM participation p WHERE p.city_id = ${table}.city_id AND p.policy_id = ${table}.policy_id AND p.tenant_id = app_tenant())`;
    await protectTable(q, 'interpretation_plan', { alsoRead: joins('interpretation_plan') });
    await protectTable(q, 'interpretation_material', {
      alsoRead: `state = 'released' OR ${joins('interpretation_material')}`,
      publicRead: `state = 'released'`,
      publicColumns: ['city_id', 'id', 'policy_id', 'kind', 'title', 'body', 'alt_text', 'clause_identities', 'state', 'released_at'],
    });
    const materialSeen = 'EXISTS (SELECT 1 FROM interpretation_material m WHERE m.city_id = interpretation_picture.city_id AND m.id = interpretation_picture.material_id)';
    await protectTable(q, 'interpretation_picture', { alsoRead: materialSeen, publicRead: materialSeen });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what was released is not undone.');
  }
}

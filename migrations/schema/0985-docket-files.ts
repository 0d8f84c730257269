import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of a docket: of the same policy, and none once the docket is signed. */
export class DocketFiles1780000000985 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE INDEX policy_attachment_docket ON policy_attachment (city_id, docket_id, uploaded_at, id) WHERE docket_id IS NOT NULL;

      -- Kept here and not only by the program: the docket is locked, so that a signature and a file follow each other.
      CREATE FUNCTION refuse_file_of_signed_docket() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE d docket%ROWTYPE;
        BEGIN
          SELECT * INTO d FROM docket WHERE city_id = NEW.city_id AND id = NEW.docket_id FOR SHARE;
          IF NOT FOUND OR d.policy_id <> NEW.policy_id OR d.signed_at IS NOT NULL THEN
            RAISE EXCEPTION 'no file is put to a docket that is signed or another policy''s' USING ERRCODE = 'check_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER policy_attachment_docket BEFORE INSERT ON policy_attachment FOR EACH ROW WHEN (NEW.docket_id IS NOT NULL) EXECUTE FUNCTION refuse_file_of_signed_docket();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: signed reviews are not undone.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '../support';

/** What guards the way in of posts (ADR 0027), and what is written and not sent yet. */
export class Intake1780000001055 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- A post that was let in, by its sender's key: it is asked for a proof once, and counted once, however often it comes. Forgotten after a day.
      CREATE TABLE intake_admission (
        city_id text NOT NULL,
        consultation_id uuid NOT NULL,
        key_hash text NOT NULL,
        means text NOT NULL CHECK (means IN ('account', 'work', 'question')),
        admitted_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, consultation_id, key_hash),
        FOREIGN KEY (city_id, consultation_id) REFERENCES consultation (city_id, id)
      );
      CREATE INDEX intake_admission_at ON intake_admission (city_id, admitted_at);

      -- Posts of ten minutes, for each account, network and consultation. A network is a keyed hash that is another one each day. Forgotten after a day.
      CREATE TABLE intake_count (
        city_id text NOT NULL REFERENCES city (id),
        kind text NOT NULL CHECK (kind IN ('account', 'network', 'question', 'consultation')),
        subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 64),
        slot timestamptz NOT NULL,
        posts integer NOT NULL CHECK (posts > 0),
        PRIMARY KEY (city_id, kind, subject, slot)
      );
      CREATE INDEX intake_count_slot ON intake_count (city_id, slot);

      -- What somebody who is signed in has written and not sent: one that is theirs now, and those that another window has overtaken.
      CREATE TABLE opinion_draft (
        city_id text NOT NULL,
        id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        account_id uuid NOT NULL,
        text text NOT NULL CHECK (length(text) <= 20000),
        stance text CHECK (stance IN ('support', 'oppose', 'suggest')),
        clause_id text CHECK (length(clause_id) <= 200),
        quote text CHECK (length(quote) <= 2000),
        saved_at timestamptz NOT NULL,
        aside_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, consultation_id) REFERENCES consultation (city_id, id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id)
      );
      CREATE UNIQUE INDEX opinion_draft_current ON opinion_draft (city_id, consultation_id, account_id) WHERE aside_at IS NULL;
      CREATE INDEX opinion_draft_author ON opinion_draft (city_id, account_id, consultation_id, saved_at DESC);
    `);
    const machinery = `app_scope() = 'system'`;
    await protectTable(q, 'intake_admission', { tenant: false, read: machinery, write: machinery, grants: 'SELECT, INSERT, DELETE' });
    await protectTable(q, 'intake_count', {
      tenant: false, read: machinery, write: machinery, grants: 'SELECT, INSERT, UPDATE, DELETE',
      // How busy a consultation is, for the page that sets the work; of accounts and networks nothing.
      publicRead: `kind = 'consultation'`,
      publicColumns: ['city_id', 'kind', 'subject', 'slot', 'posts'],
    });
    // Nobody but its author reads a draft, not even the department or who oversees the city; the machinery takes it away.
    const author = `account_id = app_account()`;
    await protectTable(q, 'opinion_draft', { tenant: false, read: `${author} OR ${machinery}`, write: `${author} OR ${machinery}`, grants: 'SELECT, INSERT, UPDATE, DELETE' });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what people wrote is not undone.');
  }
}

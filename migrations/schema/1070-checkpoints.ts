import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** The order of a city's log, and its signed checkpoints (ADR 0029). */
export class Checkpoints1780000001070 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- One row a city: whoever gives numbers, or signs, holds it. Those who write events and audit entries never touch it.
      CREATE TABLE log_state (
        city_id text PRIMARY KEY REFERENCES city (id),
        size bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
        appended_at timestamptz,
        -- Why the log is not signed any further; null while it is.
        fault text,
        fault_at timestamptz,
        CHECK ((fault IS NULL) = (fault_at IS NULL))
      );

      -- How far each chain stands in the log.
      CREATE TABLE log_chain (
        city_id text NOT NULL REFERENCES city (id),
        chain text NOT NULL,
        seq bigint NOT NULL CHECK (seq > 0),
        PRIMARY KEY (city_id, chain)
      );

      CREATE TABLE log_entry (
        city_id text NOT NULL REFERENCES city (id),
        log_no bigint NOT NULL CHECK (log_no >= 0),
        kind text NOT NULL CHECK (kind IN ('event', 'audit')),
        chain text NOT NULL,
        seq bigint NOT NULL CHECK (seq > 0),
        leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
        PRIMARY KEY (city_id, log_no),
        UNIQUE (city_id, chain, seq)
      );

      CREATE TABLE log_checkpoint (
        city_id text NOT NULL REFERENCES city (id),
        no integer NOT NULL CHECK (no > 0),
        size bigint NOT NULL CHECK (size >= 0),
        root text NOT NULL CHECK (root ~ '^[0-9a-f]{64}$'),
        at timestamptz NOT NULL,
        key_id text NOT NULL,
        public_key text NOT NULL,
        signature text NOT NULL,
        PRIMARY KEY (city_id, no)
      );
    `);
    for (const table of ['log_entry', 'log_checkpoint']) await makeAppendOnly(q, table);
    const system = { tenant: false, read: `app_scope() IN ('city', 'system')`, write: `app_scope() = 'system'` };
    await protectTable(q, 'log_state', { ...system, publicRead: 'true' });
    await protectTable(q, 'log_chain', system);
    // Hashes of leaves tell nothing: what they are of holds random ids. What a number stands for is for the city's overseers.
    await protectTable(q, 'log_entry', { ...system, grants: 'SELECT, INSERT', publicRead: 'true', publicColumns: ['city_id', 'log_no', 'leaf'] });
    await protectTable(q, 'log_checkpoint', { ...system, read: 'true', grants: 'SELECT, INSERT', publicRead: 'true' });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what was signed is not undone.');
  }
}

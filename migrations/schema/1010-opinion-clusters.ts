import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** Opinions of a consultation put together by what they share, run by run (ADR 0021). For the department alone: hidden opinions are among them. */
export class OpinionClusters1780000001010 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- One computation over all opinions of that moment. The highest number is the current one.
      CREATE TABLE opinion_clustering (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        version_id uuid NOT NULL,
        no integer NOT NULL CHECK (no > 0),
        threshold double precision NOT NULL CHECK (threshold > 0 AND threshold <= 1),
        shingle integer NOT NULL CHECK (shingle > 0),
        opinions integer NOT NULL CHECK (opinions >= 0),
        computed_at timestamptz NOT NULL,
        computed_by uuid NOT NULL,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, consultation_id, tenant_id),
        UNIQUE (city_id, consultation_id, no),
        FOREIGN KEY (city_id, consultation_id, tenant_id, version_id) REFERENCES consultation (city_id, id, tenant_id, version_id),
        FOREIGN KEY (city_id, computed_by) REFERENCES account (city_id, id)
      );

      CREATE TABLE opinion_cluster (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        clustering_id uuid NOT NULL,
        no integer NOT NULL CHECK (no > 0),
        representative_id uuid NOT NULL,
        size integer NOT NULL CHECK (size > 1),
        wordings integer NOT NULL CHECK (wordings BETWEEN 1 AND size),
        passages jsonb NOT NULL CHECK (jsonb_typeof(passages) = 'array'),
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, clustering_id, consultation_id, tenant_id),
        UNIQUE (city_id, clustering_id, no),
        FOREIGN KEY (city_id, clustering_id, consultation_id, tenant_id) REFERENCES opinion_clustering (city_id, id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, representative_id, consultation_id, tenant_id) REFERENCES opinion (city_id, id, consultation_id, tenant_id)
      );

      -- The key has the run: an opinion is in one cluster of it at most.
      CREATE TABLE opinion_cluster_member (
        city_id text NOT NULL,
        clustering_id uuid NOT NULL,
        opinion_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        cluster_id uuid NOT NULL,
        to_common double precision NOT NULL CHECK (to_common BETWEEN 0 AND 1),
        to_representative double precision NOT NULL CHECK (to_representative BETWEEN 0 AND 1),
        PRIMARY KEY (city_id, clustering_id, opinion_id),
        FOREIGN KEY (city_id, cluster_id, clustering_id, consultation_id, tenant_id) REFERENCES opinion_cluster (city_id, id, clustering_id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, opinion_id, consultation_id, tenant_id) REFERENCES opinion (city_id, id, consultation_id, tenant_id)
      );
      -- The least alike first, as a cluster is read.
      CREATE INDEX opinion_cluster_member_least ON opinion_cluster_member (city_id, cluster_id, to_common, opinion_id);

      -- Who computes now. It ends with the run, or by itself where its program was killed.
      CREATE TABLE opinion_clustering_claim (
        city_id text NOT NULL,
        consultation_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        version_id uuid NOT NULL,
        token uuid NOT NULL,
        claimed_by uuid NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, consultation_id),
        FOREIGN KEY (city_id, consultation_id, tenant_id, version_id) REFERENCES consultation (city_id, id, tenant_id, version_id),
        FOREIGN KEY (city_id, claimed_by) REFERENCES account (city_id, id)
      );
    `);
    for (const table of ['opinion_clustering', 'opinion_cluster', 'opinion_cluster_member']) {
      await makeAppendOnly(q, table);
      await protectTable(q, table, { grants: 'SELECT, INSERT' });
    }
    await protectTable(q, 'opinion_clustering_claim', { grants: 'SELECT, INSERT, UPDATE, DELETE' });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what answers were given by is not undone.');
  }
}

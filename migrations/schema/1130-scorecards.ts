import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** Scorecards of departments: the rules of scoring, periods that were closed with their cases and figures in editions, and appeals (ADR 0036). */
export class Scorecards1780000001130 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE scorecard_rules (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        weights jsonb NOT NULL CHECK (jsonb_typeof(weights) = 'object'),
        appeal_days integer NOT NULL CHECK (appeal_days BETWEEN 1 AND 60),
        decide_days integer NOT NULL CHECK (decide_days BETWEEN 1 AND 60),
        valid_from date NOT NULL,
        reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
        set_by uuid NOT NULL,
        set_at timestamptz NOT NULL,
        confirmed_by uuid,
        confirmed_at timestamptz,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, set_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, confirmed_by) REFERENCES account (city_id, id),
        CHECK (confirmed_by <> set_by),
        CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
      );
      -- The set with the later first day counts, so two may not begin on one day.
      CREATE UNIQUE INDEX scorecard_rules_once ON scorecard_rules (city_id, valid_from) WHERE confirmed_at IS NOT NULL;
      CREATE TRIGGER scorecard_rules_unconfirmed BEFORE UPDATE ON scorecard_rules FOR EACH ROW WHEN (OLD.confirmed_at IS NULL)
        EXECUTE FUNCTION refuse_change_except('confirmed_by', 'confirmed_at');
      CREATE TRIGGER scorecard_rules_confirmed BEFORE UPDATE ON scorecard_rules FOR EACH ROW WHEN (OLD.confirmed_at IS NOT NULL) EXECUTE FUNCTION refuse_change_except();

      -- tenant_id is the department of who closed it.
      CREATE TABLE scorecard_period (
        city_id text NOT NULL REFERENCES city (id),
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        label text NOT NULL CHECK (label ~ '^\\d{4}(Q[1-4])?$'),
        from_on date NOT NULL,
        to_on date NOT NULL,
        rules_id uuid,
        weights jsonb NOT NULL CHECK (jsonb_typeof(weights) = 'object'),
        decide_days integer NOT NULL,
        appeal_until date NOT NULL,
        edition integer NOT NULL CHECK (edition > 0),
        closed_by uuid NOT NULL,
        closed_at timestamptz NOT NULL,
        sections jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(sections) = 'object'),
        published_by uuid,
        published_at timestamptz,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, label),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, rules_id) REFERENCES scorecard_rules (city_id, id),
        FOREIGN KEY (city_id, closed_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, published_by) REFERENCES account (city_id, id),
        CHECK (to_on > from_on),
        CHECK (published_by <> closed_by),
        CHECK ((published_by IS NULL) = (published_at IS NULL))
      );
      CREATE TRIGGER scorecard_period_closed BEFORE UPDATE ON scorecard_period FOR EACH ROW WHEN (OLD.published_at IS NULL)
        EXECUTE FUNCTION refuse_change_except('edition', 'sections', 'published_by', 'published_at');
      CREATE TRIGGER scorecard_period_published BEFORE UPDATE ON scorecard_period FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION refuse_change_except();

      -- Every case as it stood when the period was closed. What an appeal made of it stands with the appeal.
      CREATE TABLE scorecard_case (
        city_id text NOT NULL,
        period_id uuid NOT NULL,
        key text NOT NULL,
        tenant_id uuid NOT NULL,
        measure text NOT NULL CHECK (measure IN ('consultation', 'limits', 'interpretation', 'evaluation', 'conclusions', 'current')),
        what text NOT NULL,
        policy_id uuid,
        title text NOT NULL,
        href text NOT NULL,
        from_on date,
        limit_on date,
        done_on date,
        state text NOT NULL CHECK (state IN ('met', 'missed')),
        why text NOT NULL,
        article text NOT NULL,
        PRIMARY KEY (city_id, period_id, key),
        UNIQUE (city_id, period_id, key, tenant_id),
        FOREIGN KEY (city_id, period_id) REFERENCES scorecard_period (city_id, id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, policy_id) REFERENCES policy (city_id, id)
      );
      CREATE INDEX scorecard_case_of ON scorecard_case (city_id, period_id, tenant_id, measure, state, key);

      CREATE TABLE scorecard_appeal (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        period_id uuid NOT NULL,
        case_key text NOT NULL,
        reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
        evidence text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 500),
        idempotency_key text NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 100),
        filed_by uuid NOT NULL,
        filed_at timestamptz NOT NULL,
        due_on date NOT NULL,
        decision text CHECK (decision IN ('excluded', 'counted', 'refused')),
        decision_reason text NOT NULL DEFAULT '',
        decided_by uuid,
        decided_at timestamptz,
        -- The edition that the decision made; null for a refusal.
        edition integer,
        PRIMARY KEY (city_id, id),
        -- One appeal against each case.
        UNIQUE (city_id, period_id, case_key),
        UNIQUE (city_id, tenant_id, idempotency_key),
        FOREIGN KEY (city_id, period_id, case_key, tenant_id) REFERENCES scorecard_case (city_id, period_id, key, tenant_id),
        FOREIGN KEY (city_id, filed_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, decided_by) REFERENCES account (city_id, id),
        CHECK (decided_by <> filed_by),
        CHECK ((decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by IS NULL)),
        CHECK (decision IS NULL OR decision_reason <> ''),
        CHECK (coalesce(decision IN ('excluded', 'counted'), false) = (edition IS NOT NULL))
      );
      CREATE INDEX scorecard_appeal_waiting ON scorecard_appeal (city_id, due_on, id) WHERE decision IS NULL;
      CREATE TRIGGER scorecard_appeal_open BEFORE UPDATE ON scorecard_appeal FOR EACH ROW WHEN (OLD.decision IS NULL)
        EXECUTE FUNCTION refuse_change_except('decision', 'decision_reason', 'decided_by', 'decided_at', 'edition');
      CREATE TRIGGER scorecard_appeal_decided BEFORE UPDATE ON scorecard_appeal FOR EACH ROW WHEN (OLD.decision IS NOT NULL) EXECUTE FUNCTION refuse_change_except();

      CREATE TABLE scorecard_edition (
        city_id text NOT NULL,
        period_id uuid NOT NULL,
        no integer NOT NULL CHECK (no > 0),
        -- Whose doing it is: the department of who closed the period, or the one whose appeal was upheld.
        tenant_id uuid NOT NULL,
        appeal_id uuid,
        content_hash text NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
        made_by uuid NOT NULL,
        made_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, period_id, no),
        FOREIGN KEY (city_id, period_id) REFERENCES scorecard_period (city_id, id),
        FOREIGN KEY (city_id, appeal_id) REFERENCES scorecard_appeal (city_id, id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, made_by) REFERENCES account (city_id, id),
        CHECK ((no = 1) = (appeal_id IS NULL))
      );
      CREATE TABLE scorecard_figure (
        city_id text NOT NULL,
        period_id uuid NOT NULL,
        edition integer NOT NULL,
        tenant_id uuid NOT NULL,
        measure text NOT NULL,
        met integer NOT NULL CHECK (met >= 0),
        counted integer NOT NULL CHECK (counted >= met AND counted > 0),
        PRIMARY KEY (city_id, period_id, edition, tenant_id, measure),
        FOREIGN KEY (city_id, period_id, edition) REFERENCES scorecard_edition (city_id, period_id, no),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id)
      );
    `);
    // Who oversees the city keeps the scores; a department sees its own, and everybody's once the period is published. Nobody outside the departments sees any.
    const staff = `app_tenant() IS NOT NULL OR app_scope() IN ('city', 'system')`;
    const keeper = `app_scope() IN ('city', 'system')`;
    const published = (table: string): string =>
      `app_tenant() IS NOT NULL AND EXISTS (SELECT 1 FROM scorecard_period s WHERE s.city_id = ${table}.city_id AND s.id = ${table}.period_id AND s.published_at IS NOT NULL)`;
    await protectTable(q, 'scorecard_rules', { read: staff, write: keeper });
    await protectTable(q, 'scorecard_period', { read: staff, write: keeper });
    await protectTable(q, 'scorecard_appeal', { alsoRead: published('scorecard_appeal'), alsoUpdate: `app_scope() = 'city'` });
    for (const table of ['scorecard_case', 'scorecard_figure']) {
      await makeAppendOnly(q, table);
      await protectTable(q, table, { alsoRead: published(table), write: keeper, grants: 'SELECT, INSERT' });
    }
    await makeAppendOnly(q, 'scorecard_edition');
    await protectTable(q, 'scorecard_edition', { read: staff, write: keeper, grants: 'SELECT, INSERT' });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: figures that were closed, appealed and published are not undone.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '../support';

/** Circulation of a draft to other departments: who is asked until when, what they reply, how it is handled, and coordination of disagreement. */
export class Circulation1780000000970 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE circulation (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        version_id uuid NOT NULL,
        letter text NOT NULL CHECK (letter <> ''),
        working_days integer NOT NULL CHECK (working_days BETWEEN 1 AND 60),
        reply_on date NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'closed')),
        opened_by uuid NOT NULL,
        opened_at timestamptz NOT NULL,
        closed_by uuid,
        closed_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, version_id) REFERENCES policy_version (city_id, id),
        FOREIGN KEY (city_id, opened_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, closed_by) REFERENCES account (city_id, id),
        CHECK ((state = 'closed') = (closed_at IS NOT NULL))
      );
      CREATE UNIQUE INDEX circulation_one_open ON circulation (city_id, policy_id) WHERE state = 'open';
      CREATE INDEX circulation_policy ON circulation (city_id, policy_id, opened_at DESC, id DESC);
      CREATE INDEX circulation_due ON circulation (city_id, reply_on) WHERE state = 'open';

      -- tenant_id is the department that is asked, owner_tenant_id the one that drafts: as in participation, so that no rule asks another table.
      CREATE TABLE circulation_invitation (
        city_id text NOT NULL,
        circulation_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        owner_tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        opened_at timestamptz NOT NULL,
        PRIMARY KEY (city_id, circulation_id, tenant_id),
        UNIQUE (city_id, circulation_id, tenant_id, owner_tenant_id),
        FOREIGN KEY (city_id, circulation_id) REFERENCES circulation (city_id, id),
        CHECK (tenant_id <> owner_tenant_id),
        FOREIGN KEY (city_id, policy_id, owner_tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, tenant_id) REFERENCES department (city_id, id)
      );
      CREATE INDEX circulation_invitation_tenant ON circulation_invitation (city_id, tenant_id, opened_at DESC, circulation_id DESC);

      CREATE TABLE circulation_reply (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        owner_tenant_id uuid NOT NULL,
        circulation_id uuid NOT NULL,
        stance text NOT NULL CHECK (stance IN ('no_comment', 'comments', 'disagree')),
        statement text NOT NULL DEFAULT '',
        drafted_by uuid NOT NULL,
        drafted_at timestamptz NOT NULL,
        -- Everybody who had a hand in it: none of them signs it.
        drafters uuid[] NOT NULL,
        signed_by uuid,
        signed_at timestamptz,
        late boolean NOT NULL DEFAULT false,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, circulation_id, tenant_id),
        UNIQUE (city_id, id, circulation_id, tenant_id, owner_tenant_id),
        FOREIGN KEY (city_id, circulation_id, tenant_id, owner_tenant_id) REFERENCES circulation_invitation (city_id, circulation_id, tenant_id, owner_tenant_id),
        FOREIGN KEY (city_id, drafted_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, signed_by) REFERENCES account (city_id, id),
        CHECK ((signed_by IS NULL) = (signed_at IS NULL)),
        CHECK (drafted_by = ANY (drafters)),
        CHECK (signed_by IS NULL OR signed_by <> ALL (drafters))
      );

      -- The opinions of a reply belong to the department that gives them, until it signs and for good afterwards.
      CREATE TABLE circulation_opinion (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        owner_tenant_id uuid NOT NULL,
        circulation_id uuid NOT NULL,
        reply_id uuid NOT NULL,
        seq integer NOT NULL CHECK (seq > 0),
        clause_identity text,
        clause_label text NOT NULL DEFAULT '',
        quote text NOT NULL DEFAULT '',
        text text NOT NULL CHECK (text <> ''),
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, reply_id, seq),
        FOREIGN KEY (city_id, reply_id, circulation_id, tenant_id, owner_tenant_id)
          REFERENCES circulation_reply (city_id, id, circulation_id, tenant_id, owner_tenant_id)
      );
      CREATE INDEX circulation_opinion_circulation ON circulation_opinion (city_id, circulation_id);

      CREATE TABLE circulation_handling (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        other_tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        opinion_id uuid NOT NULL,
        disposition text NOT NULL CHECK (disposition IN ('adopted', 'partly', 'not_adopted')),
        reason text NOT NULL CHECK (reason <> ''),
        changed_identity text,
        handled_by uuid NOT NULL,
        handled_at timestamptz NOT NULL,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, opinion_id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, other_tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, opinion_id) REFERENCES circulation_opinion (city_id, id),
        FOREIGN KEY (city_id, handled_by) REFERENCES account (city_id, id),
        CHECK ((disposition = 'not_adopted') = (changed_identity IS NULL))
      );
      CREATE INDEX circulation_handling_policy ON circulation_handling (city_id, policy_id);

      CREATE TABLE coordination (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        other_tenant_id uuid NOT NULL,
        policy_id uuid NOT NULL,
        reply_id uuid NOT NULL,
        level text NOT NULL CHECK (level IN ('departments', 'coordinator', 'government')),
        held_on date NOT NULL,
        participants text NOT NULL CHECK (participants <> ''),
        outcome text NOT NULL CHECK (outcome IN ('agreed', 'decided', 'unresolved')),
        minutes text NOT NULL CHECK (minutes <> ''),
        recorded_by uuid NOT NULL,
        recorded_at timestamptz NOT NULL,
        -- What the department that disagreed says of a recorded agreement.
        answer text CHECK (answer IN ('confirmed', 'denied')),
        answered_by uuid,
        answered_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        FOREIGN KEY (city_id, policy_id, tenant_id) REFERENCES policy (city_id, id, tenant_id),
        FOREIGN KEY (city_id, other_tenant_id) REFERENCES department (city_id, id),
        FOREIGN KEY (city_id, reply_id) REFERENCES circulation_reply (city_id, id),
        FOREIGN KEY (city_id, recorded_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, answered_by) REFERENCES account (city_id, id),
        CHECK ((answered_by IS NULL) = (answered_at IS NULL) AND (answered_by IS NULL) = (answer IS NULL)),
        CHECK (outcome = 'agreed' OR answer IS NULL),
        -- Departments of one rank agree or do not; who stands above them decides.
        CHECK (level <> 'departments' OR outcome <> 'decided')
      );
      CREATE INDEX coordination_policy ON coordination (city_id, policy_id, recorded_at);

      -- A signed reply stands as it was given, its opinions too; a recorded meeting is answered once.
      CREATE TRIGGER circulation_fixed BEFORE UPDATE ON circulation FOR EACH ROW EXECUTE FUNCTION refuse_change_except('state', 'closed_by', 'closed_at', 'row_version');
      CREATE TRIGGER circulation_reply_unsigned BEFORE UPDATE ON circulation_reply FOR EACH ROW WHEN (OLD.signed_at IS NULL)
        EXECUTE FUNCTION refuse_change_except('stance', 'statement', 'drafted_by', 'drafted_at', 'drafters', 'signed_by', 'signed_at', 'late', 'row_version');
      CREATE TRIGGER circulation_reply_signed BEFORE UPDATE ON circulation_reply FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION refuse_change_except();
      CREATE TRIGGER coordination_unanswered BEFORE UPDATE ON coordination FOR EACH ROW WHEN (OLD.answer IS NULL)
        EXECUTE FUNCTION refuse_change_except('answer', 'answered_by', 'answered_at', 'row_version');
      CREATE TRIGGER coordination_answered BEFORE UPDATE ON coordination FOR EACH ROW WHEN (OLD.answer IS NOT NULL) EXECUTE FUNCTION refuse_change_except();
      CREATE FUNCTION refuse_signed_opinion() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          opinion circulation_opinion := CASE TG_OP WHEN 'INSERT' THEN NEW ELSE OLD END;
          signed timestamptz;
        BEGIN
          -- Held, so that no signature comes between the look and the write.
          SELECT r.signed_at INTO signed FROM circulation_reply r WHERE r.city_id = opinion.city_id AND r.id = opinion.reply_id FOR SHARE;
          IF signed IS NOT NULL THEN
            RAISE EXCEPTION 'the opinions of a signed reply are immutable' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN opinion;
        END $$;
      CREATE TRIGGER circulation_opinion_unsigned BEFORE INSERT OR DELETE ON circulation_opinion FOR EACH ROW EXECUTE FUNCTION refuse_signed_opinion();
      CREATE TRIGGER circulation_opinion_fixed BEFORE UPDATE ON circulation_opinion FOR EACH ROW EXECUTE FUNCTION refuse_change();

      ALTER TABLE policy_procedure ADD COLUMN concerns_others boolean NOT NULL DEFAULT false;
    `);
    const drafts = 'owner_tenant_id = app_tenant()';
    const invited = `EXISTS (SELECT 1 FROM circulation_invitation i WHERE i.city_id = circulation.city_id AND i.circulation_id = circulation.id AND i.tenant_id = app_tenant())`;
    await protectTable(q, 'circulation', { alsoRead: invited });
    await protectTable(q, 'circulation_invitation', { alsoRead: drafts, write: `${drafts} OR app_scope() = 'system'`, grants: 'SELECT, INSERT' });
    // Until it is signed a reply is its department's own paper, for whoever oversees the city too.
    await protectTable(q, 'circulation_reply', {
      read: `tenant_id = app_tenant() OR app_scope() = 'system' OR (signed_at IS NOT NULL AND (${drafts} OR app_scope() = 'city'))`,
    });
    const signed = `EXISTS (SELECT 1 FROM circulation_reply r WHERE r.city_id = circulation_opinion.city_id AND r.id = circulation_opinion.reply_id AND r.signed_at IS NOT NULL)`;
    await protectTable(q, 'circulation_opinion', {
      read: `tenant_id = app_tenant() OR app_scope() = 'system' OR (${signed} AND (${drafts} OR app_scope() = 'city'))`, grants: 'SELECT, INSERT, DELETE',
    });
    await protectTable(q, 'circulation_handling', { alsoRead: 'other_tenant_id = app_tenant()' });
    // Recorded by the drafting department or by who oversees the city; an agreement is answered by the department that disagreed.
    await protectTable(q, 'coordination', { alsoRead: 'other_tenant_id = app_tenant()', alsoWrite: `app_scope() = 'city'`, alsoUpdate: 'other_tenant_id = app_tenant()' });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: signed replies are not undone.');
  }
}

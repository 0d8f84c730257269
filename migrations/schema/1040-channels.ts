import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTable } from '../support';

/** How an opinion comes into the register that nobody posted on the website: letters, mails, workbooks, and what was said at a hearing, a symposium or a visit (ADR 0025). */
export class Channels1780000001040 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- A department enters what came to it by other ways; it does not speak as a visitor of the website.
      CREATE POLICY opinion_channel ON opinion AS RESTRICTIVE FOR INSERT TO policyloop_app WITH CHECK (city_id = app_city() AND (app_tenant() IS NULL OR channel <> 'website'));

      CREATE TABLE consultation_event (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        version_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('hearing', 'symposium', 'field_visit')),
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        place text NOT NULL CHECK (length(place) BETWEEN 1 AND 200),
        starts_at timestamptz NOT NULL,
        agenda text NOT NULL CHECK (length(agenda) BETWEEN 1 AND 5000),
        moderator text NOT NULL CHECK (length(moderator) BETWEEN 1 AND 50),
        clerk text NOT NULL CHECK (length(clerk) BETWEEN 1 AND 50),
        seats integer CHECK (seats BETWEEN 3 AND 500),
        sign_up_until timestamptz CHECK (sign_up_until < starts_at),
        selection_rule text CHECK (length(selection_rule) BETWEEN 1 AND 2000),
        -- Days before the hearing that its materials must have arrived, as the rule was when it was announced; null where no rule asks for it.
        materials_days integer CHECK (materials_days > 0),
        state text NOT NULL CHECK (state IN ('announced', 'selected', 'held', 'finished', 'cancelled')),
        announced_at timestamptz NOT NULL,
        created_by uuid NOT NULL,
        changed_reason text CHECK (length(changed_reason) BETWEEN 1 AND 500),
        proceedings text CHECK (length(proceedings) BETWEEN 1 AND 20000),
        minutes_hash text CHECK (minutes_hash ~ '^[0-9a-f]{64}$'),
        finished_at timestamptz,
        finished_by uuid,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, consultation_id, tenant_id, version_id) REFERENCES consultation (city_id, id, tenant_id, version_id),
        FOREIGN KEY (city_id, created_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, finished_by) REFERENCES account (city_id, id),
        CHECK ((seats IS NULL) = (sign_up_until IS NULL) AND (seats IS NULL) = (selection_rule IS NULL)),
        CHECK (kind <> 'hearing' OR (seats IS NOT NULL AND materials_days IS NOT NULL)),
        CHECK (kind <> 'field_visit' OR seats IS NULL),
        CHECK (state <> 'cancelled' OR changed_reason IS NOT NULL),
        CHECK ((state = 'finished') = (minutes_hash IS NOT NULL AND finished_at IS NOT NULL AND finished_by IS NOT NULL AND proceedings IS NOT NULL))
      );
      CREATE INDEX consultation_event_of ON consultation_event (city_id, consultation_id, starts_at, id);
      CREATE INDEX consultation_event_due ON consultation_event (city_id, starts_at, id) WHERE state IN ('announced', 'selected', 'held');

      -- Signed minutes stay as they were signed.
      CREATE FUNCTION refuse_finished_event() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' OR OLD.state IN ('finished', 'cancelled') OR NEW.consultation_id <> OLD.consultation_id OR NEW.kind <> OLD.kind THEN
            RAISE EXCEPTION 'what was held or called off is not changed' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER consultation_event_final BEFORE UPDATE OR DELETE ON consultation_event FOR EACH ROW EXECUTE FUNCTION refuse_finished_event();

      -- Who signed up or was invited. How to reach them is for the department alone.
      CREATE TABLE event_participant (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        event_id uuid NOT NULL,
        source text NOT NULL CHECK (source IN ('sign_up', 'invited')),
        account_id uuid,
        kind text NOT NULL CHECK (kind IN ('enterprise', 'resident')),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
        public_name text NOT NULL,
        contact text NOT NULL CHECK (length(contact) BETWEEN 1 AND 200),
        represents text CHECK (length(represents) BETWEEN 1 AND 100),
        standpoint text NOT NULL CHECK (standpoint IN ('support', 'oppose', 'suggest')),
        reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
        receipt_no text NOT NULL,
        receipt_code_hash text NOT NULL,
        idempotency_key text NOT NULL,
        applied_at timestamptz NOT NULL,
        state text NOT NULL CHECK (state IN ('applied', 'selected', 'declined')),
        decision_reason text CHECK (length(decision_reason) BETWEEN 1 AND 500),
        decided_at timestamptz,
        decided_by uuid,
        delivered_on date,
        delivered_how text CHECK (length(delivered_how) BETWEEN 1 AND 200),
        delivered_by uuid,
        signature text CHECK (signature IN ('signed', 'refused', 'absent')),
        signature_note text CHECK (length(signature_note) BETWEEN 1 AND 500),
        signed_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, event_id),
        UNIQUE (city_id, event_id, idempotency_key),
        UNIQUE (city_id, receipt_no),
        UNIQUE (city_id, receipt_code_hash),
        FOREIGN KEY (city_id, event_id, consultation_id, tenant_id) REFERENCES consultation_event (city_id, id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, account_id) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, decided_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, delivered_by) REFERENCES account (city_id, id),
        CHECK ((state = 'applied') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
        CHECK (state <> 'declined' OR decision_reason IS NOT NULL),
        CHECK ((delivered_on IS NULL) = (delivered_how IS NULL) AND (delivered_on IS NULL) = (delivered_by IS NULL)),
        CHECK ((signature IS NULL) = (signed_at IS NULL)),
        CHECK (signature <> 'refused' OR signature_note IS NOT NULL),
        CHECK (state = 'selected' OR (delivered_on IS NULL AND signature IS NULL))
      );
      CREATE INDEX event_participant_of ON event_participant (city_id, event_id, applied_at, id);
      -- Nobody signs up twice for the same event under an account.
      CREATE UNIQUE INDEX event_participant_account ON event_participant (city_id, event_id, account_id) WHERE account_id IS NOT NULL;

      -- Signing up is for whoever is in no department, until its instant; the event is locked, so that a selection and a sign-up follow each other.
      CREATE FUNCTION refuse_untimely_participant() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE e consultation_event%ROWTYPE;
        BEGIN
          SELECT * INTO e FROM consultation_event WHERE city_id = NEW.city_id AND id = NEW.event_id FOR SHARE;
          IF NOT FOUND OR e.state IN ('finished', 'cancelled')
             OR (NEW.source = 'sign_up' AND (e.state <> 'announced' OR e.sign_up_until IS NULL OR NEW.applied_at >= e.sign_up_until OR NEW.state <> 'applied')) THEN
            RAISE EXCEPTION 'this event takes no participant now' USING ERRCODE = 'PLC02';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER event_participant_timely BEFORE INSERT ON event_participant FOR EACH ROW EXECUTE FUNCTION refuse_untimely_participant();

      -- What somebody signed up with stays; what the department decides about it does not change once the minutes are signed.
      CREATE FUNCTION refuse_participant_edit() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE decided text[] := ARRAY['state', 'decision_reason', 'decided_at', 'decided_by', 'delivered_on', 'delivered_how', 'delivered_by', 'signature', 'signature_note', 'signed_at', 'row_version'];
        BEGIN
          IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - decided) <> (to_jsonb(OLD) - decided)
             OR EXISTS (SELECT 1 FROM consultation_event e WHERE e.city_id = NEW.city_id AND e.id = NEW.event_id AND e.state IN ('finished', 'cancelled')) THEN
            RAISE EXCEPTION 'a participant is not changed or deleted' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER event_participant_immutable BEFORE UPDATE OR DELETE ON event_participant FOR EACH ROW EXECUTE FUNCTION refuse_participant_edit();

      -- A workbook that was read, and whether its rows went into the register: all of them, once.
      CREATE TABLE opinion_batch (
        city_id text NOT NULL,
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        version_id uuid NOT NULL,
        filename text NOT NULL CHECK (length(filename) BETWEEN 1 AND 200),
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        state text NOT NULL CHECK (state IN ('checked', 'registered', 'discarded')),
        row_count integer NOT NULL CHECK (row_count > 0),
        error_count integer NOT NULL CHECK (error_count >= 0),
        -- The rows as they were read and what is wrong with them; emptied once they are in the register or given up.
        rows jsonb NOT NULL CHECK (jsonb_typeof(rows) = 'array'),
        errors jsonb NOT NULL CHECK (jsonb_typeof(errors) = 'array'),
        uploaded_by uuid NOT NULL,
        uploaded_at timestamptz NOT NULL,
        registered_by uuid,
        registered_at timestamptz,
        row_version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (city_id, id),
        UNIQUE (city_id, id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, consultation_id, tenant_id, version_id) REFERENCES consultation (city_id, id, tenant_id, version_id),
        FOREIGN KEY (city_id, uploaded_by) REFERENCES account (city_id, id),
        FOREIGN KEY (city_id, registered_by) REFERENCES account (city_id, id),
        CHECK ((state = 'registered') = (registered_at IS NOT NULL) AND (registered_by IS NULL) = (registered_at IS NULL)),
        CHECK (state <> 'registered' OR error_count = 0),
        CHECK (state = 'checked' OR rows = '[]')
      );
      -- The same workbook goes into the register of a consultation once.
      CREATE UNIQUE INDEX opinion_batch_once ON opinion_batch (city_id, consultation_id, sha256) WHERE state = 'registered';
      CREATE INDEX opinion_batch_newest ON opinion_batch (city_id, consultation_id, uploaded_at DESC, id DESC);

      -- Where an opinion that a department entered came from. Beside the opinion and not in it: the leaf of its tree binds what it is and when it was entered.
      CREATE TABLE opinion_source (
        city_id text NOT NULL,
        opinion_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        consultation_id uuid NOT NULL,
        channel text NOT NULL CHECK (channel IN ('letter', 'email', 'hearing', 'symposium', 'field_visit')),
        arrived_on date NOT NULL,
        reference text CHECK (length(reference) BETWEEN 1 AND 200),
        message_id text CHECK (length(message_id) BETWEEN 1 AND 1000),
        batch_id uuid,
        batch_row integer CHECK (batch_row > 0),
        event_id uuid,
        participant_id uuid,
        registered_by uuid NOT NULL,
        PRIMARY KEY (city_id, opinion_id),
        FOREIGN KEY (city_id, opinion_id, consultation_id, tenant_id) REFERENCES opinion (city_id, id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, batch_id, consultation_id, tenant_id) REFERENCES opinion_batch (city_id, id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, event_id, consultation_id, tenant_id) REFERENCES consultation_event (city_id, id, consultation_id, tenant_id),
        FOREIGN KEY (city_id, participant_id, event_id) REFERENCES event_participant (city_id, id, event_id),
        FOREIGN KEY (city_id, registered_by) REFERENCES account (city_id, id),
        CHECK ((batch_id IS NULL) = (batch_row IS NULL)),
        CHECK (participant_id IS NULL OR event_id IS NOT NULL),
        CHECK (message_id IS NULL OR channel = 'email')
      );
      CREATE INDEX opinion_source_of ON opinion_source (city_id, consultation_id, channel);
      CREATE INDEX opinion_source_batch ON opinion_source (city_id, batch_id, batch_row) WHERE batch_id IS NOT NULL;
      CREATE INDEX opinion_source_event ON opinion_source (city_id, event_id) WHERE event_id IS NOT NULL;
      CREATE UNIQUE INDEX opinion_source_message ON opinion_source (city_id, consultation_id, message_id) WHERE message_id IS NOT NULL;

      -- The channel is the opinion's, and a statement's that of its event; nothing is said to have arrived after it was entered.
      CREATE FUNCTION refuse_other_source() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE o opinion%ROWTYPE; e consultation_event%ROWTYPE;
        BEGIN
          SELECT * INTO o FROM opinion WHERE city_id = NEW.city_id AND id = NEW.opinion_id;
          SELECT * INTO e FROM consultation_event WHERE city_id = NEW.city_id AND id = NEW.event_id FOR SHARE;
          IF o.channel IS DISTINCT FROM NEW.channel OR NEW.arrived_on > (o.received_at AT TIME ZONE 'Asia/Shanghai')::date
             OR (NEW.event_id IS NOT NULL AND (e.kind IS DISTINCT FROM NEW.channel OR e.state IS DISTINCT FROM 'held')) THEN
            RAISE EXCEPTION 'this is not where the opinion came from' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER opinion_source_true BEFORE INSERT ON opinion_source FOR EACH ROW EXECUTE FUNCTION refuse_other_source();

      -- What a department enters says where it came from, at the latest when the transaction ends.
      CREATE FUNCTION refuse_unsourced_opinion() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NOT EXISTS (SELECT 1 FROM opinion_source s WHERE s.city_id = NEW.city_id AND s.opinion_id = NEW.id) THEN
            RAISE EXCEPTION 'an opinion that a department enters has a source' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NULL;
        END $$;
      CREATE CONSTRAINT TRIGGER opinion_sourced AFTER INSERT ON opinion DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (NEW.channel IN ('letter', 'email', 'hearing', 'symposium', 'field_visit')) EXECUTE FUNCTION refuse_unsourced_opinion();

      -- The department has seen the code of such an opinion's receipt, so the code does not prove the author (ADR 0022 lets authors alone withdraw).
      CREATE FUNCTION refuse_withdrawal_of_entered() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (SELECT 1 FROM opinion_source s WHERE s.city_id = NEW.city_id AND s.opinion_id = NEW.opinion_id) THEN
            RAISE EXCEPTION 'an opinion that a department entered is not withdrawn by a code' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER opinion_withdrawal_own BEFORE INSERT ON opinion_withdrawal FOR EACH ROW EXECUTE FUNCTION refuse_withdrawal_of_entered();
    `);
    await makeAppendOnly(q, 'opinion_source');
    await protectTable(q, 'consultation_event', {
      alsoRead: `kind <> 'field_visit'`,
      publicRead: `kind <> 'field_visit'`,
      publicColumns: [
        'city_id', 'id', 'tenant_id', 'consultation_id', 'kind', 'title', 'place', 'starts_at', 'agenda', 'moderator', 'clerk', 'seats', 'sign_up_until', 'selection_rule', 'materials_days', 'state',
        'announced_at', 'changed_reason', 'proceedings', 'minutes_hash', 'finished_at',
      ],
    });
    await protectTable(q, 'event_participant', {
      alsoRead: 'account_id = app_account()',
      alsoWrite: `app_tenant() IS NULL AND source = 'sign_up' AND state = 'applied' AND account_id IS NOT DISTINCT FROM app_account()`,
      // Who takes part is published before the event; who only signed up is not.
      publicRead: `state = 'selected'`,
      publicColumns: ['city_id', 'id', 'tenant_id', 'consultation_id', 'event_id', 'source', 'kind', 'public_name', 'represents', 'standpoint', 'state', 'signature'],
    });
    // Signing up is for everybody, deciding for the department alone.
    await q.query(`
      DROP POLICY app_update ON event_participant;
      CREATE POLICY app_update ON event_participant FOR UPDATE TO policyloop_app USING (city_id = app_city() AND (tenant_id = app_tenant() OR app_scope() = 'system'));
    `);
    await protectTable(q, 'opinion_batch');
    await protectTable(q, 'opinion_source', {
      grants: 'SELECT, INSERT',
      // Which of the shown opinions were said at which event; nothing else of where an opinion came from.
      publicRead: 'event_id IS NOT NULL',
      publicColumns: ['city_id', 'opinion_id', 'tenant_id', 'consultation_id', 'channel', 'event_id'],
    });
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup: what the public said is not undone.');
  }
}

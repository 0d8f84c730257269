import { DomainError, isId } from '@platform/kernel';
import type { PublicReader, TenantTx } from '@platform/persistence';
import { type EventState, type EventTerms, lastDelivery, type Signature } from '../domain/events';
import type { Stance } from '../domain/figures';
import { maskPersonal } from '../domain/personal-data';
import { receiptCodeHash } from '../domain/receipt';

/** What everybody reads of a hearing or symposium. */
export interface ConsultationEvent extends EventTerms {
  id: string;
  consultationId: string;
  state: EventState;
  announcedAt: Date;
  changedReason: string | null;
  proceedings: string | null;
  minutesHash: string | null;
  finishedAt: Date | null;
  /** The last day on which materials arrive in time; null where no rule asks for it. */
  deliverUntil: string | null;
}

const EVENT = `SELECT e.id, e.consultation_id AS "consultationId", e.kind, e.title, e.place, e.starts_at AS "startsAt", e.agenda, e.moderator, e.clerk, e.seats, e.sign_up_until AS "signUpUntil",
    e.selection_rule AS "selectionRule", e.materials_days AS "materialsDays", e.state, e.announced_at AS "announcedAt", e.changed_reason AS "changedReason", e.proceedings, e.minutes_hash AS "minutesHash",
    e.finished_at AS "finishedAt" FROM consultation_event e`;
const NEXT_FIRST = `e.state IN ('finished', 'cancelled'), e.starts_at, e.id`;
type EventRow = Omit<ConsultationEvent, 'deliverUntil'>;
const eventOf = (row: EventRow): ConsultationEvent => ({ ...row, deliverUntil: row.materialsDays === null ? null : lastDelivery(row.startsAt, row.materialsDays) });

/** The events of one's department's consultation, the next first, what is over last. */
export const staffEvents = async (tx: TenantTx, consultationId: string): Promise<ConsultationEvent[]> =>
  (await tx.query<EventRow>(`${EVENT} WHERE e.city_id = $1 AND e.consultation_id = $2 AND (e.tenant_id = $3 OR $4) ORDER BY ${NEXT_FIRST}`, [tx.cityId, consultationId, tx.actor.tenantId, tx.actor.scope === 'city'])).map(eventOf);

/** Hearings and symposia of a consultation, which are public; visits are not announced. */
export const publicEvents = async (reader: PublicReader, cityId: string, consultationId: string): Promise<ConsultationEvent[]> =>
  (await reader.query<EventRow>(`${EVENT} WHERE e.city_id = $1 AND e.consultation_id = $2 ORDER BY ${NEXT_FIRST}`, [cityId, consultationId])).map(eventOf);

export interface EventParticipant {
  id: string;
  source: 'sign_up' | 'invited';
  kind: 'enterprise' | 'resident';
  name: string;
  contact: string;
  represents: string | null;
  standpoint: Stance;
  reason: string;
  state: 'applied' | 'selected' | 'declined';
  decisionReason: string | null;
  deliveredOn: string | null;
  deliveredHow: string | null;
  signature: Signature | null;
  signatureNote: string | null;
}

export interface EventStatement {
  opinionId: string;
  receiptNo: string;
  participantId: string;
  name: string;
  text: string;
  stance: Stance;
  clauseLabel: string | null;
}

export interface StaffEvent extends ConsultationEvent {
  participants: EventParticipant[];
  statements: EventStatement[];
}

/** One event of one's department with everybody in it and everything said; or "not found". */
export async function readStaffEvent(tx: TenantTx, consultationId: string, eventId: string): Promise<StaffEvent> {
  const [row] = isId(eventId) && isId(consultationId)
    ? await tx.query<EventRow>(`${EVENT} WHERE e.city_id = $1 AND e.consultation_id = $2 AND e.tenant_id = $3 AND e.id = $4`, [tx.cityId, consultationId, tx.actor.tenantId, eventId])
    : [];
  if (!row) throw DomainError.notFound();
  const participants = await tx.query<EventParticipant>(
    `SELECT id, source, kind, name, contact, represents, standpoint, reason, state, decision_reason AS "decisionReason", delivered_on::text AS "deliveredOn", delivered_how AS "deliveredHow", signature,
       signature_note AS "signatureNote" FROM event_participant WHERE city_id = $1 AND event_id = $2 AND tenant_id = $3 ORDER BY applied_at, id`, [tx.cityId, eventId, tx.actor.tenantId]);
  const statements = await tx.query<EventStatement>(
    `SELECT o.id AS "opinionId", o.receipt_no AS "receiptNo", s.participant_id AS "participantId", p.name, o.text, o.stance, v.label AS "clauseLabel" FROM opinion_source s
     JOIN opinion o ON o.city_id = s.city_id AND o.id = s.opinion_id JOIN event_participant p ON p.city_id = s.city_id AND p.id = s.participant_id
     LEFT JOIN provision v ON v.city_id = o.city_id AND v.version_id = o.version_id AND v.clause_id = o.clause_id
     WHERE s.city_id = $1 AND s.event_id = $2 AND s.tenant_id = $3 ORDER BY o.received_at, o.id`, [tx.cityId, eventId, tx.actor.tenantId]);
  return { ...eventOf(row), participants, statements };
}

export interface PublicParticipant {
  publicName: string;
  kind: string;
  source: string;
  represents: string | null;
  standpoint: Stance;
  signature: Signature | null;
}

export interface PublicEvent extends ConsultationEvent {
  consultationTitle: string;
  department: string;
  participants: PublicParticipant[];
  /** The shown opinions that were said there. */
  statements: { receiptNo: string; publicName: string | null; authorKind: string; text: string; stance: Stance }[];
}

/** A hearing or symposium as everybody reads it, with who takes part; or "not found". Proceedings are masked as opinions are. */
export async function readPublicEvent(reader: PublicReader, cityId: string, consultationId: string, eventId: string): Promise<PublicEvent> {
  const [row] = isId(eventId) && isId(consultationId) ? await reader.query<EventRow>(`${EVENT} WHERE e.city_id = $1 AND e.consultation_id = $2 AND e.id = $3`, [cityId, consultationId, eventId]) : [];
  if (!row) throw DomainError.notFound();
  const [about] = await reader.query<{ title: string; department: string }>(
    'SELECT c.title, d.name AS department FROM consultation c JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id WHERE c.city_id = $1 AND c.id = $2', [cityId, consultationId]);
  const participants = await reader.query<PublicParticipant>(
    `SELECT public_name AS "publicName", kind, source, represents, standpoint, signature FROM event_participant WHERE city_id = $1 AND event_id = $2 AND state = 'selected' ORDER BY source DESC, id`, [cityId, eventId]);
  const statements = await reader.query<PublicEvent['statements'][number]>(
    `SELECT o.receipt_no AS "receiptNo", o.public_name AS "publicName", o.author_kind AS "authorKind", o.text, o.stance FROM opinion_source s JOIN opinion o ON o.city_id = s.city_id AND o.id = s.opinion_id
     WHERE s.city_id = $1 AND s.event_id = $2 AND o.moderation = 'shown' ORDER BY o.received_at, o.id`, [cityId, eventId]);
  return {
    ...eventOf(row), proceedings: row.proceedings && maskPersonal(row.proceedings), consultationTitle: about?.title ?? '', department: about?.department ?? '', participants,
    statements: statements.map((statement) => ({ ...statement, text: maskPersonal(statement.text) })),
  };
}

/** What became of a sign-up, for whoever holds its code; runs as the machinery of the city, as `receiptStatus` does. */
export interface SignUpStatus {
  receiptNo: string;
  title: string;
  startsAt: Date;
  place: string;
  eventState: EventState;
  state: 'applied' | 'selected' | 'declined';
  decisionReason: string | null;
  deliveredOn: string | null;
}

export async function signUpStatus(tx: TenantTx, eventId: string, code: string): Promise<SignUpStatus> {
  const hash = receiptCodeHash(code);
  const [row] = hash === null || !isId(eventId) ? [] : await tx.query<SignUpStatus>(
    `SELECT p.receipt_no AS "receiptNo", e.title, e.starts_at AS "startsAt", e.place, e.state AS "eventState", p.state, p.decision_reason AS "decisionReason", p.delivered_on::text AS "deliveredOn"
     FROM event_participant p JOIN consultation_event e ON e.city_id = p.city_id AND e.id = p.event_id WHERE p.city_id = $1 AND p.event_id = $2 AND p.receipt_code_hash = $3`, [tx.cityId, eventId, hash]);
  if (!row) throw DomainError.notFound('consultation:error.noReceipt');
  return row;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EventKind, EventState, Signature } from '../domain/events';
import type { Stance } from '../domain/figures';

/** A hearing, symposium or visit of a consultation. */
@Entity('consultation_event')
export class ConsultationEventRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'consultation_id' }) consultationId: string;
  @Column('uuid', { name: 'version_id' }) versionId: string;
  @Column('text') kind: EventKind;
  @Column('text') title: string;
  @Column('text') place: string;
  @Column('timestamptz', { name: 'starts_at' }) startsAt: Date;
  @Column('text') agenda: string;
  /** 主持人. */
  @Column('text') moderator: string;
  /** 记录人. */
  @Column('text') clerk: string;
  /** Null where nobody signs up. */
  @Column('integer', { nullable: true }) seats: number | null;
  /** The first instant that is too late. */
  @Column('timestamptz', { name: 'sign_up_until', nullable: true }) signUpUntil: Date | null;
  /** 遴选办法, published with the announcement. */
  @Column('text', { name: 'selection_rule', nullable: true }) selectionRule: string | null;
  /** Calendar days before a hearing that its materials must have arrived; null where no rule asks for it. */
  @Column('integer', { name: 'materials_days', nullable: true }) materialsDays: number | null;
  @Column('text') state: EventState;
  @Column('timestamptz', { name: 'announced_at' }) announcedAt: Date;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  /** Why it was put off or called off; public. */
  @Column('text', { name: 'changed_reason', nullable: true }) changedReason: string | null;
  @Column('text', { nullable: true }) proceedings: string | null;
  /** SHA-256 of the minutes as they were signed, 64 hexadecimal digits. */
  @Column('text', { name: 'minutes_hash', nullable: true }) minutesHash: string | null;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt: Date | null;
  @Column('uuid', { name: 'finished_by', nullable: true }) finishedBy: string | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

/** Who signed up for an event or was invited. */
@Entity('event_participant')
export class EventParticipantRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'consultation_id' }) consultationId: string;
  @Column('uuid', { name: 'event_id' }) eventId: string;
  @Column('text') source: 'sign_up' | 'invited';
  @Column('uuid', { name: 'account_id', nullable: true }) accountId: string | null;
  @Column('text') kind: 'enterprise' | 'resident';
  @Column('text') name: string;
  @Column('text', { name: 'public_name' }) publicName: string;
  /** Telephone or address; never public. */
  @Column('text') contact: string;
  @Column('text', { nullable: true }) represents: string | null;
  @Column('text') standpoint: Stance;
  @Column('text') reason: string;
  @Column('text', { name: 'receipt_no' }) receiptNo: string;
  @Column('text', { name: 'receipt_code_hash' }) receiptCodeHash: string;
  @Column('text', { name: 'idempotency_key' }) idempotencyKey: string;
  @Column('timestamptz', { name: 'applied_at' }) appliedAt: Date;
  @Column('text') state: 'applied' | 'selected' | 'declined';
  @Column('text', { name: 'decision_reason', nullable: true }) decisionReason: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt: Date | null;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  /** The day the materials reached them. */
  @Column('date', { name: 'delivered_on', nullable: true }) deliveredOn: string | null;
  @Column('text', { name: 'delivered_how', nullable: true }) deliveredHow: string | null;
  @Column('uuid', { name: 'delivered_by', nullable: true }) deliveredBy: string | null;
  @Column('text', { nullable: true }) signature: Signature | null;
  /** Why they did not sign, or what they want added. */
  @Column('text', { name: 'signature_note', nullable: true }) signatureNote: string | null;
  @Column('timestamptz', { name: 'signed_at', nullable: true }) signedAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EnteredChannel } from '../domain/entries';

/** Where an opinion that the department entered came from; never changed. */
@Entity('opinion_source')
export class OpinionSourceRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  /** That of the opinion. */
  @PrimaryColumn('uuid', { name: 'opinion_id' }) id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'consultation_id' }) consultationId: string;
  @Column('text') channel: EnteredChannel;
  /** The day it came to the department; when it was entered is the opinion's `receivedAt`. */
  @Column('date', { name: 'arrived_on' }) arrivedOn: string;
  @Column('text', { nullable: true }) reference: string | null;
  /** Of the mail; unique within the consultation. */
  @Column('text', { name: 'message_id', nullable: true }) messageId: string | null;
  @Column('uuid', { name: 'batch_id', nullable: true }) batchId: string | null;
  /** The row of the workbook, its head being the first. */
  @Column('integer', { name: 'batch_row', nullable: true }) batchRow: number | null;
  @Column('uuid', { name: 'event_id', nullable: true }) eventId: string | null;
  @Column('uuid', { name: 'participant_id', nullable: true }) participantId: string | null;
  @Column('uuid', { name: 'registered_by' }) registeredBy: string;
}

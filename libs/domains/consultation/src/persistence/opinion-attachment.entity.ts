import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ScanState } from '../domain/attachments';

/** A file that came with an opinion. What it is never changes; whether it is scanned and released does. */
@Entity('opinion_attachment')
export class OpinionAttachmentRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'consultation_id' }) consultationId: string;
  @Column('uuid', { name: 'opinion_id' }) opinionId: string;
  /** From 1, in the order in which they were sent. */
  @Column('smallint') no: number;
  @Column('text') filename: string;
  @Column('text', { name: 'media_type' }) mediaType: string;
  /** In bytes. */
  @Column('integer') size: number;
  @Column('text') sha256: string;
  @Column('text') scan: ScanState;
  /** The scanner's name for what it found. */
  @Column('text', { name: 'scan_finding', nullable: true }) scanFinding: string | null;
  @Column('timestamptz', { name: 'scanned_at', nullable: true }) scannedAt: Date | null;
  /** The copy for everybody: pictures without what the camera wrote into them, anything else as it is. */
  @Column('text', { name: 'public_sha256', nullable: true }) publicSha256: string | null;
  @Column('integer', { name: 'public_size', nullable: true }) publicSize: number | null;
  @Column('uuid', { name: 'released_by', nullable: true }) releasedBy: string | null;
  @Column('timestamptz', { name: 'released_at', nullable: true }) releasedAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

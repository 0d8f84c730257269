import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BatchFault, BatchRow } from '../domain/batch';

/** A workbook that was read, and whether its rows are in the register. */
@Entity('opinion_batch')
export class OpinionBatchRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'consultation_id' }) consultationId: string;
  @Column('uuid', { name: 'version_id' }) versionId: string;
  @Column('text') filename: string;
  /** Of the file, 64 hexadecimal digits. */
  @Column('text') sha256: string;
  /** Read and waiting for a person's word; in the register, all of it; or given up. */
  @Column('text') state: 'checked' | 'registered' | 'discarded';
  @Column('integer', { name: 'row_count' }) rowCount: number;
  @Column('integer', { name: 'error_count' }) errorCount: number;
  /** Empty unless it waits: what is in the register need not lie here a second time. */
  @Column('jsonb') rows: BatchRow[];
  @Column('jsonb') errors: BatchFault[];
  @Column('uuid', { name: 'uploaded_by' }) uploadedBy: string;
  @Column('timestamptz', { name: 'uploaded_at' }) uploadedAt: Date;
  @Column('uuid', { name: 'registered_by', nullable: true }) registeredBy: string | null;
  @Column('timestamptz', { name: 'registered_at', nullable: true }) registeredAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

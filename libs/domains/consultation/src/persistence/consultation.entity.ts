import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ResultFigures } from '../domain/figures';
import type { ConsultationState } from '../domain/transitions';
import type { WindowBasis } from '../domain/window';

@Entity('consultation')
export class ConsultationRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  /** The submitted version that is asked about. */
  @Column('uuid', { name: 'version_id' }) versionId: string;
  @Column('text') title: string;
  /** What is proposed, in three sentences at most. */
  @Column('text') purpose: string;
  @Column('text') state: ConsultationState;
  @Column('timestamptz', { name: 'opens_at' }) opensAt: Date;
  /** The first instant that is too late. */
  @Column('timestamptz', { name: 'closes_at' }) closesAt: Date;
  /** The statutory minimum it was opened under. */
  @Column('jsonb') basis: WindowBasis;
  @Column('text', { name: 'shortened_reason', nullable: true }) shortenedReason: string | null;
  @Column('text', { name: 'extension_notice', nullable: true }) extensionNotice: string | null;
  @Column('timestamptz', { name: 'extended_at', nullable: true }) extendedAt: Date | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt: Date | null;
  /** All opinions, counted when it was closed. */
  @Column('integer', { name: 'received_count', nullable: true }) receivedCount: number | null;
  /** Opinions hidden by moderation: everybody may know how many, as received = shown + hidden + withdrawn. */
  @Column('integer', { name: 'hidden_count', default: 0 }) hiddenCount: number;
  /** Opinions that their authors took back; counted by the database. */
  @Column('integer', { name: 'withdrawn_count', default: 0 }) withdrawnCount: number;
  @Column('text', { name: 'result_text', nullable: true }) resultText: string | null;
  @Column('jsonb', { name: 'result_figures', nullable: true }) resultFigures: ResultFigures | null;
  @Column('timestamptz', { name: 'result_published_at', nullable: true }) resultPublishedAt: Date | null;
  @Column('uuid', { name: 'opened_by' }) openedBy: string;
  /** Secret of this consultation from which receipts follow; never leaves the server. */
  @Column('text', { name: 'receipt_salt' }) receiptSalt: string;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

import type { Docket } from '@core/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DocketBasis, Outcome } from '../domain/dockets';

/** One review of one version: what was asked, until when, and who signed what. */
@Entity('docket')
export class DocketRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('uuid', { name: 'version_id' }) versionId: string;
  @Column('text') kind: Docket;
  /** SHA-256 of the text that was reviewed. */
  @Column('text', { name: 'text_hash' }) textHash: string;
  @Column('uuid', { name: 'opened_by' }) openedBy: string;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
  /** Null where no rule sets a period, or where the calendar of the year is not out yet. */
  @Column('date', { name: 'due_on', nullable: true }) dueOn: string | null;
  @Column('text', { name: 'due_article' }) dueArticle: string;
  @Column('uuid', { name: 'reviewer_id', nullable: true }) reviewerId: string | null;
  @Column('uuid', { name: 'reviewer_tenant_id', nullable: true }) reviewerTenantId: string | null;
  @Column('uuid', { name: 'assigned_by', nullable: true }) assignedBy: string | null;
  @Column('timestamptz', { name: 'assigned_at', nullable: true }) assignedAt: Date | null;
  /** Why the reviewer was replaced; empty for the first one. */
  @Column('text', { name: 'assigned_reason', default: '' }) assignedReason: string;
  /** The earliest last day that the rules allow; null where none does. */
  @Column('date', { name: 'min_due_on', nullable: true }) minDueOn: string | null;
  @Column('jsonb', { default: {} }) basis: Partial<DocketBasis>;
  /** What this kind of review found; written by `judge` alone. */
  @Column('jsonb', { default: {} }) record: Record<string, unknown>;
  @Column('text', { nullable: true }) outcome: Outcome | null;
  @Column('text', { default: '' }) opinion: string;
  @Column('text', { default: '' }) minutes: string;
  @Column('integer', { name: 'votes_for', nullable: true }) votesFor: number | null;
  @Column('integer', { name: 'votes_against', nullable: true }) votesAgainst: number | null;
  @Column('integer', { name: 'votes_abstain', nullable: true }) votesAbstain: number | null;
  @Column('text', { default: '' }) dissent: string;
  @Column('timestamptz', { name: 'signed_at', nullable: true }) signedAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

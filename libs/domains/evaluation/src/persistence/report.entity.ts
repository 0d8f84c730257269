import type { GatheredEvidence } from '@core/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Conclusion, ReportState, Side } from '../domain/report';
import type { ClauseProposal, Section } from '../domain/report-content';
import type { Scores } from '../domain/scores';
import type { SurveyEvidence } from '../domain/survey/results';

/** What the rooms knew when the report was begun. */
export interface Evidence {
  takenAt: string;
  from: string;
  to: string;
  sources: readonly GatheredEvidence[];
  /** The campaign's survey of enterprises, where it had one. */
  survey?: SurveyEvidence;
}

@Entity('evaluation_report')
export class ReportRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('date', { name: 'period_from' }) periodFrom: string;
  @Column('date', { name: 'period_to' }) periodTo: string;
  @Column('text', { default: '' }) summary: string;
  @Column('text', { nullable: true }) conclusion: Conclusion | null;
  @Column('text', { default: '' }) reason: string;
  @Column('date', { name: 'next_review_on', nullable: true }) nextReviewOn: string | null;
  @Column('text') state: ReportState;
  /** Why it was sent back the last time. */
  @Column('text', { name: 'returned_reason', nullable: true }) returnedReason: string | null;
  @Column('uuid', { name: 'evaluator_id' }) evaluatorId: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'submitted_at', nullable: true }) submittedAt: Date | null;
  @Column('uuid', { name: 'approved_by', nullable: true }) approvedBy: string | null;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt: Date | null;
  /** The campaign that it reports on; null for one that was written without. */
  @Column('uuid', { name: 'campaign_id', nullable: true }) campaignId: string | null;
  @Column('jsonb', { default: {} }) sections: Readonly<Partial<Record<Section, string>>>;
  @Column('jsonb', { default: [] }) clauses: readonly ClauseProposal[];
  @Column('jsonb', { nullable: true }) scores: Scores | null;
  @Column('jsonb', { nullable: true }) evidence: Evidence | null;
  /** How often it was handed in. */
  @Column('integer', { default: 0 }) edition: number;
  @Column('text', { name: 'content_hash', nullable: true }) contentHash: string | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

@Entity('evaluation_rating')
export class RatingRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid', { name: 'report_id' }) reportId: string;
  @PrimaryColumn('text') side: Side;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('integer') rating: number;
  @Column('text') evidence: string;
}

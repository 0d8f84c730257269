import type { PolicyKind } from '@core/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CampaignState, Trigger } from '../domain/campaign';
import type { Indicator } from '../domain/indicators';
import type { Basis, Mark } from '../domain/sheet';
import type { CampaignSide, SideWeights } from '../domain/sides';

@Entity('evaluation_campaign')
export class CampaignRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('text') title: string;
  @Column('text') kind: PolicyKind;
  @Column('text') trigger: Trigger;
  @Column('text') reason: string;
  @Column('date', { name: 'period_from' }) periodFrom: string;
  @Column('date', { name: 'period_to' }) periodTo: string;
  /** The set of the library that the copy was taken from. */
  @Column('text') library: string;
  @Column('jsonb') indicators: readonly Indicator[];
  @Column('jsonb', { name: 'side_weights' }) sideWeights: SideWeights;
  @Column('text') state: CampaignState;
  /** The evaluator who leads it and writes its reports. */
  @Column('uuid', { name: 'leader_id' }) leaderId: string;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt: Date | null;
  /** Last day for marks. */
  @Column('date', { name: 'closes_on', nullable: true }) closesOn: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

@Entity('evaluation_assessor')
export class AssessorRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId: string;
  @Column('text') side: CampaignSide;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  @Column('uuid', { name: 'assigned_by' }) assignedBy: string;
  @Column('timestamptz', { name: 'assigned_at' }) assignedAt: Date;
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt: Date | null;
}

/** The marks of one assessor for one policy. */
@Entity('evaluation_sheet')
export class SheetRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('uuid', { name: 'assessor_id' }) assessorId: string;
  @Column('jsonb') marks: Readonly<Record<string, Mark>>;
  @Column('text') basis: Basis;
  @Column('text', { name: 'survey_title', default: '' }) surveyTitle: string;
  @Column('integer', { name: 'survey_asked', nullable: true }) surveyAsked: number | null;
  @Column('integer', { name: 'survey_answered', nullable: true }) surveyAnswered: number | null;
  @Column('text', { default: '' }) remark: string;
  @Column('text') state: 'draft' | 'submitted';
  @Column('timestamptz', { name: 'saved_at' }) savedAt: Date;
  @Column('timestamptz', { name: 'submitted_at', nullable: true }) submittedAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

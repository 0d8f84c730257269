import type { ProfileField } from '@core/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Allocation, SurveyState } from '../domain/survey/design';
import type { SurveyResults } from '../domain/survey/results';

/** The survey of enterprises of a campaign; each campaign has one at most. */
@Entity('evaluation_survey')
export class SurveyRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId: string;
  @Column('uuid', { name: 'questionnaire_id' }) questionnaireId: string;
  /** Key of the list that is drawn from. */
  @Column('text') frame: string;
  @Column('jsonb', { name: 'strata_by' }) strataBy: readonly ProfileField[];
  @Column('text') allocation: Allocation;
  @Column('integer') size: number;
  @Column('integer') minimum: number;
  @Column('integer', { name: 'min_cell', default: 5 }) minCell: number;
  @Column('jsonb', { default: {} }) mapping: Readonly<Record<string, string>>;
  @Column('text') state: SurveyState;
  /** 32 random bytes in hexadecimal, once it is drawn. */
  @Column('text', { nullable: true }) seed: string | null;
  @Column('integer', { name: 'frame_size', nullable: true }) frameSize: number | null;
  @Column('integer', { name: 'sample_size', nullable: true }) sampleSize: number | null;
  @Column('timestamptz', { name: 'drawn_at', nullable: true }) drawnAt: Date | null;
  @Column('uuid', { name: 'drawn_by', nullable: true }) drawnBy: string | null;
  /** Last day for answers. */
  @Column('date', { name: 'closes_on', nullable: true }) closesOn: string | null;
  @Column('date', { name: 'remind_on', nullable: true }) remindOn: string | null;
  @Column('timestamptz', { name: 'reminded_at', nullable: true }) remindedAt: Date | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt: Date | null;
  @Column('jsonb', { nullable: true }) results: SurveyResults | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AbolitionDecision, AbolitionSource } from '../domain/abolition';

@Entity('abolition_case')
export class AbolitionCaseRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('text') source: AbolitionSource;
  /** Unique in the city: what opens a case opens it once. */
  @Column('text', { name: 'source_key' }) sourceKey: string;
  /** Why a person opened it; empty where an evaluation did, whose report tells. */
  @Column('text', { default: '' }) reason: string;
  @Column('uuid', { name: 'opened_by', nullable: true }) openedBy: string | null;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
  @Column('text', { nullable: true }) decision: AbolitionDecision | null;
  @Column('text', { name: 'decision_reason', default: '' }) decisionReason: string;
  @Column('text', { name: 'notice_text', nullable: true }) noticeText: string | null;
  /** First day on which the policy no longer holds. */
  @Column('date', { name: 'effect_on', nullable: true }) effectOn: string | null;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

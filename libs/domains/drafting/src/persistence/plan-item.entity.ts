import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlanKind, PlanState } from '../domain/plan-item';

@Entity('plan_item')
export class PlanItemRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('integer') year: number;
  @Column('text') kind: PlanKind;
  @Column('text') title: string;
  @Column('text', { default: '' }) reason: string;
  /** What the matter rests on: the law, the decision, the evaluation. */
  @Column('text', { default: '' }) basis: string;
  /** `YYYY-MM` in which it should be finished; null until somebody says so. */
  @Column('text', { name: 'due_month', nullable: true }) dueMonth: string | null;
  @Column('uuid', { name: 'lead_person_id', nullable: true }) leadPersonId: string | null;
  @Column('text') source: 'department' | 'evaluation' | 'cleanup';
  /** What makes an item that an event brought the same item: the event's effect happens once. Null for proposals of people. */
  @Column('text', { name: 'source_key', nullable: true }) sourceKey: string | null;
  /** The policy to be revised or abolished. */
  @Column('uuid', { name: 'target_policy_id', nullable: true }) targetPolicyId: string | null;
  @Column('text') state: PlanState;
  @Column('uuid', { name: 'proposed_by', nullable: true }) proposedBy: string | null;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt: Date;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt: Date | null;
  @Column('text', { name: 'decision_note', default: '' }) decisionNote: string;
  /** The policy that came of it. */
  @Column('uuid', { name: 'policy_id', nullable: true }) policyId: string | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

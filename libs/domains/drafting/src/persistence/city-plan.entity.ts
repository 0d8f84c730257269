import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ChangeKind, ChangeState, CityPlanState, EntryState } from '../domain/city-plan';
import type { PlanKind } from '../domain/plan-item';

/** The plan of a city for one year. */
@Entity('city_plan')
export class CityPlanRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  /** The department that collects. */
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('integer') year: number;
  @Column('text') state: CityPlanState;
  /** 1 when it is approved, one more with each approved change. */
  @Column('integer', { default: 0 }) edition: number;
  @Column('uuid', { name: 'opened_by' }) openedBy: string;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
  @Column('uuid', { name: 'proposed_by', nullable: true }) proposedBy: string | null;
  @Column('timestamptz', { name: 'proposed_at', nullable: true }) proposedAt: Date | null;
  @Column('uuid', { name: 'approved_by', nullable: true }) approvedBy: string | null;
  @Column('timestamptz', { name: 'approved_at', nullable: true }) approvedAt: Date | null;
  @Column('text', { default: '' }) note: string;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

/** One matter of the city's plan, in the city's words; the department's own are in its plan item. */
@Entity('city_plan_entry')
export class CityPlanEntryRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  /** The department that leads. */
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'plan_id' }) planId: string;
  /** The item that a department sent in; null for a joint entry, into which several were merged. */
  @Column('uuid', { name: 'plan_item_id', nullable: true }) planItemId: string | null;
  @Column('text') kind: PlanKind;
  @Column('text') title: string;
  @Column('text', { default: '' }) reason: string;
  /** The policy that is revised or abolished. */
  @Column('uuid', { name: 'target_policy_id', nullable: true }) targetPolicyId: string | null;
  @Column('text', { name: 'due_month', nullable: true }) dueMonth: string | null;
  /** The other departments of a joint entry. */
  @Column('uuid', { name: 'co_tenants', array: true, default: [] }) coTenants: string[];
  @Column('integer') position: number;
  @Column('text') state: EntryState;
  @Column('uuid', { name: 'merged_into', nullable: true }) mergedInto: string | null;
  /** The year to which it was moved. */
  @Column('integer', { name: 'moved_to', nullable: true }) movedTo: number | null;
  @Column('boolean', { default: false }) supplement: boolean;
  @Column('text', { default: '' }) note: string;
  @Column('timestamptz', { name: 'submitted_at' }) submittedAt: Date;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt: Date | null;
  @Column('uuid', { name: 'policy_id', nullable: true }) policyId: string | null;
  @Column('boolean', { name: 'is_public', default: false }) isPublic: boolean;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

/** A supplement to an approved plan, or the cancelling of one of its entries. */
@Entity('city_plan_change')
export class CityPlanChangeRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'plan_id' }) planId: string;
  @Column('text') kind: ChangeKind;
  @Column('uuid', { name: 'plan_item_id', nullable: true }) planItemId: string | null;
  /** The entry that is taken off, or that an approved supplement made. */
  @Column('uuid', { name: 'entry_id', nullable: true }) entryId: string | null;
  @Column('text') reason: string;
  @Column('boolean', { default: false }) urgent: boolean;
  @Column('text') state: ChangeState;
  @Column('uuid', { name: 'requested_by' }) requestedBy: string;
  @Column('timestamptz', { name: 'requested_at' }) requestedAt: Date;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt: Date | null;
  @Column('text', { default: '' }) note: string;
  /** The edition of the plan that it made. */
  @Column('integer', { nullable: true }) edition: number | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

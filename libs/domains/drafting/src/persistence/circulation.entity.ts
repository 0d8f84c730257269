import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CoordinationAnswer, CoordinationOutcome, Handling, Level, ReplyStance } from '../domain/circulation';

/** One round in which other departments are asked about a submitted version. */
@Entity('circulation')
export class CirculationRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('uuid', { name: 'version_id' }) versionId: string;
  @Column('text') letter: string;
  /** Working days that were given; with `openedAt` they explain `replyOn`. */
  @Column('integer', { name: 'working_days' }) workingDays: number;
  @Column('date', { name: 'reply_on' }) replyOn: string;
  @Column('text') state: 'open' | 'closed';
  @Column('uuid', { name: 'opened_by' }) openedBy: string;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
  /** Null where the last reply closed it. */
  @Column('uuid', { name: 'closed_by', nullable: true }) closedBy: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

/** What one asked department says; its own paper until it is signed, and fixed from then on. */
@Entity('circulation_reply')
export class ReplyRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'owner_tenant_id' }) ownerTenantId: string;
  @Column('uuid', { name: 'circulation_id' }) circulationId: string;
  @Column('text') stance: ReplyStance;
  @Column('text', { default: '' }) statement: string;
  @Column('uuid', { name: 'drafted_by' }) draftedBy: string;
  @Column('timestamptz', { name: 'drafted_at' }) draftedAt: Date;
  /** Everybody who had a hand in it. */
  @Column('uuid', { array: true }) drafters: string[];
  @Column('uuid', { name: 'signed_by', nullable: true }) signedBy: string | null;
  @Column('timestamptz', { name: 'signed_at', nullable: true }) signedAt: Date | null;
  @Column('boolean', { default: false }) late: boolean;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

@Entity('circulation_opinion')
export class ReplyOpinionRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'owner_tenant_id' }) ownerTenantId: string;
  @Column('uuid', { name: 'circulation_id' }) circulationId: string;
  @Column('uuid', { name: 'reply_id' }) replyId: string;
  @Column('integer') seq: number;
  /** Null for the text as a whole. */
  @Column('text', { name: 'clause_identity', nullable: true }) clauseIdentity: string | null;
  @Column('text', { name: 'clause_label', default: '' }) clauseLabel: string;
  @Column('text', { default: '' }) quote: string;
  @Column('text') text: string;
}

/** How the drafting department dealt with one opinion. */
@Entity('circulation_handling')
export class HandlingRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'other_tenant_id' }) otherTenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('uuid', { name: 'opinion_id' }) opinionId: string;
  @Column('text') disposition: Handling;
  @Column('text') reason: string;
  @Column('text', { name: 'changed_identity', nullable: true }) changedIdentity: string | null;
  @Column('uuid', { name: 'handled_by' }) handledBy: string;
  @Column('timestamptz', { name: 'handled_at' }) handledAt: Date;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

/** One attempt to settle a disagreement, at one level. */
@Entity('coordination')
export class CoordinationRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'other_tenant_id' }) otherTenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('uuid', { name: 'reply_id' }) replyId: string;
  @Column('text') level: Level;
  @Column('date', { name: 'held_on' }) heldOn: string;
  @Column('text') participants: string;
  @Column('text') outcome: CoordinationOutcome;
  @Column('text') minutes: string;
  @Column('uuid', { name: 'recorded_by' }) recordedBy: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt: Date;
  @Column('text', { nullable: true }) answer: CoordinationAnswer | null;
  @Column('uuid', { name: 'answered_by', nullable: true }) answeredBy: string | null;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApplicationData } from '../domain/application';
import type { Criterion } from '../domain/call';
import type { Pick, PoolEntry, Recusal } from '../domain/draw';

@Entity('expert_draw')
export class DrawRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'call_id' }) callId: string;
  @Column('text') algorithm: string;
  @Column('jsonb') pool: PoolEntry[];
  @Column('jsonb') recusals: Recusal[];
  @Column('integer') needed: number;
  @Column('text') commitment: string;
  @Column('timestamptz', { name: 'committed_at' }) committedAt: Date;
  @Column('uuid', { name: 'committed_by' }) committedBy: string;
  @Column('text', { name: 'seed_source' }) seedSource: string;
  @Column('timestamptz', { name: 'seed_available_at' }) seedAvailableAt: Date;
  @Column('text', { nullable: true }) seed: string | null;
  @Column('text', { name: 'seed_key', nullable: true }) seedKey: string | null;
  /** The order of the whole pool; the first `needed` are the committee, the rest stand by in this order. */
  @Column('jsonb', { nullable: true }) selection: Pick[] | null;
  @Column('timestamptz', { name: 'revealed_at', nullable: true }) revealedAt: Date | null;
  @Column('uuid', { name: 'revealed_by', nullable: true }) revealedBy: string | null;
}

@Entity('review_assignment')
export class AssignmentRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'call_id' }) callId: string;
  @Column('uuid', { name: 'application_id' }) applicationId: string;
  @Column('uuid', { name: 'expert_id' }) expertId: string;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  /** The step of the draw that picked the expert. */
  @Column('integer') step: number;
  @Column('text') why: 'drawn' | 'conflict' | 'divergence';
  @Column('text', { name: 'call_title' }) callTitle: string;
  @Column('jsonb') criteria: Criterion[];
  /** The blinded application; the expert reads this copy and never the application. */
  @Column('jsonb') snapshot: ApplicationData;
  @Column('text', { nullable: true }) conflict: 'none' | 'declared' | null;
  @Column('text', { name: 'conflict_reason', nullable: true }) conflictReason: string | null;
  @Column('timestamptz', { name: 'declared_at', nullable: true }) declaredAt: Date | null;
  @Column('jsonb', { nullable: true }) scores: Record<string, number> | null;
  @Column('numeric', { precision: 5, scale: 2, nullable: true, transformer: { from: (value: string | null) => (value === null ? null : Number(value)), to: (value: unknown) => value } })
  total: number | null;
  @Column('text', { nullable: true }) comment: string | null;
  @Column('timestamptz', { name: 'signed_at', nullable: true }) signedAt: Date | null;
  @Column('timestamptz', { name: 'assigned_at' }) assignedAt: Date;
}

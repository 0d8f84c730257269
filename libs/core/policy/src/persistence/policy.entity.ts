import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PolicyKind } from '../domain/kinds';
import type { PolicyState } from '../domain/life-cycle';

@Entity('policy')
export class PolicyRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('text') kind: PolicyKind;
  @Column('text') title: string;
  @Column('text', { default: '' }) summary: string;
  @Column('text') state: PolicyState;
  /** Whether it concerns enterprises or market access, which makes fair-competition review and thirty days of consultation necessary. */
  @Column('boolean', { name: 'affects_market', default: true }) affectsMarket: boolean;
  /** 第一负责人: who answers for the policy. */
  @Column('uuid', { name: 'responsible_id' }) responsibleId: string;
  @Column('text', { array: true, default: [] }) topics: string[];
  @Column('text', { array: true, default: [] }) audience: string[];
  @Column('text', { name: 'document_number', nullable: true }) documentNumber: string | null;
  @Column('date', { name: 'effective_from', nullable: true }) effectiveFrom: string | null;
  @Column('date', { name: 'effective_to', nullable: true }) effectiveTo: string | null;
  @Column('date', { name: 'ended_on', nullable: true }) endedOn: string | null;
  @Column('uuid', { name: 'current_version_id', nullable: true }) currentVersionId: string | null;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt: Date | null;
  /** Since when everybody may see that the policy exists; null for internal work. */
  @Column('timestamptz', { name: 'public_since', nullable: true }) publicSince: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
  @Column('tsvector', { nullable: true, select: false }) search?: string | null;
}

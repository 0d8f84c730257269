import { Column, Entity, PrimaryColumn } from 'typeorm';
import { fenColumn } from './fen-column';

@Entity('fund_decision')
export class DecisionRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'call_id' }) callId: string;
  @Column('uuid', { name: 'application_id' }) applicationId: string;
  @Column('uuid', { name: 'enterprise_id' }) enterpriseId: string;
  @Column('text', { name: 'enterprise_name' }) enterpriseName: string;
  @Column('text', { name: 'project_title' }) projectTitle: string;
  @Column('boolean') granted: boolean;
  @Column(fenColumn('amount_fen')) amountFen: number;
  @Column('numeric', { precision: 5, scale: 2, transformer: { from: (value: string) => Number(value), to: (value: unknown) => value } }) score: number;
  @Column('text') reason: string;
  @Column('uuid', { name: 'decided_by' }) decidedBy: string;
  @Column('timestamptz', { name: 'decided_at' }) decidedAt: Date;
  @Column('timestamptz', { name: 'noticed_at', nullable: true }) noticedAt: Date | null;
}

@Entity('fund_objection')
export class ObjectionRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'call_id' }) callId: string;
  /** Null for an objection to the call as a whole. */
  @Column('uuid', { name: 'decision_id', nullable: true }) decisionId: string | null;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  @Column('text', { name: 'author_name' }) authorName: string;
  @Column('text') text: string;
  @Column('text') state: 'open' | 'resolved';
  @Column('boolean', { nullable: true }) upheld: boolean | null;
  @Column('text', { nullable: true }) answer: string | null;
  @Column('uuid', { name: 'answered_by', nullable: true }) answeredBy: string | null;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}

@Entity('fund_award')
export class AwardRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'call_id' }) callId: string;
  @Column('uuid', { name: 'programme_id' }) programmeId: string;
  @Column('uuid', { name: 'application_id' }) applicationId: string;
  @Column('uuid', { name: 'decision_id' }) decisionId: string;
  @Column('uuid', { name: 'enterprise_id' }) enterpriseId: string;
  @Column(fenColumn('amount_fen')) amountFen: number;
  /** Counted by the database from the payments. */
  @Column({ ...fenColumn('paid_fen'), default: 0, insert: false, update: false }) paidFen: number;
  @Column('uuid', { name: 'awarded_by' }) awardedBy: string;
  @Column('timestamptz', { name: 'awarded_at' }) awardedAt: Date;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CallState, Criterion } from '../domain/call';
import type { Condition } from '../domain/eligibility';
import { fenColumn } from './fen-column';

@Entity('fund_programme')
export class ProgrammeRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  /** The clause of the policy that grants the money; stays with it through renumbering. */
  @Column('text', { name: 'clause_identity' }) clauseIdentity: string;
  @Column('text') title: string;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}

@Entity('funding_call')
export class CallRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'programme_id' }) programmeId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('text') title: string;
  /** What an applicant needs before starting. */
  @Column('text') guide: string;
  @Column(fenColumn('budget_fen')) budgetFen: number;
  @Column(fenColumn('per_award_max_fen')) perAwardMaxFen: number;
  /** Counted by the database from the payments; the CHECK against the budget is the last wall. */
  @Column({ ...fenColumn('paid_fen'), default: 0, insert: false, update: false }) paidFen: number;
  @Column('timestamptz', { name: 'opens_at' }) opensAt: Date;
  @Column('timestamptz', { name: 'closes_at' }) closesAt: Date;
  /** Where the end of the policy ends the time of applying before that. */
  @Column('timestamptz', { name: 'intake_ends_at', nullable: true }) intakeEndsAt: Date | null;
  /** The day by which applicants are told the result. */
  @Column('date', { name: 'answer_by' }) answerBy: string;
  @Column('jsonb') conditions: Condition[];
  @Column('jsonb') criteria: Criterion[];
  /** Only experts of this field are drawn; null for all. */
  @Column('text', { name: 'expert_field', nullable: true }) expertField: string | null;
  @Column('integer', { name: 'experts_needed' }) expertsNeeded: number;
  /** Points between the highest and the lowest total above which one more expert is drawn. */
  @Column('integer', { name: 'divergence_threshold' }) divergenceThreshold: number;
  @Column('integer', { name: 'notice_working_days', default: 7 }) noticeWorkingDays: number;
  @Column('text') state: CallState;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'opened_at', nullable: true }) openedAt: Date | null;
}

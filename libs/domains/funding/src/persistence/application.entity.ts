import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApplicationData, ApplicationState } from '../domain/application';
import type { Facts } from '../domain/eligibility';

@Entity('fund_application')
export class ApplicationRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  /** The department of the call; changes when the application is re-routed to another department's call. */
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'call_id' }) callId: string;
  @Column('uuid', { name: 'enterprise_id' }) enterpriseId: string;
  @Column('text') state: ApplicationState;
  @Column('jsonb') data: ApplicationData;
  /** The enterprise's register entry as it was when the application was submitted last. */
  @Column('jsonb', { default: {} }) facts: Facts;
  @Column('text', { nullable: true }) receipt: string | null;
  @Column('uuid', { name: 'submitted_by', nullable: true }) submittedBy: string | null;
  @Column('timestamptz', { name: 'submitted_at', nullable: true }) submittedAt: Date | null;
  @Column('date', { name: 'correction_due', nullable: true }) correctionDue: string | null;
  /** The call that the fund manager proposes instead, while the applicant has not answered. */
  @Column('uuid', { name: 'reroute_call_id', nullable: true }) rerouteCallId: string | null;
  @Column('uuid', { name: 'rerouted_from', nullable: true }) reroutedFrom: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

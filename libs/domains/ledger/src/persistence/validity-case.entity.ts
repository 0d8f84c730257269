import type { NamedClause } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CaseDecision, ValidityCaseKind } from '../domain/validity-case';

@Entity('validity_case')
export class ValidityCaseRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('text') kind: ValidityCaseKind;
  @Column('text') reason: string;
  /** Of an extension: the last day that is proposed. */
  @Column('date', { name: 'new_to', nullable: true }) newTo: IsoDate | null;
  /** Of a partial repeal: its clauses, and the first day on which they no longer hold. */
  @Column('jsonb', { nullable: true }) clauses: NamedClause[] | null;
  @Column('date', { name: 'effect_on', nullable: true }) effectOn: IsoDate | null;
  @Column('uuid', { name: 'proposed_by' }) proposedBy: string;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt: Date;
  @Column('text', { nullable: true }) decision: CaseDecision | null;
  @Column('text', { name: 'decision_reason', default: '' }) decisionReason: string;
  @Column('text', { name: 'notice_text', nullable: true }) noticeText: string | null;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One expert's seat on the panel of one docket: declaration and signed opinion. */
@Entity('docket_expert')
export class ExpertSeatRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('uuid', { name: 'docket_id' }) docketId: string;
  @Column('uuid', { name: 'version_id' }) versionId: string;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  @Column('uuid', { name: 'named_by' }) namedBy: string;
  @Column('timestamptz', { name: 'named_at' }) namedAt: Date;
  /** Null until he has declared. */
  @Column('text', { nullable: true }) interest: 'none' | 'direct' | null;
  @Column('text', { name: 'interest_note', default: '' }) interestNote: string;
  @Column('timestamptz', { name: 'declared_at', nullable: true }) declaredAt: Date | null;
  @Column('text', { nullable: true }) view: 'feasible' | 'conditional' | 'infeasible' | null;
  @Column('text', { default: '' }) opinion: string;
  @Column('text', { name: 'text_hash', nullable: true }) textHash: string | null;
  @Column('timestamptz', { name: 'signed_at', nullable: true }) signedAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

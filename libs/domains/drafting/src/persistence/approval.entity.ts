import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The head's signature under one text. */
@Entity('drafting_approval')
export class ApprovalRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('uuid', { name: 'version_id' }) versionId: string;
  @Column('text', { name: 'text_hash' }) textHash: string;
  @Column('text') statement: string;
  @Column('uuid', { name: 'approved_by' }) approvedBy: string;
  @Column('timestamptz', { name: 'approved_at' }) approvedAt: Date;
}

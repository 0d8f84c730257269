import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('policy_version')
export class VersionRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  /** 1, 2, 3 … within the policy. */
  @Column('integer') no: number;
  /** Immutable once submitted. */
  @Column('text') state: 'draft' | 'submitted';
  @Column('text', { name: 'drafting_note', default: '' }) draftingNote: string;
  /** SHA-256 of the text put together again from its provisions; set when submitted. */
  @Column('text', { name: 'text_hash', nullable: true }) textHash: string | null;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'submitted_at', nullable: true }) submittedAt: Date | null;
  @Column('uuid', { name: 'submitted_by', nullable: true }) submittedBy: string | null;
  @Column('boolean', { name: 'is_public', default: false }) isPublic: boolean;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

@Entity('provision')
export class ProvisionRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid', { name: 'version_id' }) versionId: string;
  /** `art_3__para_2__item_1`; unique within the version. */
  @PrimaryColumn('text', { name: 'clause_id' }) clauseId: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('integer') seq: number;
  @Column('text', { name: 'parent_id', nullable: true }) parentId: string | null;
  /** Stays with the clause through renumbering, from version to version. */
  @Column('text') identity: string;
  @Column('text') kind: string;
  @Column('integer', { nullable: true }) number: number | null;
  @Column('text') label: string;
  @Column('text') lead: string;
  @Column('text') text: string;
  @Column('boolean', { default: false }) unrecognised: boolean;
  @Column('boolean', { name: 'is_public', default: false }) isPublic: boolean;
}

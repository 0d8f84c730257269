import type { AttachmentKind } from '@core/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A file beside the text. Never changed and never deleted: a newer one names the one that it replaces. */
@Entity('policy_attachment')
export class AttachmentRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('uuid', { name: 'docket_id', nullable: true }) docketId: string | null;
  @Column('text') kind: AttachmentKind;
  @Column('text') filename: string;
  @Column('text', { name: 'media_type' }) mediaType: string;
  @Column('text') sha256: string;
  /** Bytes. */
  @Column('integer') size: number;
  @Column('uuid', { name: 'uploaded_by' }) uploadedBy: string;
  @Column('uuid', { name: 'uploaded_tenant_id' }) uploadedTenantId: string;
  @Column('timestamptz', { name: 'uploaded_at' }) uploadedAt: Date;
  @Column('uuid', { nullable: true }) replaces: string | null;
}

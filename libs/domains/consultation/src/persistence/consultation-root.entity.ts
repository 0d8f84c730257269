import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The published root of a closed consultation; never changed. */
@Entity('consultation_root')
export class ConsultationRootRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid', { name: 'consultation_id' }) consultationId: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'version_id' }) versionId: string;
  @Column('integer') size: number;
  /** 64 hexadecimal digits. */
  @Column('text') root: string;
  /** The hashes of all leaves, 32 bytes each, in their order. */
  @Column('bytea') leaves: Buffer;
  @Column('timestamptz', { name: 'closed_at' }) closedAt: Date;
  /** Later than the close where the consultation was closed before roots were published. */
  @Column('timestamptz', { name: 'computed_at' }) computedAt: Date;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MaterialKind, MaterialState } from '../domain/material';

@Entity('interpretation_material')
export class MaterialRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('text') kind: MaterialKind;
  @Column('text') title: string;
  /** The words of a text; empty for a picture. */
  @Column('text', { default: '' }) body: string;
  /** What a picture says, for who cannot see it; compulsory for a picture. */
  @Column('text', { name: 'alt_text', default: '' }) altText: string;
  /** Identities of the clauses that it explains; they stay through renumbering. */
  @Column('text', { name: 'clause_identities', array: true }) clauseIdentities: string[];
  @Column('text') state: MaterialState;
  @Column('uuid', { name: 'author_id' }) authorId: string;
  @Column('timestamptz', { name: 'written_at' }) writtenAt: Date;
  @Column('uuid', { name: 'approved_by', nullable: true }) approvedBy: string | null;
  @Column('timestamptz', { name: 'approved_at', nullable: true }) approvedAt: Date | null;
  /** Hash of the text for which it was approved. */
  @Column('text', { name: 'text_hash', nullable: true }) textHash: string | null;
  @Column('timestamptz', { name: 'released_at', nullable: true }) releasedAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

@Entity('interpretation_picture')
export class PictureRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid', { name: 'material_id' }) materialId: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('text', { name: 'media_type' }) mediaType: 'image/png' | 'image/jpeg';
  @Column('integer') width: number;
  @Column('integer') height: number;
  /** Names its bytes in the file store. */
  @Column('text') sha256: string;
  /** Bytes. */
  @Column('integer') size: number;
}

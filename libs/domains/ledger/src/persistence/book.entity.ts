import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BookFormat, BookSpec } from '../domain/book-spec';

@Entity('book')
export class BookRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('text') title: string;
  @Column('jsonb') spec: BookSpec;
  @Column('text') format: BookFormat;
  @Column('text') state: 'waiting' | 'made' | 'failed';
  @Column('text', { name: 'idempotency_key' }) idempotencyKey: string;
  @Column('uuid', { name: 'requested_by' }) requestedBy: string;
  @Column('timestamptz', { name: 'requested_at' }) requestedAt: Date;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt: Date | null;
  @Column('uuid', { name: 'published_by', nullable: true }) publishedBy: string | null;
}

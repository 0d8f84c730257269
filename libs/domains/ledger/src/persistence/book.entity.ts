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
  /** Key of the words why it could not be made, and what stands in them. */
  @Column('text', { nullable: true }) failure: string | null;
  @Column('jsonb', { name: 'failure_params' }) failureParams: Record<string, unknown>;
  @Column('text', { name: 'idempotency_key' }) idempotencyKey: string;
  @Column('uuid', { name: 'requested_by' }) requestedBy: string;
  @Column('timestamptz', { name: 'requested_at' }) requestedAt: Date;
  /** How often a worker took it up; whose it is now, and until when. */
  @Column('integer', { default: 0 }) attempts: number;
  @Column('uuid', { nullable: true }) claim: string | null;
  @Column('timestamptz', { name: 'claimed_until', nullable: true }) claimedUntil: Date | null;
  @Column('timestamptz', { name: 'made_at', nullable: true }) madeAt: Date | null;
  @Column('integer', { nullable: true }) documents: number | null;
  /** Null for a DOCX, whose pages Word makes. */
  @Column('integer', { nullable: true }) pages: number | null;
  @Column('text', { nullable: true }) sha256: string | null;
  @Column('integer', { nullable: true }) size: number | null;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt: Date | null;
  @Column('uuid', { name: 'published_by', nullable: true }) publishedBy: string | null;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AuthorKind, Disposition, Moderation, Stance } from '../domain/figures';

export const CHANNELS = ['website', 'questionnaire', 'letter', 'email', 'hearing', 'symposium', 'field_visit'] as const;
export type Channel = (typeof CHANNELS)[number];

@Entity('opinion')
export class OpinionRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'consultation_id' }) consultationId: string;
  @Column('uuid', { name: 'version_id' }) versionId: string;
  /** Null: on the whole. */
  @Column('text', { name: 'clause_id', nullable: true }) clauseId: string | null;
  /** The words of the clause that it is about. */
  @Column('text', { nullable: true }) quote: string | null;
  @Column('text') channel: Channel;
  @Column('uuid', { name: 'author_account_id', nullable: true }) authorAccountId: string | null;
  @Column('text', { name: 'author_kind' }) authorKind: AuthorKind;
  /** For the department alone. */
  @Column('text', { name: 'author_name', nullable: true }) authorName: string | null;
  /** What everybody reads: an enterprise's name, a person's masked one, or null. */
  @Column('text', { name: 'public_name', nullable: true }) publicName: string | null;
  @Column('text') text: string;
  /** What of the text the author wrote, where it holds more: of an answered questionnaire. Null: all of it; empty: choices were ticked and nothing written. */
  @Column('text', { name: 'own_words', nullable: true }) ownWords: string | null;
  /** The response to a questionnaire that this opinion is. */
  @Column('uuid', { name: 'response_id', nullable: true }) responseId: string | null;
  @Column('text') stance: Stance;
  @Column('text', { name: 'receipt_no' }) receiptNo: string;
  @Column('text', { name: 'receipt_code_hash' }) receiptCodeHash: string;
  /** SHA-256 of the sender's key; unique within the consultation. */
  @Column('text', { name: 'idempotency_key' }) idempotencyKey: string;
  @Column('timestamptz', { name: 'received_at' }) receivedAt: Date;
  /** What the commitments in its leaf are made with; made by the database, and for its author's receipt alone. */
  @Column({ type: 'text', name: 'commitment_salt', insert: false, update: false }) commitmentSalt: string;
  /** Version of its leaf, that of the day on which it came in. */
  @Column({ type: 'smallint', name: 'leaf_version', insert: false, update: false }) leafVersion: 1 | 2;
  /** How many files came with it. */
  @Column({ type: 'smallint', name: 'attachment_count', insert: false, update: false }) attachmentCount: number;
  @Column('text') moderation: Moderation;
  @Column('text', { name: 'moderation_reason', nullable: true }) moderationReason: string | null;
  @Column('uuid', { name: 'moderated_by', nullable: true }) moderatedBy: string | null;
  @Column('timestamptz', { name: 'moderated_at', nullable: true }) moderatedAt: Date | null;
}

@Entity('opinion_answer')
export class OpinionAnswerRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'consultation_id' }) consultationId: string;
  @Column('uuid', { name: 'opinion_id' }) opinionId: string;
  @Column('text') disposition: Disposition;
  @Column('text') reason: string;
  /** Identity of the clause that changes because of it. */
  @Column('text', { name: 'adopted_identity', nullable: true }) adoptedIdentity: string | null;
  @Column('uuid', { name: 'answered_by' }) answeredBy: string;
  @Column('timestamptz', { name: 'answered_at' }) answeredAt: Date;
  @Column('uuid', { name: 'approved_by', nullable: true }) approvedBy: string | null;
  @Column('timestamptz', { name: 'approved_at', nullable: true }) approvedAt: Date | null;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AbolitionDecision, AbolitionSource, NotAskedGround, OpinionsState, ReviewOutcome } from '../domain/abolition';

@Entity('abolition_case')
export class AbolitionCaseRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('text') source: AbolitionSource;
  /** Unique in the city: what opens a case opens it once. */
  @Column('text', { name: 'source_key' }) sourceKey: string;
  /** Why a person opened it; empty where an evaluation did, whose report tells. */
  @Column('text', { default: '' }) reason: string;
  @Column('uuid', { name: 'opened_by', nullable: true }) openedBy: string | null;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
  /** Whether the public was asked; null until the drafters say so. */
  @Column('text', { nullable: true }) opinions: OpinionsState | null;
  @Column('text', { name: 'opinions_ground', nullable: true }) opinionsGround: NotAskedGround | null;
  /** How else it was asked and what came of it, or why it was not. */
  @Column('text', { name: 'opinions_note', default: '' }) opinionsNote: string;
  @Column('uuid', { name: 'consultation_id', nullable: true }) consultationId: string | null;
  /** The policy that takes the place of this one. */
  @Column('uuid', { name: 'replaced_by', nullable: true }) replacedBy: string | null;
  /** 过渡安排: what holds for what was begun under the policy. */
  @Column('text', { default: '' }) transition: string;
  @Column('date', { name: 'proposed_effect_on', nullable: true }) proposedEffectOn: string | null;
  @Column('uuid', { name: 'prepared_by', nullable: true }) preparedBy: string | null;
  @Column('timestamptz', { name: 'prepared_at', nullable: true }) preparedAt: Date | null;
  /** The legality review of the case; gone when the case is prepared anew. */
  @Column('text', { name: 'review_outcome', nullable: true }) reviewOutcome: ReviewOutcome | null;
  @Column('text', { name: 'review_opinion', default: '' }) reviewOpinion: string;
  @Column('uuid', { name: 'reviewed_by', nullable: true }) reviewedBy: string | null;
  @Column('timestamptz', { name: 'reviewed_at', nullable: true }) reviewedAt: Date | null;
  @Column('text', { nullable: true }) decision: AbolitionDecision | null;
  @Column('text', { name: 'decision_reason', default: '' }) decisionReason: string;
  @Column('text', { name: 'notice_number', nullable: true }) noticeNumber: string | null;
  @Column('text', { name: 'notice_text', nullable: true }) noticeText: string | null;
  /** First day on which the policy no longer holds. */
  @Column('date', { name: 'effect_on', nullable: true }) effectOn: string | null;
  /** Applicants and fen that it concerned when it was decided. */
  @Column('integer', { name: 'affected_people', nullable: true }) affectedPeople: number | null;
  @Column('bigint', { name: 'affected_fen', nullable: true, transformer: { to: (value: number | null) => value, from: (value: string | null) => (value === null ? null : Number(value)) } }) affectedFen: number | null;
  /** The document of a clean-up whose decision decided it. */
  @Column('uuid', { name: 'cleanup_item_id', nullable: true }) cleanupItemId: string | null;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt: Date | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

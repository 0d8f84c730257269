import type { PolicyKind } from '@core/policy';
import type { IsoDate, UnmetGate } from '@platform/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CleanupScope, CleanupState, CleanupTrigger, Effect, Outcome, Proposal, SheetState } from '../domain/cleanup';

@Entity('cleanup')
export class CleanupRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('text') title: string;
  @Column('text') trigger: CleanupTrigger;
  @Column('text') reason: string;
  @Column('jsonb') scope: CleanupScope;
  @Column('text') state: CleanupState;
  /** The day whose effective list it took. */
  @Column('date', { name: 'listed_on' }) listedOn: IsoDate;
  @Column('date', { name: 'propose_by' }) proposeBy: IsoDate;
  @Column('date', { name: 'check_by' }) checkBy: IsoDate;
  @Column('uuid', { name: 'opened_by' }) openedBy: string;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
  @Column('text', { name: 'idempotency_key' }) idempotencyKey: string;
  @Column('text', { name: 'decision_number', nullable: true }) decisionNumber: string | null;
  @Column('text', { name: 'decision_text', nullable: true }) decisionText: string | null;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt: Date | null;
  @Column('text', { name: 'cancel_reason', nullable: true }) cancelReason: string | null;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

/** The list of one department. */
@Entity('cleanup_sheet')
export class CleanupSheetRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'cleanup_id' }) cleanupId: string;
  @Column('text') state: SheetState;
  @Column('uuid', { name: 'signed_by', nullable: true }) signedBy: string | null;
  @Column('timestamptz', { name: 'signed_at', nullable: true }) signedAt: Date | null;
  @Column('uuid', { name: 'checked_by', nullable: true }) checkedBy: string | null;
  @Column('timestamptz', { name: 'checked_at', nullable: true }) checkedAt: Date | null;
  /** Why it was sent back last. */
  @Column('text', { name: 'return_note', default: '' }) returnNote: string;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

/** One document in a clean-up: as it was listed, what is proposed, what was decided and how far that has come. */
@Entity('cleanup_item')
export class CleanupItemRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'cleanup_id' }) cleanupId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('integer') no: number;
  @Column('text') title: string;
  @Column('text') kind: PolicyKind;
  @Column('text', { name: 'document_number' }) documentNumber: string;
  @Column('timestamptz', { name: 'published_at' }) publishedAt: Date;
  @Column('date', { name: 'effective_from' }) effectiveFrom: IsoDate;
  @Column('date', { name: 'effective_to', nullable: true }) effectiveTo: IsoDate | null;
  /** Who added it later; null where it was in force on the day of the list. */
  @Column('uuid', { name: 'added_by', nullable: true }) addedBy: string | null;
  @Column('timestamptz', { name: 'added_at' }) addedAt: Date;
  @Column('text', { nullable: true }) proposal: Proposal | null;
  @Column('text', { default: '' }) reason: string;
  @Column('text', { name: 'amend_what', default: '' }) amendWhat: string;
  @Column('date', { name: 'amend_by', nullable: true }) amendBy: IsoDate | null;
  @Column('date', { name: 'effect_on', nullable: true }) effectOn: IsoDate | null;
  @Column('uuid', { name: 'replaced_by', nullable: true }) replacedBy: string | null;
  @Column('jsonb', { default: [] }) obstacles: UnmetGate[];
  @Column('uuid', { name: 'proposed_by', nullable: true }) proposedBy: string | null;
  @Column('timestamptz', { name: 'proposed_at', nullable: true }) proposedAt: Date | null;
  @Column('text', { default: '' }) remark: string;
  @Column('text', { nullable: true }) outcome: Outcome | null;
  @Column('text', { nullable: true }) effect: Effect | null;
  @Column('text', { name: 'effect_stage', default: '' }) effectStage: string;
  @Column('text', { name: 'effect_note', default: '' }) effectNote: string;
  @Column('integer', { name: 'effect_year', nullable: true }) effectYear: number | null;
  @Column('timestamptz', { name: 'effect_at', nullable: true }) effectAt: Date | null;
  @Column('date', { name: 'ended_on', nullable: true }) endedOn: IsoDate | null;
  @Column('boolean', { name: 'is_public', default: false }) isPublic: boolean;
  @Column('integer', { name: 'row_version', default: 1 }) rowVersion: number;
}

import type { IsoDate } from '@platform/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type ValidityChangeKind = 'amended' | 'partly_repealed' | 'extended' | 'abolished' | 'replaced' | 'lapsed';

/** A clause by its identity, and as it was called when it was named. */
export interface NamedClause {
  identity: string;
  label: string;
}

/** One change of a published policy's validity. Never altered and never deleted. */
@Entity('validity_change')
export class ValidityChangeRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('text') kind: ValidityChangeKind;
  /** When it was decided; a list of an earlier day does not know of it. */
  @Column('timestamptz', { name: 'known_at' }) knownAt: Date;
  /** First day of which it holds; of an extension the day of its decision. */
  @Column('date', { name: 'effect_on' }) effectOn: IsoDate;
  /** The policy that amends or replaces this one; of an abolition the one that takes its place, if any. */
  @Column('uuid', { name: 'by_policy_id', nullable: true }) byPolicyId: string | null;
  @Column('jsonb', { nullable: true }) clauses: NamedClause[] | null;
  /** Of an extension: the last day before it and after it; of a declared lapse the one before it, if there was one. */
  @Column('date', { name: 'previous_to', nullable: true }) previousTo: IsoDate | null;
  @Column('date', { name: 'new_to', nullable: true }) newTo: IsoDate | null;
  @Column('text', { name: 'notice_text', nullable: true }) noticeText: string | null;
}

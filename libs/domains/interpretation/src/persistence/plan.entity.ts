import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Channel } from '../domain/material';

@Entity('interpretation_plan')
export class PlanRow {
  @PrimaryColumn('text', { name: 'city_id' }) cityId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId: string;
  @Column('uuid', { name: 'policy_id' }) policyId: string;
  @Column('text') audience: string;
  @Column('text', { name: 'key_points' }) keyPoints: string;
  @Column('text', { array: true }) channels: Channel[];
  @Column('uuid', { name: 'updated_by' }) updatedBy: string;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}

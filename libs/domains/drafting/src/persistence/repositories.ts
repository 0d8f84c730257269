import { TenantRepository } from '@platform/persistence';
import { ApprovalRow } from './approval.entity';
import { DocketRow } from './docket.entity';
import { PlanItemRow } from './plan-item.entity';

export const planItems = new TenantRepository(PlanItemRow);
export const dockets = new TenantRepository(DocketRow);
export const approvals = new TenantRepository(ApprovalRow);

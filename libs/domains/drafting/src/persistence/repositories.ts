import { TenantRepository, type TenantTx } from '@platform/persistence';
import { IsNull } from 'typeorm';
import { ApprovalRow } from './approval.entity';
import { AttachmentRow } from './attachment.entity';
import { CirculationRow, CoordinationRow, HandlingRow, ReplyOpinionRow, ReplyRow } from './circulation.entity';
import { DocketRow } from './docket.entity';
import { ExpertSeatRow } from './expert-seat.entity';
import { PlanItemRow } from './plan-item.entity';

export const planItems = new TenantRepository(PlanItemRow);
export const dockets = new TenantRepository(DocketRow);
export const expertSeats = new TenantRepository(ExpertSeatRow);
export const attachments = new TenantRepository(AttachmentRow);
export const circulations = new TenantRepository(CirculationRow);
export const replies = new TenantRepository(ReplyRow);
export const replyOpinions = new TenantRepository(ReplyOpinionRow);
export const handlings = new TenantRepository(HandlingRow);
export const coordinations = new TenantRepository(CoordinationRow);
export const approvals = new TenantRepository(ApprovalRow);

/** The dockets of a policy that still wait for a signature. */
export const unsignedDockets = (tx: TenantTx, policyId: string): Promise<DocketRow[]> => dockets.find(tx, { policyId, signedAt: IsNull() });

import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { can } from '../evaluation.access';
import type { CampaignRow } from '../persistence/campaign.entity';
import { campaigns } from '../persistence/repositories';

/** Locks a campaign for its leader, who alone changes it; for anybody of another department it is not there. */
export async function holdOwnCampaign(tx: TenantTx, campaignId: string): Promise<CampaignRow> {
  const campaign = await campaigns.lockForUpdate(tx, campaignId);
  if (campaign.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
  if (!can(tx.actor, 'evaluation.write', campaign)) throw DomainError.forbidden();
  if (campaign.leaderId !== tx.actor.accountId) throw DomainError.forbidden('appraisal:error.notLeader');
  return campaign;
}

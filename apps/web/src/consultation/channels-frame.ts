import { can, type ConsultationAction, entryConsultation, type EntryConsultation } from '@domains/consultation';
import type { LifeCycle } from '@core/policy';
import type { TenantTx } from '@platform/persistence';
import { type PolicyHeader, policyHeader } from '../policy/policy-header';

export interface ChannelsFrame {
  [name: string]: unknown;
  title: string;
  header: PolicyHeader;
  consultation: EntryConsultation;
  /** Where the pages about the ways into this consultation begin. */
  base: string;
  deskHref: string;
  may: { register: boolean };
}

export const channelsBase = (consultationId: string): string => `/console/consultations/${consultationId}/channels`;

/** What every page about the ways into a consultation has. */
export async function channelsFrame(tx: TenantTx, lifeCycle: LifeCycle, consultationId: string): Promise<ChannelsFrame> {
  const consultation = await entryConsultation(tx, consultationId);
  const header = await policyHeader(tx, lifeCycle, consultation.policyId);
  const { actor } = tx;
  const may = (action: ConsultationAction): boolean => header.own && actor.tenantId !== null && can(actor, action, { cityId: actor.cityId, tenantId: actor.tenantId });
  return {
    title: header.title, header, consultation, base: channelsBase(consultationId), deskHref: `/console/policies/${consultation.policyId}/consultation?of=${consultationId}`,
    may: { register: may('consultation.register') },
  };
}

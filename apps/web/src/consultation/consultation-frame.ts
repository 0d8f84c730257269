import { can, type ConsultationAction, staffConsultationRef } from '@domains/consultation';
import type { LifeCycle } from '@core/policy';
import type { TenantTx } from '@platform/persistence';
import { policyHeader } from '../policy/policy-header';

/** What every page about the opinions of a consultation has; "not found" for another department's, but for who oversees the city. */
export async function consultationFrame(tx: TenantTx, lifeCycle: LifeCycle, consultationId: string) {
  const consultation = await staffConsultationRef(tx, consultationId);
  const header = await policyHeader(tx, lifeCycle, consultation.policyId);
  const { actor } = tx;
  const may = (action: ConsultationAction): boolean => header.own && actor.tenantId !== null && can(actor, action, { cityId: actor.cityId, tenantId: actor.tenantId });
  const open = consultation.state !== 'result_published';
  const desk = `/console/policies/${consultation.policyId}/consultation`;
  return {
    title: header.title, header, consultation, desk, deskHref: `${desk}?of=${consultationId}`,
    may: {
      cluster: may('consultation.cluster'), answer: open && may('consultation.answer'), approve: open && may('consultation.approve'), moderate: may('consultation.moderate'), assign: may('consultation.assign'),
      read: may('consultation.mark_read'),
    },
  };
}

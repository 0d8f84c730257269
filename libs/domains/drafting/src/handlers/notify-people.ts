import type { Role } from '@platform/kernel';
import type { EventHandler } from '@platform/messaging';
import { notify } from '@platform/notify';
import type { TenantTx } from '@platform/persistence';
import { policies } from '@core/policy';
import { SIGNERS } from '../domain/dockets';
import { DOCKET_ASSIGNED, DOCKET_OPENED, DOCKET_SIGNED, EXPERT_NAMED, PLAN_ITEM_PROPOSED } from '../drafting.events';
import { dockets, expertSeats, planItems } from '../persistence/repositories';

/** Who holds a role in one of these departments. */
export async function peopleWith(tx: TenantTx, role: Role, departments: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ account_id: string }>(
    `SELECT DISTINCT account_id FROM membership WHERE city_id = $1 AND role = $2 AND tenant_id = ANY ($3::uuid[]) AND revoked_at IS NULL`,
    [tx.cityId, role, departments]);
  return rows.map((row) => row.account_id);
}

/** A proposal reaches the heads of its department. */
export const notifyOfProposal: EventHandler = {
  name: 'drafting.notify_of_proposal',
  types: [PLAN_ITEM_PROPOSED],
  async handle(tx, { payload: { planItemId = '' } }) {
    const item = await planItems.require(tx, planItemId);
    for (const accountId of await peopleWith(tx, 'department_head', [item.tenantId])) {
      await notify(tx, { accountId, effectKey: `plan_item/${item.id}`, messageKey: 'drafting:notice.proposed', params: { title: item.title, year: item.year }, href: '/console/plan' });
    }
  },
};

/** An opened docket reaches those who may sign it, in the drafting department and in those invited to this review. */
export const notifyOfDocket: EventHandler = {
  name: 'drafting.notify_of_docket',
  types: [DOCKET_OPENED],
  async handle(tx, { payload: { docketId = '' } }) {
    const docket = await dockets.require(tx, docketId);
    const policy = await policies.require(tx, docket.policyId);
    const { role, capacity } = SIGNERS[docket.kind];
    const invited = await tx.query<{ tenant_id: string }>(
      'SELECT tenant_id FROM participation WHERE city_id = $1 AND policy_id = $2 AND capacity = $3', [tx.cityId, policy.id, capacity]);
    for (const accountId of await peopleWith(tx, role, [policy.tenantId, ...invited.map((row) => row.tenant_id)])) {
      await notify(tx, {
        accountId, effectKey: `docket/${docket.id}`, messageKey: docket.kind === 'expert_argument' || docket.kind === 'risk_assessment' ? `procedure:notice.opened.${docket.kind}` : `drafting:notice.docketOpened.${docket.kind}`, params: { title: policy.title },
        href: `/console/policies/${policy.id}/dockets`,
      });
    }
  },
};

/** A signature reaches the person who handed the text in. */
export const notifyOfSignature: EventHandler = {
  name: 'drafting.notify_of_signature',
  types: [DOCKET_SIGNED],
  async handle(tx, { payload: { docketId = '' } }) {
    const docket = await dockets.require(tx, docketId);
    const policy = await policies.require(tx, docket.policyId);
    await notify(tx, {
      accountId: docket.openedBy, effectKey: `docket_signed/${docket.id}`, messageKey: docket.outcome === 'deferred' ? 'procedure:notice.deferred' : `drafting:notice.docketSigned.${docket.outcome ?? 'passed'}`,
      params: { title: policy.title }, href: `/console/policies/${policy.id}/dockets`,
    });
  },
};

/** A named reviewer is told; a second naming of the same person tells him nothing new. */
export const notifyOfAssignment: EventHandler = {
  name: 'drafting.notify_of_assignment',
  types: [DOCKET_ASSIGNED],
  async handle(tx, { payload: { docketId = '' } }) {
    const docket = await dockets.require(tx, docketId);
    if (!docket.reviewerId) return;
    const policy = await policies.require(tx, docket.policyId);
    await notify(tx, {
      accountId: docket.reviewerId, effectKey: `docket_assigned/${docket.id}`, messageKey: 'procedure:notice.assigned', params: { title: policy.title },
      href: `/console/policies/${policy.id}/dockets/${docket.id}`,
    });
  },
};

/** An expert learns of his seat. */
export const notifyOfExpert: EventHandler = {
  name: 'drafting.notify_of_expert',
  types: [EXPERT_NAMED],
  async handle(tx, { payload: { seatId = '' } }) {
    const seat = await expertSeats.require(tx, seatId);
    const policy = await policies.require(tx, seat.policyId);
    await notify(tx, { accountId: seat.accountId, effectKey: `seat/${seat.id}`, messageKey: 'procedure:notice.expertNamed', params: { title: policy.title }, href: `/console/arguments/${seat.id}` });
  },
};

import type { EventHandler, StoredEvent } from '@platform/messaging';
import { notify } from '@platform/notify';
import type { TenantTx } from '@platform/persistence';
import { FUNDING_EVENTS } from '../funding.events';

interface Told {
  applicationId: string;
  state: string;
  title: string;
  enterpriseId: string;
}

async function tellApplicants(tx: TenantTx, event: StoredEvent, found: readonly Told[], messageKey: (told: Told) => string): Promise<void> {
  for (const told of found) {
    const people = await tx.query<{ id: string }>('SELECT id FROM account WHERE city_id = $1 AND enterprise_id = $2 AND disabled_at IS NULL', [tx.cityId, told.enterpriseId]);
    for (const { id } of people) {
      await notify(tx, { accountId: id, effectKey: `${event.id}/${told.applicationId}`, messageKey: messageKey(told), params: { title: told.title }, href: `/${tx.cityId}/my/applications/${told.applicationId}` });
    }
  }
}

const APPLICATIONS = `SELECT a.id AS "applicationId", a.state, a.data ->> 'title' AS title, a.enterprise_id AS "enterpriseId" FROM fund_application a WHERE a.city_id = $1`;

/** The applicant hears of every step that is taken with the application. */
export const tellApplicant: EventHandler = {
  name: 'funding.tell_applicant',
  types: [FUNDING_EVENTS.applicationChecked, FUNDING_EVENTS.noticePosted, FUNDING_EVENTS.paid],
  async handle(tx, event) {
    const { applicationId, callId } = event.payload;
    const found = applicationId
      ? await tx.query<Told>(`${APPLICATIONS} AND a.id = $2`, [tx.cityId, applicationId])
      : await tx.query<Told>(`${APPLICATIONS} AND a.call_id = $2 AND a.state IN ('granted', 'refused')`, [tx.cityId, callId]);
    await tellApplicants(tx, event, found, ({ state }) => (event.type === FUNDING_EVENTS.paid ? 'funding:told.paid' : `funding:told.${state}`));
  },
};

/** The drawn expert hears of an application to review; its title is blinded already. */
export const tellExpert: EventHandler = {
  name: 'funding.tell_expert',
  types: [FUNDING_EVENTS.reviewAssigned],
  async handle(tx, event) {
    const { assignmentId, accountId } = event.payload;
    const [assignment] = await tx.query<{ title: string }>('SELECT call_title AS title FROM review_assignment WHERE city_id = $1 AND id = $2', [tx.cityId, assignmentId]);
    if (!assignment || !accountId) return;
    await notify(tx, { accountId, effectKey: event.id, messageKey: 'funding:told.review', params: { title: assignment.title }, href: `/console/reviews/${assignmentId}` });
  },
};

/** The fund managers of the department hear what waits for them. */
export const tellManagers: EventHandler = {
  name: 'funding.tell_managers',
  types: [FUNDING_EVENTS.applicationSubmitted, FUNDING_EVENTS.rerouteAnswered, FUNDING_EVENTS.conflictDeclared, FUNDING_EVENTS.objectionPosted],
  async handle(tx, event) {
    const { callId } = event.payload;
    const [call] = await tx.query<{ title: string; tenantId: string }>('SELECT title, tenant_id AS "tenantId" FROM funding_call WHERE city_id = $1 AND id = $2', [tx.cityId, callId]);
    if (!call) return;
    const people = await tx.query<{ id: string }>(
      `SELECT account_id AS id FROM membership WHERE city_id = $1 AND tenant_id = $2 AND role = 'fund_manager' AND revoked_at IS NULL`, [tx.cityId, call.tenantId]);
    const what = event.type.split('.')[1]!;
    for (const { id } of people) {
      await notify(tx, { accountId: id, effectKey: event.id, messageKey: `funding:told.${what}`, params: { title: call.title }, href: `/console/calls/${callId}` });
    }
  },
};

/** Who objected hears the answer. */
export const tellObjector: EventHandler = {
  name: 'funding.tell_objector',
  types: [FUNDING_EVENTS.objectionResolved],
  async handle(tx, event) {
    const { accountId, callId } = event.payload;
    if (accountId) await notify(tx, { accountId, effectKey: event.id, messageKey: 'funding:told.objection_resolved', href: `/${tx.cityId}/calls/${callId}/notice` });
  },
};

import { type LifeCycle, policies } from '@core/policy';
import type { EventHandler } from '@platform/messaging';
import { notify } from '@platform/notify';
import { CIRCULATION_OPENED, CIRCULATION_REPLIED, COORDINATION_RECORDED } from '../drafting.events';
import { repliesCount } from '../persistence/circulation-standing';
import { circulations, coordinations, replies } from '../persistence/repositories';
import { peopleWith } from './notify-people';
import { closeNow } from '../use-cases/close-circulation';

/** The asked departments learn of it: those who draft the reply, and those who sign it. */
export const notifyOfCirculation: EventHandler = {
  name: 'drafting.notify_of_circulation',
  types: [CIRCULATION_OPENED],
  async handle(tx, { payload: { circulationId = '' } }) {
    const { policyId, replyOn } = await circulations.require(tx, circulationId);
    const { title } = await policies.require(tx, policyId);
    const asked = await tx.query<{ tenant_id: string }>('SELECT tenant_id FROM circulation_invitation WHERE city_id = $1 AND circulation_id = $2', [tx.cityId, circulationId]);
    const departments = asked.map((row) => row.tenant_id);
    const people = new Set([...(await peopleWith(tx, 'drafter', departments)), ...(await peopleWith(tx, 'department_head', departments))]);
    for (const accountId of people) {
      await notify(tx, { accountId, effectKey: `circulation/${circulationId}`, messageKey: 'circulation:notice.opened', params: { title, day: replyOn }, href: `/console/circulations/${circulationId}` });
    }
  },
};

/** A signed reply reaches the person who sent the letter. */
export const notifyOfReply: EventHandler = {
  name: 'drafting.notify_of_reply',
  types: [CIRCULATION_REPLIED],
  async handle(tx, { payload: { circulationId = '', replyId = '' } }) {
    const { policyId, openedBy } = await circulations.require(tx, circulationId);
    const { stance, tenantId } = await replies.require(tx, replyId);
    const { title } = await policies.require(tx, policyId);
    const [department] = await tx.query<{ name: string }>('SELECT short_name AS name FROM department WHERE city_id = $1 AND id = $2', [tx.cityId, tenantId]);
    await notify(tx, {
      accountId: openedBy, effectKey: `circulation_reply/${replyId}`, messageKey: `circulation:notice.replied.${stance}`, params: { title, department: department?.name ?? '' },
      href: `/console/policies/${policyId}/circulation`,
    });
  },
};

/** The last reply ends the circulation. A person who ended it meanwhile was first, and it stays as he left it. */
export const closeReplied = (lifeCycle: LifeCycle): EventHandler => ({
  name: 'drafting.close_replied_circulation',
  types: [CIRCULATION_REPLIED],
  async handle(tx, { payload: { policyId = '', circulationId = '' } }) {
    const policy = await policies.lockForShare(tx, policyId);
    const circulation = await circulations.lockForUpdate(tx, circulationId);
    const { asked, signed } = await repliesCount(tx, circulationId);
    if (circulation.state === 'open' && asked === signed) await closeNow(tx, lifeCycle, policy, circulation);
  },
});

/** The heads of a department that disagreed learn what was recorded; an agreement waits for their word. */
export const notifyOfCoordination: EventHandler = {
  name: 'drafting.notify_of_coordination',
  types: [COORDINATION_RECORDED],
  async handle(tx, { payload: { coordinationId = '' } }) {
    const { policyId, otherTenantId, outcome, replyId } = await coordinations.require(tx, coordinationId);
    const { title } = await policies.require(tx, policyId);
    const { circulationId } = await replies.require(tx, replyId);
    for (const accountId of await peopleWith(tx, 'department_head', [otherTenantId])) {
      await notify(tx, { accountId, effectKey: `coordination/${coordinationId}`, messageKey: `circulation:notice.coordinated.${outcome}`, params: { title }, href: `/console/circulations/${circulationId}` });
    }
  },
};

import type { CallDesk } from '@domains/funding';
import { type Actor, chinaDate } from '@platform/kernel';
import { APPLICATION_TONES, CALL_TONES } from './funding.view';

/** What a person may do with a call now: the forms that the page shows. Each use case asks again. */
export function callDeskView(desk: CallDesk, actor: Actor, now: Date) {
  const { call, applications, draw, notice, objections } = desk;
  const own = call.tenantId === actor.tenantId;
  const manages = own && actor.roles.includes('fund_manager');
  const heads = own && actor.roles.includes('department_head');
  const pays = own && actor.roles.includes('finance_officer');
  const unchecked = applications.filter(({ state }) => ['submitted', 'correction', 'rerouting'].includes(state)).length;
  const accepted = applications.filter(({ state }) => state === 'accepted');
  const openObjections = objections.filter(({ state }) => state === 'open').length;
  const awardedFen = applications.reduce((sum, { award }) => sum + (award?.amountFen ?? 0), 0);
  const closed = call.state === 'closed';
  return {
    ...desk,
    callTone: CALL_TONES[call.state],
    money: { budgetFen: call.budgetFen, awardedFen, paidFen: call.paidFen, leftFen: call.budgetFen - call.paidFen },
    applications: applications.map((application) => ({
      ...application, tone: APPLICATION_TONES[application.state], checkHref: manages ? `/console/calls/${call.id}/applications/${application.id}` : null,
      needsNext: manages && call.state === 'reviewing' && (application.review?.needs === 'conflict' || application.review?.needs === 'divergence'),
      payable: pays && call.state === 'awarded' && (application.award?.leftFen ?? 0) > 0,
      leftYuan: application.award ? String(application.award.leftFen / 100) : null,
    })),
    accepted: accepted.map((application) => ({ ...application, askedYuan: String(application.data.amountFen / 100) })),
    objections: objections.map((objection) => ({ ...objection, answerable: (manages || heads) && objection.state === 'open' })),
    unchecked, openObjections,
    can: {
      open: manages && call.state === 'draft',
      close: manages && call.state === 'open' && now >= (call.intakeEndsAt && call.intakeEndsAt < call.closesAt ? call.intakeEndsAt : call.closesAt),
      end: manages && closed && unchecked === 0 && accepted.length === 0,
      commit: manages && closed && !draw && unchecked === 0 && accepted.length > 0,
      reveal: manages && closed && draw !== null && draw.seed === null && now >= draw.seedAvailableAt,
      review: manages && closed && draw !== null && draw.seed !== null,
      decide: heads && call.state === 'reviewing' && accepted.length > 0 && accepted.every(({ review }) => review?.needs === 'nothing'),
      notice: manages && call.state === 'decided',
      award: heads && call.state === 'noticed' && notice !== null && chinaDate(now) > notice.endsOn && openObjections === 0,
    },
  };
}

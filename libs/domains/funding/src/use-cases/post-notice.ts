import { type Actor, chinaDate, type IsoDate } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { UnitOfWork } from '@platform/persistence';
import { deadline } from '@core/statutes';
import { Injectable } from '@nestjs/common';
import { APPLICATION_LIFE } from '../domain/application';
import { CALL_LIFE } from '../domain/call';
import { requireStaff } from '../funding.access';
import { FUNDING_EVENTS } from '../funding.events';
import { writeHistory } from '../persistence/history.repository';
import { applications, calls, decisions } from '../persistence/repositories';

/** Publishes what is meant to be granted, for the working days that the call promised; everybody may object until the last of them ends. */
@Injectable()
export class PostNotice {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, callId: string): Promise<{ endsOn: IsoDate }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const call = await calls.lockForUpdate(tx, callId);
      requireStaff(actor, 'funding.manage', call);
      const { to } = CALL_LIFE.require('notice', call.state);
      const today = chinaDate(tx.at);
      const { due, calendar } = deadline({ from: today, days: call.noticeWorkingDays, unit: 'wd' });
      await tx.query(
        `INSERT INTO funding_notice (city_id, call_id, tenant_id, starts_on, ends_on, working_days, calendar, posted_by, posted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [tx.cityId, call.id, call.tenantId, today, due, call.noticeWorkingDays, calendar, actor.accountId, tx.at]);
      for (const decision of await decisions.find(tx, { callId: call.id })) {
        const application = await applications.lockForUpdate(tx, decision.applicationId);
        const next = APPLICATION_LIFE.require(decision.granted ? 'grant' : 'refuse', application.state).to;
        await applications.update(tx, application.id, { state: next, rowVersion: application.rowVersion + 1 });
        await decisions.update(tx, decision.id, { noticedAt: tx.at });
        await writeHistory(tx, application, next, decision.reason);
      }
      await calls.update(tx, call.id, { state: to });
      await emit(tx, { type: FUNDING_EVENTS.noticePosted, payload: { callId: call.id } });
      recordAudit(tx, { action: 'funding.notice_posted', subjectType: 'funding_call', subjectId: call.id, details: { startsOn: today, endsOn: due, calendar } });
      return { endsOn: due };
    });
  }
}

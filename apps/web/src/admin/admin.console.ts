import { Accounts, Can } from '@platform/identity';
import { type Actor, systemActor } from '@platform/kernel';
import { listDeadEvents, rerunDeadEvent } from '@platform/messaging';
import { verifyCity } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, seeOther, type SeeOther } from '../http';
import { readAudit } from './read-audit';

/** The three administrators' pages: the auditor reads, the system administrator runs failed events again, the security administrator closes accounts. */
@Controller('console/admin')
export class AdminController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: Accounts,
  ) {}

  @Can('admin.read_audit')
  @Get('audit')
  async audit(@CurrentActor() actor: Actor): Promise<Page> {
    // The chains are whole only to the machinery; what is shown is the verdict and the auditor's own view of the entries.
    const verdict = await this.unitOfWork.run(systemActor(actor.cityId), (tx) => verifyCity(tx));
    return page('admin/audit', { title: 'admin:audit.title', verdict, entries: await this.unitOfWork.run(actor, readAudit) });
  }

  @Can('admin.read_events')
  @Get('events')
  async events(@CurrentActor() actor: Actor): Promise<Page> {
    return page('admin/events', { title: 'admin:events.title', events: await this.unitOfWork.run({ ...actor, scope: 'system' }, listDeadEvents) });
  }

  @Can('admin.rerun_event')
  @FormPage('/console/admin/events')
  @Post('events/:id/rerun')
  async rerun(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.unitOfWork.run({ ...actor, scope: 'system' }, (tx) => rerunDeadEvent(tx, id));
    return seeOther('/console/admin/events', 'admin:events.rerun');
  }

  @Can('admin.read_people')
  @Get('people')
  async people(@CurrentActor() actor: Actor): Promise<Page> {
    return page('admin/people', { title: 'admin:people.title', people: await this.unitOfWork.run(actor, (tx) => this.accounts.ofDepartment(tx)) });
  }

  @Can('admin.disable_account')
  @FormPage('/console/admin/people')
  @Post('people/:id/disable')
  async disable(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.unitOfWork.run(actor, (tx) => this.accounts.disable(tx, id));
    return seeOther('/console/admin/people', 'admin:people.disabled');
  }
}

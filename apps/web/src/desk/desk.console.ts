import { DueRegistry, readDeadlines } from '@core/policy';
import { unverifiedRules } from '@core/statutes';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { listNotifications } from '@platform/notify';
import { UnitOfWork } from '@platform/persistence';
import { Controller, Get, Query } from '@nestjs/common';
import { deadlinesView, rulesOf } from '../deadlines/deadlines-view';
import { DeadlinesDto } from '../deadlines/deadlines.dto';
import { CurrentActor, type Page, page } from '../http';
import { deskPolicies } from './desk-policies';

/** 今天要办: what is due by deadline, what is under way, and what was reported to this person. */
@Controller('console')
export class DeskController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly due: DueRegistry,
  ) {}

  @Can('desk.read')
  @Get()
  show(@CurrentActor() actor: Actor, @Query() dto: DeadlinesDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      // Who oversees the city begins with the city.
      const scope = dto.scope || (actor.roles.includes('overseer') ? 'city' : 'me');
      const found = await readDeadlines(tx, this.due, { scope, state: dto.state || undefined, departmentId: dto.department, after: dto.after });
      const [policies, notices] = [await deskPolicies(tx), await listNotifications(tx)];
      return page('desk/show', { title: 'desk:title', deadlines: deadlinesView(actor, scope, dto, found, await unverifiedRules(tx, rulesOf(found))), policies, notices });
    });
  }
}

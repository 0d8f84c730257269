import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { listNotifications } from '@platform/notify';
import { UnitOfWork } from '@platform/persistence';
import { Controller, Get } from '@nestjs/common';
import { CurrentActor, type Page, page } from '../http';
import { deskPolicies } from './desk-policies';

/** 今天要办: what is under way in the department, held matters first, and what was reported to this person. */
@Controller('console')
export class DeskController {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Can('desk.read')
  @Get()
  show(@CurrentActor() actor: Actor): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const [policies, notices] = [await deskPolicies(tx), await listNotifications(tx)];
      return page('desk/show', { title: 'desk:title', policies, notices });
    });
  }
}

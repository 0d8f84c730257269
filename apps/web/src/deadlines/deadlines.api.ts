import { type DeadlinePage, DueRegistry, readDeadlines } from '@core/policy';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../http';
import { DeadlinesDto } from './deadlines.dto';

@ApiTags('deadlines')
@ApiBearerAuth()
@Controller('api/v1/deadlines')
export class DeadlinesApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly due: DueRegistry,
  ) {}

  /** What is due, overdue and blocked, with the reason of each deadline, thirty at a time; `scope` is `me` (the default), `department` or, for who oversees it, `city`. */
  @Can('desk.read')
  @Get()
  list(@CurrentActor() actor: Actor, @Query() { scope = 'me', state, department, after }: DeadlinesDto): Promise<DeadlinePage> {
    return this.unitOfWork.run(actor, (tx) => readDeadlines(tx, this.due, { scope: scope || 'me', state: state || undefined, departmentId: department, after }));
  }
}

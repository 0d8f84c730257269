import { checkRegister, documentRegister, documentRegisterExport, type RegisterCheck, type RegisterEntry } from '@domains/drafting';
import { Can } from '@platform/identity';
import { type Actor, chinaDate } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, type FileAnswer, Language, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { registerCsv } from './register-csv';
import { yearOf } from './register.console';
import { RegisterDto } from './register.dto';

@ApiTags('register')
@ApiBearerAuth()
@Controller('api/v1/register')
export class RegisterApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  /** A year's document numbers, fifty at a time (`next` goes into `after`), and for each code whether its numbers have no gap and no double. `format=csv` gives all of them. */
  @Can('drafting.read_register')
  @Get()
  list(@CurrentActor() actor: Actor, @Query() dto: RegisterDto, @Language() lang: Lang): Promise<FileAnswer | { year: number; items: RegisterEntry[]; next: string | null; checks: RegisterCheck[] }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const filter = { year: yearOf(dto, tx.at), departmentId: dto.department || undefined, after: dto.after };
      if (dto.format === 'csv') return registerCsv(this.views, lang, filter.year, chinaDate(tx.at), await documentRegisterExport(tx, filter));
      return { year: filter.year, ...(await documentRegister(tx, filter)), checks: await checkRegister(tx, filter) };
    });
  }
}

import { validityOn } from '@core/policy';
import { checkRegister, documentRegister, documentRegisterExport, type RegisterEntry, registerYears } from '@domains/drafting';
import { Can } from '@platform/identity';
import { type Actor, chinaDate, type IsoDate } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { CurrentActor, type FileAnswer, Language, type Page, page, VIEWS } from '../http';
import { TONE_OF_VALIDITY } from '../policy/policy-view';
import type { Lang, ViewEngine } from '../view';
import { registerCsv } from './register-csv';
import { RegisterDto } from './register.dto';

/** The year asked for, or the current one, in Asia/Shanghai. */
export const yearOf = (dto: RegisterDto, now: Date): number => Number(dto.year || chinaDate(now).slice(0, 4));

/** The register of document numbers (发文登记簿): a department's own, or the city's for who oversees it. */
@Controller('console')
export class RegisterConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('drafting.read_register')
  @Get('register')
  list(@CurrentActor() actor: Actor, @Query() dto: RegisterDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const wholeCity = actor.scope === 'city';
      const years = await registerYears(tx);
      // A new year's register is empty until something is published: the page opens where there is something to read.
      const filter = { year: dto.year || years.length === 0 ? yearOf(dto, tx.at) : Number(years[0]), departmentId: dto.department || undefined, after: dto.after };
      const { items, next } = await documentRegister(tx, filter);
      const checks = await checkRegister(tx, filter);
      const query = (more: Record<string, string>): string => new URLSearchParams({ year: String(filter.year), department: dto.department ?? '', ...more }).toString();
      return page('register/list', {
        title: 'register:title', year: filter.year, years: [...new Set([filter.year, ...years])].sort((a, b) => b - a), wholeCity, department: dto.department,
        departments: wholeCity ? await departments(tx) : [], items: items.map((item) => rowOf(item, chinaDate(tx.at))), checks, total: checks.reduce((sum, { count }) => sum + count, 0),
        faulty: checks.some(({ whole }) => !whole), next: next && `?${query({ after: next })}`, csvHref: `/console/register.csv?${query({})}`,
      });
    });
  }

  @Can('drafting.read_register')
  @Get('register.csv')
  export(@CurrentActor() actor: Actor, @Query() dto: RegisterDto, @Language() lang: Lang): Promise<FileAnswer> {
    return this.unitOfWork.run(actor, async (tx) => {
      const year = yearOf(dto, tx.at);
      return registerCsv(this.views, lang, year, chinaDate(tx.at), await documentRegisterExport(tx, { year, departmentId: dto.department || undefined }));
    });
  }
}

const departments = (tx: TenantTx): Promise<{ id: string; name: string }[]> =>
  tx.query('SELECT id, name FROM department WHERE city_id = $1 ORDER BY name', [tx.cityId]);

function rowOf(item: RegisterEntry, today: IsoDate) {
  const validity = validityOn(item, today);
  return { ...item, href: `/console/policies/${item.policyId}`, validity, tone: validity && TONE_OF_VALIDITY[validity] };
}

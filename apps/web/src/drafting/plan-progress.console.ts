import { ChangeCityPlan, planProgress, planProgressCounts, planProgressExport, PROGRESS_STATES } from '@domains/drafting';
import { Can } from '@platform/identity';
import { type Actor, chinaDate } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, type FileAnswer, FormPage, Language, type Page, page, type SeeOther, seeOther, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { ProgressDto, SupplementDto } from './city-plan.dto';
import { monthParts, progressCsv, TONE_OF_PROGRESS } from './city-plan-view';

/** How the annual plan gets on, of one's department or of the city, and what it asks of the city later on. */
@Controller('console/plan')
export class PlanProgressConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly change: ChangeCityPlan,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('drafting.read_plan')
  @Get('progress')
  show(@CurrentActor() actor: Actor, @Query() dto: ProgressDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { department: departmentId, after, ...filter } = dto;
      const { items, next } = await planProgress(tx, { ...filter, departmentId, after });
      const counts = await planProgressCounts(tx, { year: dto.year, departmentId });
      const address = (more: Record<string, string>): string =>
        `?${new URLSearchParams({ ...(dto.year ? { year: String(dto.year) } : {}), ...(departmentId ? { department: departmentId } : {}), ...more }).toString()}`;
      const chosen: Record<string, string> = { ...(dto.progress ? { progress: dto.progress } : {}), ...(dto.overdue ? { overdue: 'on' } : {}) };
      const thisYear = Number(chinaDate(tx.at).slice(0, 4));
      return page('drafting/plan-progress', {
        title: 'plan:progressPage.title', filter: dto, years: [-2, -1, 0, 1, 2].map((n) => thisYear + n), wholeCity: actor.scope === 'city',
        departments: actor.scope === 'city' ? await tx.query('SELECT id, name FROM department WHERE city_id = $1 ORDER BY name', [tx.cityId]) : [],
        tabs: [...PROGRESS_STATES.map((state) => ({ key: `plan:progress.${state}`, count: counts[state], href: address({ progress: state }), current: dto.progress === state })),
          { key: 'plan:progress.overdue', count: counts.overdue, href: address({ overdue: 'on' }), current: dto.overdue }],
        allHref: address({}), all: !dto.progress && !dto.overdue,
        items: items.map((item) => ({ ...item, due: monthParts(item.dueMonth), tone: TONE_OF_PROGRESS[item.progress] })),
        csvHref: `/console/plan/progress.csv${address(chosen)}`, next: next && address({ ...chosen, after: next }),
      });
    });
  }

  @Can('drafting.read_plan')
  @Get('progress.csv')
  async export(@CurrentActor() actor: Actor, @Query() { department, year, progress, overdue }: ProgressDto, @Language() lang: Lang): Promise<FileAnswer> {
    return progressCsv(this.views, lang, await this.unitOfWork.run(actor, (tx) => planProgressExport(tx, { year, progress, overdue, departmentId: department })));
  }

  @Can('drafting.decide_plan')
  @FormPage('/console/plan')
  @Post(':id/supplement')
  async supplement(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: SupplementDto): Promise<SeeOther> {
    await this.change.supplement(actor, id, { reason: dto.supplementReason, urgent: dto.urgent, dueMonth: dto.dueMonth || undefined });
    return seeOther('/console/plan', 'plan:flash.requested');
  }
}

import { type PublicPlan, readPublicPlan } from '@domains/drafting';
import { Public } from '@platform/identity';
import { type Clock, DomainError } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { CityCode, type FileAnswer, Language, type Page, page, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { PublicPlanDto } from './city-plan.dto';
import { figuresOf, monthParts, namesOf, planCsv, TONE_OF_PROGRESS } from './city-plan-view';

/** What the city has set out to make, revise and abolish this year, and how far it has come. */
@Controller(':city')
export class CityPlanPortal {
  constructor(
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Public()
  @Get('plan')
  async show(@CityCode() cityId: string, @Query() { year }: PublicPlanDto): Promise<Page> {
    const plan = await readPublicPlan(this.reader, cityId, this.clock.now(), year || undefined);
    // A year without a plan says so; it is no wrong address.
    const years = plan?.years ?? (year ? (await readPublicPlan(this.reader, cityId, this.clock.now()))?.years ?? [] : []);
    const figures = plan && figuresOf(plan.entries);
    return page('drafting/public-plan', {
      title: 'plan:public.title', year: plan?.year ?? year, years: years.map((one) => ({ year: one, href: `/${cityId}/plan?year=${one}`, current: one === plan?.year })), plan,
      figures: figures && Object.entries(figures).map(([key, value]) => ({ label: key, value })),
      entries: plan?.entries.map((entry) => ({
        ...entry, together: namesOf(entry.coDepartments), due: monthParts(entry.dueMonth), tone: TONE_OF_PROGRESS[entry.progress], href: entry.policyId && `/${cityId}/policies/${entry.policyId}`,
        targetHref: entry.targetId && `/${cityId}/policies/${entry.targetId}`,
      })),
      csvHref: plan && `/${cityId}/plan.csv?year=${plan.year}`, jsonHref: plan && `/api/v1/cities/${cityId}/plan?year=${plan.year}`,
    });
  }

  @Public()
  @Get('plan.csv')
  async export(@CityCode() cityId: string, @Query() { year }: PublicPlanDto, @Language() lang: Lang): Promise<FileAnswer> {
    return planCsv(this.views, lang, await required(readPublicPlan(this.reader, cityId, this.clock.now(), year || undefined)));
  }
}

/** The plan, or "not found" where there is none of the year. */
export async function required(found: Promise<PublicPlan | null>): Promise<PublicPlan> {
  const plan = await found;
  if (!plan) throw DomainError.notFound();
  return plan;
}

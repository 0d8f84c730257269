import {
  canDraft, ChangeCityPlan, type CityPlanChange, type CityPlanDetail, type CityPlanEntry, listCityPlans, MergeEntries, OpenCityPlan, readCityPlan,
} from '@domains/drafting';
import { Can } from '@platform/identity';
import { type Actor, chinaDate, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, FormPage, Language, type Page, page, type SeeOther, seeOther, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { ArrangeEntryDto, CancelEntryDto, ChosenEntriesDto, DecideChangeDto, DecideCityPlanDto, MergeEntriesDto, OpenCityPlanDto } from './city-plan.dto';
import { CityPlanSteps } from './city-plan-steps';
import { monthParts, namesOf, TONE_OF_CITY_PLAN, TONE_OF_ENTRY } from './city-plan-view';

const HOME = '/console/city-plan';
const crumbsTo = (views: ViewEngine, lang: Lang, plan: CityPlanDetail, here?: string) => {
  const ofYear = views.translate(lang, 'plan:city.ofYear', { year: plan.year });
  return [{ label: views.translate(lang, 'plan:city.title'), href: HOME }, ...(here ? [{ label: ofYear, href: `${HOME}/${plan.id}` }, { label: views.translate(lang, here) }] : [{ label: ofYear }])];
};
const overseer = (actor: Actor): boolean => actor.roles.includes('overseer');

/** What one may do with an entry. */
function entryView(actor: Actor, plan: CityPlanDetail, entry: CityPlanEntry) {
  return {
    ...entry, together: namesOf(entry.coDepartments), tone: TONE_OF_ENTRY[entry.state], due: monthParts(entry.dueMonth),
    mayArrange: overseer(actor) && plan.state === 'collecting' && entry.state === 'submitted',
    mayCancel: plan.state === 'approved' && entry.state === 'listed' && (overseer(actor) || canDraft(actor, 'drafting.decide_plan', { tenantId: entry.departmentId }))
      && !plan.changes.some((change) => change.entryId === entry.id && change.state === 'requested'),
  };
}

const changeView = (actor: Actor, change: CityPlanChange) => ({
  ...change, mayDecide: overseer(actor) && change.state === 'requested' && change.requestedBy !== actor.accountId,
  ownRequest: change.state === 'requested' && change.requestedBy === actor.accountId,
});

/** To which years a matter may be put off: those whose plan still collects or is not begun. */
async function laterYears(tx: TenantTx, year: number): Promise<number[]> {
  const closed = (await listCityPlans(tx)).filter((plan) => plan.state !== 'collecting').map((plan) => plan.year);
  return [1, 2, 3].map((n) => year + n).filter((one) => !closed.includes(one));
}

/** The city's plan of a year: collected, arranged, approved as a whole, changed. */
@Controller('console/city-plan')
export class CityPlanConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly open: OpenCityPlan,
    private readonly merge: MergeEntries,
    private readonly change: ChangeCityPlan,
    private readonly steps: CityPlanSteps,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('drafting.read_plan')
  @Get()
  list(@CurrentActor() actor: Actor): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const plans = await listCityPlans(tx);
      const thisYear = Number(chinaDate(tx.at).slice(0, 4));
      return page('drafting/city-plans', {
        title: 'plan:city.title', plans: plans.map((plan) => ({ ...plan, tone: TONE_OF_CITY_PLAN[plan.state], href: `${HOME}/${plan.id}` })),
        years: overseer(actor) ? [thisYear, thisYear + 1].filter((year) => !plans.some((plan) => plan.year === year)) : [],
      });
    });
  }

  @Can('drafting.city_plan')
  @FormPage(HOME)
  @Post()
  async begin(@CurrentActor() actor: Actor, @Body() dto: OpenCityPlanDto): Promise<SeeOther> {
    const { id } = await this.open.run(actor, dto.year);
    return seeOther(`${HOME}/${id}`, 'plan:flash.opened');
  }

  @Can('drafting.read_plan')
  @Get(':id')
  show(@CurrentActor() actor: Actor, @Param('id') id: string, @Language() lang: Lang): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const plan = await readCityPlan(tx, id);
      const entries = plan.entryList.map((entry) => entryView(actor, plan, entry));
      return page('drafting/city-plan', {
        title: 'plan:city.title', crumbs: crumbsTo(this.views, lang, plan), plan, home: `${HOME}/${id}`, tone: TONE_OF_CITY_PLAN[plan.state], isOverseer: overseer(actor),
        standing: entries.filter((entry) => entry.state === 'submitted' || entry.state === 'listed'),
        settled: entries.filter((entry) => entry.state !== 'submitted' && entry.state !== 'listed'),
        mayArrange: overseer(actor) && plan.state === 'collecting', undated: entries.filter((entry) => entry.state === 'submitted' && !entry.dueMonth).length,
        mayApprove: overseer(actor) && plan.state === 'proposed' && plan.proposedBy !== actor.accountId, ownProposal: plan.state === 'proposed' && plan.proposedBy === actor.accountId,
        otherYears: await laterYears(tx, plan.year),
        changes: plan.changes.map((change) => changeView(actor, change)),
      });
    });
  }

  /** What will become of the chosen entries, before it is done. */
  @Can('drafting.city_plan')
  @Get(':id/merge')
  preview(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() dto: ChosenEntriesDto, @Language() lang: Lang): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const plan = await readCityPlan(tx, id);
      const chosen = plan.entryList.filter((entry) => dto.entryIds.includes(entry.id));
      if (chosen.length !== new Set(dto.entryIds).size) throw DomainError.notFound();
      return page('drafting/city-plan-merge', {
        title: 'plan:merge.title', crumbs: crumbsTo(this.views, lang, plan, 'plan:merge.title'), plan, home: `${HOME}/${id}`, enough: chosen.length >= 2, chosen: chosen.map((entry) => ({ ...entry, due: monthParts(entry.dueMonth) })),
      });
    });
  }

  @Can('drafting.city_plan')
  @FormPage('/console/city-plan/:id')
  @Post(':id/merge')
  async join(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: MergeEntriesDto): Promise<SeeOther> {
    await this.merge.run(actor, id, dto);
    return seeOther(`${HOME}/${id}`, 'plan:flash.merged');
  }

  @Can('drafting.city_plan')
  @FormPage('/console/city-plan/:id')
  @Post(':id/entries/:entryId')
  async arrange(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('entryId') entryId: string, @Body() dto: ArrangeEntryDto): Promise<SeeOther> {
    await this.steps.arrange(actor, id, entryId, dto);
    return seeOther(`${HOME}/${id}`, `plan:flash.${dto.action}`);
  }

  @Can('drafting.city_plan')
  @FormPage('/console/city-plan/:id')
  @Post(':id/decision')
  async decide(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: DecideCityPlanDto): Promise<SeeOther> {
    await this.steps.decide(actor, id, dto);
    return seeOther(`${HOME}/${id}`, `plan:flash.${dto.decision}`);
  }

  @Can('drafting.change_plan')
  @FormPage('/console/city-plan/:id')
  @Post(':id/entries/:entryId/cancellation')
  async cancel(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('entryId') entryId: string, @Body() dto: CancelEntryDto): Promise<SeeOther> {
    await this.change.cancel(actor, id, entryId, dto.cancelReason);
    return seeOther(`${HOME}/${id}#changes`, 'plan:flash.requested');
  }

  @Can('drafting.city_plan')
  @FormPage('/console/city-plan/:id')
  @Post(':id/changes/:changeId/decision')
  async settle(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('changeId') changeId: string, @Body() dto: DecideChangeDto): Promise<SeeOther> {
    await this.change.decide(actor, id, changeId, { decision: dto.decision, note: dto.changeNote });
    return seeOther(`${HOME}/${id}#changes`, dto.decision === 'approve' ? 'plan:flash.changeApproved' : 'plan:flash.changeRefused');
  }
}

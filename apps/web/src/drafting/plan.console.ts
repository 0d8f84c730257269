import { type Choice, colleagues, CreatePolicy, DecidePlanItem, listPlan, PLAN_KINDS, PLAN_STATES, ProposePlanItem, publishedPolicies, readPlanItem } from '@domains/drafting';
import { POLICY_KINDS } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, chinaDate } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, type SeeOther, seeOther } from '../http';
import { DecidePlanItemDto, NewPolicyDto, newPolicyOf, PlanListDto, ProposePlanItemDto } from './drafting.dto';
import { monthParts, TONE_OF_ENTRY } from './city-plan-view';
import { TONE_OF_PLAN } from './drafting-view';

/** The annual plan of one's own department. */
@Controller('console/plan')
export class PlanConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposePlanItem,
    private readonly decide: DecidePlanItem,
    private readonly create: CreatePolicy,
  ) {}

  @Can('drafting.read_plan')
  @Get()
  show(@CurrentActor() actor: Actor, @Query() filter: PlanListDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { items, next } = await listPlan(tx, filter);
      const mayPropose = actor.roles.includes('drafter') || actor.roles.includes('department_head');
      const targets: Choice[] = mayPropose ? await publishedPolicies(tx) : [];
      const people: Choice[] = mayPropose ? await colleagues(tx) : [];
      const thisYear = Number(chinaDate(tx.at).slice(0, 4));
      const more = new URLSearchParams({ ...(filter.year ? { year: String(filter.year) } : {}), ...(filter.state ? { state: filter.state } : {}), after: next ?? '' });
      return page('drafting/plan', {
        title: 'drafting:plan.title', filter, states: PLAN_STATES, kinds: PLAN_KINDS, years: [thisYear, thisYear + 1, thisYear + 2], allYears: [-3, -2, -1, 0, 1, 2].map((n) => thisYear + n), targets, people, mayPropose,
        items: items.map((item) => ({
          ...item, tone: TONE_OF_PLAN[item.state], due: monthParts(item.dueMonth), cityTone: item.entryState && TONE_OF_ENTRY[item.entryState],
          mayDecide: item.state === 'proposed' && actor.roles.includes('department_head') && item.proposedBy !== actor.accountId,
          ownProposal: item.state === 'proposed' && item.proposedBy === actor.accountId,
          maySupplement: item.maySupplement && actor.roles.includes('department_head'),
          mayCreate: item.state === 'approved' && !item.policyId && item.kind !== 'abolish' && !item.ledByOther && (item.entryState === null || item.entryState === 'listed' || item.entryState === 'merged') && actor.roles.includes('drafter'),
        })),
        next: next && `?${more.toString()}`,
      });
    });
  }

  @Can('drafting.propose')
  @FormPage('/console/plan')
  @Post()
  async add(@CurrentActor() actor: Actor, @Body() dto: ProposePlanItemDto): Promise<SeeOther> {
    await this.propose.run(actor, dto);
    return seeOther('/console/plan', 'drafting:flash.proposed');
  }

  @Can('drafting.decide_plan')
  @FormPage('/console/plan')
  @Post(':id/decision')
  async settle(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: DecidePlanItemDto): Promise<SeeOther> {
    await this.decide.run(actor, id, dto);
    return seeOther('/console/plan', dto.decision === 'approve' ? 'drafting:flash.planApproved' : 'drafting:flash.planRefused');
  }

  @Can('drafting.write')
  @Get(':id/policy')
  newPolicy(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const [item, people] = [await readPlanItem(tx, id), await colleagues(tx)];
      return page('drafting/new', { title: 'drafting:new.title', item, people, kinds: POLICY_KINDS });
    });
  }

  @Can('drafting.write')
  @FormPage('/console/plan/:id/policy')
  @Post(':id/policy')
  async make(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: NewPolicyDto): Promise<SeeOther> {
    const policy = await this.create.run(actor, id, newPolicyOf(dto));
    return seeOther(`/console/policies/${policy.id}`, 'drafting:flash.created');
  }
}

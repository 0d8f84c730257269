import { listPolicies, nextSteps, readPolicyText, RevisePolicy, StartDrafting, SubmitForDeliberation, SubmitForReview, WithdrawPolicy } from '@domains/drafting';
import { LifeCycle, policies, POLICY_STATES } from '@core/policy';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, type SeeOther, seeOther } from '../http';
import { policyHeader } from '../policy/policy-header';
import { PolicyListDto, ReviseDto, ShowPolicyDto, WithdrawDto } from './drafting.dto';
import { standingWarning } from './standing-warning';
import { stepView, textView, toneOfState, versionView } from './drafting-view';

/** The policies of one's department: list, text, and the steps of the drafter. */
@Controller('console/policies')
export class PoliciesConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly startDrafting: StartDrafting,
    private readonly revisePolicy: RevisePolicy,
    private readonly submitForReview: SubmitForReview,
    private readonly submitForDeliberation: SubmitForDeliberation,
    private readonly withdrawPolicy: WithdrawPolicy,
  ) {}

  @Can('drafting.read')
  @Get()
  list(@CurrentActor() actor: Actor, @Query() filter: PolicyListDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { items, next } = await listPolicies(tx, filter);
      const more = new URLSearchParams({ ...(filter.state ? { state: filter.state } : {}), after: next ?? '' });
      return page('drafting/list', {
        title: 'drafting:list.title', filter, states: POLICY_STATES, next: next && `?${more.toString()}`,
        items: items.map((item) => ({ ...item, href: `/console/policies/${item.id}`, tone: toneOfState(item.state) })),
      });
    });
  }

  @Can('drafting.read')
  @Get(':id')
  show(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: ShowPolicyDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const policy = await policies.require(tx, id);
      const { versions, shown, provisions } = await readPolicyText(tx, id, query.version);
      const steps = await nextSteps(tx, this.lifeCycle, policy, header);
      return page('drafting/overview', {
        title: header.title, header, policy, shown, validityWarning: await standingWarning(tx, policy), text: textView(provisions),
        document: shown && { base: `/console/policies/${id}`, version: shown.id, draft: policy.publishedAt === null || policy.currentVersionId !== shown.id }, versions: versions.map(versionView(id, shown?.id)),
        steps: steps.filter((step) => step.mine).map((step) => stepView(id, step)),
        others: header.own ? steps.filter((step) => !step.mine && step.name !== 'withdraw' && step.name !== 'revise').map((step) => stepView(id, step)) : [],
      });
    });
  }

  @Can('drafting.write')
  @FormPage('/console/policies/:id')
  @Post(':id/start')
  async start(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.startDrafting.run(actor, id);
    return seeOther(`/console/policies/${id}/edit`, 'drafting:flash.started');
  }

  @Can('drafting.write')
  @FormPage('/console/policies/:id')
  @Post(':id/revision')
  async revise(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ReviseDto): Promise<SeeOther> {
    await this.revisePolicy.run(actor, id, dto.reviseReason);
    return seeOther(`/console/policies/${id}/edit`, 'drafting:flash.draftOpened');
  }

  @Can('drafting.write')
  @FormPage('/console/policies/:id')
  @Post(':id/review')
  async review(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.submitForReview.run(actor, id);
    return seeOther(`/console/policies/${id}/dockets`, 'drafting:flash.sentToReview');
  }

  @Can('drafting.write')
  @FormPage('/console/policies/:id')
  @Post(':id/deliberation')
  async deliberate(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.submitForDeliberation.run(actor, id);
    return seeOther(`/console/policies/${id}/dockets`, 'drafting:flash.sentToMeeting');
  }

  @Can('drafting.withdraw')
  @FormPage('/console/policies/:id')
  @Post(':id/withdrawal')
  async withdraw(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: WithdrawDto): Promise<SeeOther> {
    await this.withdrawPolicy.run(actor, id, dto.withdrawReason);
    return seeOther(`/console/policies/${id}`, 'drafting:flash.withdrawn');
  }
}

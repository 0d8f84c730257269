import { ApprovePolicy, CAPACITIES, type Choice, InviteDepartment, listApprovals, listDockets, listParticipants, nextSteps, otherDepartments, publishedPolicies, readDocket, readPolicyText, revisedPolicy, SignDocket } from '@domains/drafting';
import { LifeCycle, policies, PublishPolicy } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, chinaDate } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, type SeeOther, seeOther } from '../http';
import { policyHeader } from '../policy/policy-header';
import { docketForm } from './docket-form';
import { publicationRule } from './standing-warning';
import { docketGrounds } from './docket-grounds';
import { ApproveDto, InviteDepartmentDto, PublishDto } from './drafting.dto';
import { SignDocketDto, signatureOf } from './procedure.dto';
import { stepView, textView } from './drafting-view';

/** The procedure of one policy: reviews, meeting, approval, registration. */
@Controller('console/policies/:id')
export class DocketsConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly signDocket: SignDocket,
    private readonly inviteDepartment: InviteDepartment,
    private readonly approvePolicy: ApprovePolicy,
    private readonly publishPolicy: PublishPolicy,
  ) {}

  @Can('drafting.read')
  @Get('dockets')
  list(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const policy = await policies.require(tx, id);
      const steps = (await nextSteps(tx, this.lifeCycle, policy, header)).map((step) => stepView(id, step));
      const of = (name: string) => steps.find((step) => step.name === name && step.mine);
      const mayInvite = header.own && actor.roles.includes('drafter');
      const departments: Choice[] = mayInvite ? await otherDepartments(tx) : [];
      const publish = of('publish');
      const replaceable: Choice[] = publish ? await publishedPolicies(tx) : [];
      const entries = await listDockets(tx, id);
      const grounds = await docketGrounds(tx, policy.tenantId, entries);
      return page('drafting/dockets', {
        title: header.title, header, today: chinaDate(tx.at), mayInvite, departments, replaceable, revised: publish ? await revisedPolicy(tx, id) : null, capacities: CAPACITIES,
        approve: of('approve'), publish, validity: publish ? await publicationRule(tx, policy) : null, approvals: await listApprovals(tx, id), participants: await listParticipants(tx, id),
        dockets: entries.map((docket) => ({ ...docket, ...grounds(docket), href: `/console/policies/${id}/dockets/${docket.id}`, open: docket.outcome === null, tone: docket.outcome === 'passed' ? 'success' : 'danger' })),
      });
    });
  }

  @Can('drafting.read')
  @Get('dockets/:docketId')
  docket(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('docketId') docketId: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const policy = await policies.require(tx, id);
      const docket = await readDocket(tx, id, docketId);
      const { shown, provisions } = await readPolicyText(tx, id, docket.versionId);
      const sign = (await nextSteps(tx, this.lifeCycle, policy, header)).find((step) => step.name === 'sign');
      return page('drafting/docket', {
        title: header.title, header, docket, grounds: (await docketGrounds(tx, policy.tenantId, [docket]))(docket), shown, text: textView(provisions), needsOther: sign?.needsOther ?? false, ...(await docketForm(tx, policy, docket, provisions)),
      });
    });
  }

  @Can('drafting.review')
  @FormPage('/console/policies/:id/dockets/:docketId')
  @Post('dockets/:docketId')
  async sign(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('docketId') docketId: string, @Body() dto: SignDocketDto): Promise<SeeOther> {
    await this.signDocket.run(actor, id, docketId, signatureOf(dto));
    return seeOther(`/console/policies/${id}/dockets`, 'drafting:flash.signed');
  }

  @Can('drafting.write')
  @FormPage('/console/policies/:id/dockets')
  @Post('participants')
  async invite(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: InviteDepartmentDto): Promise<SeeOther> {
    await this.inviteDepartment.run(actor, id, dto);
    return seeOther(`/console/policies/${id}/dockets`, 'drafting:flash.invited');
  }

  @Can('drafting.approve')
  @FormPage('/console/policies/:id/dockets')
  @Post('approval')
  async approve(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ApproveDto): Promise<SeeOther> {
    await this.approvePolicy.run(actor, id, dto.statement);
    return seeOther(`/console/policies/${id}/dockets`, 'drafting:flash.approved');
  }

  @Can('drafting.publish')
  @FormPage('/console/policies/:id/dockets')
  @Post('publication')
  async publish(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: PublishDto): Promise<SeeOther> {
    const { warnings } = await this.publishPolicy.run(actor, id, dto);
    return seeOther(`/console/policies/${id}`, warnings.length > 0 ? 'statutes:validity.flash' : 'drafting:flash.published');
  }
}

import { AnswerReroute, listMyApplications, myApplicationIn, myMatch, readMyApplication, readPublicCall, SaveApplication, SubmitApplication, WithdrawApplication } from '@domains/funding';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CityCode, CurrentActor, FormPage, type Page, page, type SeeOther, seeOther } from '../http';
import { ApplyDto, fenOf, RerouteAnswerDto } from './funding.dto';
import { APPLICATION_TONES, stepsOf, VERDICT_TONES } from './funding.view';

/** Applying for money, as an enterprise. */
@Controller(':city')
export class ApplicationsPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly unitOfWork: UnitOfWork,
    private readonly saveApplication: SaveApplication,
    private readonly submitApplication: SubmitApplication,
    private readonly answerReroute: AnswerReroute,
    private readonly withdrawApplication: WithdrawApplication,
  ) {}

  @Can('application.submit')
  @Get('calls/:id/apply')
  async form(@CityCode() cityId: string, @Param('id') id: string, @CurrentActor() actor: Actor): Promise<Page> {
    this.requireOwnCity(actor, cityId);
    const call = await readPublicCall(this.reader, cityId, id);
    const mine = await this.unitOfWork.run(actor, async (tx) => ({ application: await myApplicationIn(tx, id), match: await myMatch(tx, call.conditions) }));
    return page('funding/apply', {
      title: 'funding:apply.title', call, application: mine.application, steps: stepsOf(mine.application?.state ?? null),
      editable: mine.application === null || ['draft', 'correction'].includes(mine.application.state),
      amountYuan: mine.application?.data.amountFen ? String(mine.application.data.amountFen / 100) : '',
      conditions: mine.match.map((result) => ({ verdict: result.verdict, tone: VERDICT_TONES[result.verdict], label: result.label, actual: result.actual, article: `《${call.policyTitle}》${result.clauseLabel ?? result.clause}` })),
    });
  }

  /** Saving comes first in either case, so that a refused submission has lost nothing. */
  @Can('application.submit')
  @FormPage('/:city/calls/:id/apply')
  @Post('calls/:id/apply')
  async apply(@CityCode() cityId: string, @Param('id') id: string, @CurrentActor() actor: Actor, @Body() dto: ApplyDto): Promise<SeeOther> {
    this.requireOwnCity(actor, cityId);
    const saved = await this.saveApplication.run(actor, id, { title: dto.title, summary: dto.summary, amountFen: dto.amountYuan ? fenOf(dto.amountYuan) : 0 });
    if (dto.action === 'save') return seeOther(`/${cityId}/calls/${id}/apply`, 'funding:flash.saved');
    await this.submitApplication.run(actor, saved.id);
    return seeOther(`/${cityId}/my/applications/${saved.id}`, 'funding:flash.submitted');
  }

  @Can('application.submit')
  @Get('my/applications')
  async list(@CityCode() cityId: string, @CurrentActor() actor: Actor): Promise<Page> {
    this.requireOwnCity(actor, cityId);
    const items = await this.unitOfWork.run(actor, listMyApplications);
    return page('funding/mine', { title: 'funding:mine.title', items: items.map((item) => ({ ...item, tone: APPLICATION_TONES[item.state], href: `/${cityId}/my/applications/${item.id}` })) });
  }

  @Can('application.submit')
  @Get('my/applications/:id')
  async show(@CityCode() cityId: string, @Param('id') id: string, @CurrentActor() actor: Actor): Promise<Page> {
    this.requireOwnCity(actor, cityId);
    const application = await this.unitOfWork.run(actor, (tx) => readMyApplication(tx, id));
    return page('funding/application', {
      title: application.data.title || application.callTitle, application, tone: APPLICATION_TONES[application.state], steps: stepsOf(application.state),
      editable: application.state === 'draft' || application.state === 'correction',
      withdrawable: ['draft', 'submitted', 'correction', 'rerouting'].includes(application.state),
    });
  }

  @Can('application.submit')
  @FormPage('/:city/my/applications/:id')
  @Post('my/applications/:id/reroute')
  async reroute(@CityCode() cityId: string, @Param('id') id: string, @CurrentActor() actor: Actor, @Body() dto: RerouteAnswerDto): Promise<SeeOther> {
    this.requireOwnCity(actor, cityId);
    await this.answerReroute.run(actor, id, dto.answer === 'accept');
    return seeOther(`/${cityId}/my/applications/${id}`, 'funding:flash.rerouteAnswered');
  }

  @Can('application.submit')
  @FormPage('/:city/my/applications/:id')
  @Post('my/applications/:id/withdraw')
  async withdraw(@CityCode() cityId: string, @Param('id') id: string, @CurrentActor() actor: Actor): Promise<SeeOther> {
    this.requireOwnCity(actor, cityId);
    await this.withdrawApplication.run(actor, id);
    return seeOther(`/${cityId}/my/applications`, 'funding:flash.withdrawn');
  }

  private requireOwnCity(actor: Actor, cityId: string): void {
    if (actor.cityId !== cityId) throw DomainError.notFound();
  }
}

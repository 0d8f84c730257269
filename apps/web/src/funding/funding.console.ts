import {
  CheckApplication, CloseCall, CommitDraw, DecideCall, DrawNextExpert, EndEmptyCall, GrantAwards, listCalls, OfferReroute, OpenCall, PayAward, PostNotice,
  readCallDesk, readCheckPage, ResolveObjection, RevealDraw, StartReview,
} from '@domains/funding';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, requireWithin, type SeeOther, seeOther } from '../http';
import { callDeskView } from './call-desk.view';
import { CheckDto, CommitDrawDto, DecideDto, EndCallDto, fenOf, instantOf, NextExpertDto, PayDto, RerouteOfferDto, ResolveObjectionDto, SeedDto } from './funding.dto';
import { CALL_TONES, metOf } from './funding.view';

const CALL_PAGE = '/console/calls/:id';
const done = (id: string, flash: string): SeeOther => seeOther(`/console/calls/${id}`, `funding:flash.${flash}`);

/** A call from opening to the last payment, for the department's fund manager, head and finance officer. */
@Controller('console')
export class FundingConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly openCall: OpenCall,
    private readonly closeCall: CloseCall,
    private readonly endEmptyCall: EndEmptyCall,
    private readonly checkApplication: CheckApplication,
    private readonly offerReroute: OfferReroute,
    private readonly commitDraw: CommitDraw,
    private readonly revealDraw: RevealDraw,
    private readonly startReview: StartReview,
    private readonly drawNextExpert: DrawNextExpert,
    private readonly decideCall: DecideCall,
    private readonly postNotice: PostNotice,
    private readonly resolveObjection: ResolveObjection,
    private readonly grantAwards: GrantAwards,
    private readonly payAward: PayAward,
  ) {}

  @Can('funding.read')
  @Get('funds')
  async list(@CurrentActor() actor: Actor): Promise<Page> {
    const items = await this.unitOfWork.run(actor, (tx) => listCalls(tx));
    return page('funding/funds', {
      title: 'funding:console.title',
      items: items.map((call) => ({ ...call, tone: CALL_TONES[call.state], leftFen: call.budgetFen - call.paidFen, href: `/console/calls/${call.id}` })),
    });
  }

  @Can('funding.read')
  @Get('calls/:id')
  async show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    const desk = await this.unitOfWork.run(actor, async (tx) => callDeskView(await readCallDesk(tx, id), actor, tx.at));
    return page('funding/desk', { title: desk.call.title, ...desk });
  }

  @Can('funding.manage')
  @FormPage(CALL_PAGE)
  @Post('calls/:id/open')
  async open(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.openCall.run(actor, id);
    return done(id, 'opened');
  }

  @Can('funding.manage')
  @FormPage(CALL_PAGE)
  @Post('calls/:id/close')
  async close(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.closeCall.run(actor, id);
    return done(id, 'closed');
  }

  @Can('funding.manage')
  @FormPage(CALL_PAGE)
  @Post('calls/:id/end')
  async end(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: EndCallDto): Promise<SeeOther> {
    await this.endEmptyCall.run(actor, id, dto.reason);
    return done(id, 'ended');
  }

  @Can('funding.manage')
  @Get('calls/:id/applications/:applicationId')
  async checkPage(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('applicationId') applicationId: string): Promise<Page> {
    const data = await this.unitOfWork.run(actor, (tx) => readCheckPage(tx, id, applicationId));
    return page('funding/check', {
      title: data.application.data.title, ...data,
      conditions: data.conditions.map((condition) => ({ ...condition, met: metOf(condition.verdict), unknown: condition.verdict === 'unknown' })),
      toCheck: data.application.state === 'submitted', canReject: data.application.state === 'correction',
    });
  }

  @Can('funding.manage')
  @FormPage('/console/calls/:id/applications/:applicationId')
  @Post('calls/:id/applications/:applicationId/check')
  async check(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('applicationId') applicationId: string, @Body() dto: CheckDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'application', applicationId, id);
    const confirmed = (dto.evidence ?? []).flatMap((evidence, index) => (evidence.trim() ? [{ index, evidence }] : []));
    await this.checkApplication.run(actor, applicationId, { outcome: dto.outcome, findings: dto.findings, confirmed });
    return done(id, 'checked');
  }

  @Can('funding.manage')
  @FormPage('/console/calls/:id/applications/:applicationId')
  @Post('calls/:id/applications/:applicationId/reroute')
  async reroute(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('applicationId') applicationId: string, @Body() dto: RerouteOfferDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'application', applicationId, id);
    await this.offerReroute.run(actor, applicationId, dto);
    return done(id, 'rerouteOffered');
  }

  @Can('funding.manage')
  @FormPage(CALL_PAGE)
  @Post('calls/:id/draw')
  async commit(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: CommitDrawDto): Promise<SeeOther> {
    const declared = (dto.recusedExpert ?? []).map((expertId) => ({ expertId, reason: dto.recusalReason?.trim() || 'declared' }));
    await this.commitDraw.run(actor, id, { seedSource: dto.seedSource, seedAvailableAt: instantOf(dto.seedAvailableAt, 'seedAvailableAt'), declared });
    return done(id, 'committed');
  }

  @Can('funding.manage')
  @FormPage(CALL_PAGE)
  @Post('calls/:id/seed')
  async reveal(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: SeedDto): Promise<SeeOther> {
    await this.revealDraw.run(actor, id, dto.seed);
    return done(id, 'revealed');
  }

  @Can('funding.manage')
  @FormPage(CALL_PAGE)
  @Post('calls/:id/reviews')
  async review(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.startReview.run(actor, id);
    return done(id, 'reviewStarted');
  }

  @Can('funding.manage')
  @FormPage(CALL_PAGE)
  @Post('calls/:id/next-expert')
  async nextExpert(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: NextExpertDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'application', dto.applicationId, id);
    await this.drawNextExpert.run(actor, dto.applicationId);
    return done(id, 'nextExpert');
  }

  @Can('funding.decide')
  @FormPage(CALL_PAGE)
  @Post('calls/:id/decision')
  async decide(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: DecideDto): Promise<SeeOther> {
    await this.decideCall.run(actor, id, dto.applicationId.map((applicationId, index) => ({
      applicationId, amountFen: fenOf(dto.amountYuan[index] ?? ''), reason: dto.reason[index] ?? '',
    })));
    return done(id, 'decided');
  }

  @Can('funding.manage')
  @FormPage(CALL_PAGE)
  @Post('calls/:id/notice')
  async notice(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.postNotice.run(actor, id);
    return done(id, 'noticed');
  }

  @Can('funding.resolve')
  @FormPage(CALL_PAGE)
  @Post('calls/:id/objections/:objectionId')
  async resolve(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('objectionId') objectionId: string, @Body() dto: ResolveObjectionDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'objection', objectionId, id);
    await this.resolveObjection.run(actor, objectionId, { upheld: dto.upheld === 'yes', answer: dto.answer });
    return done(id, 'objectionResolved');
  }

  @Can('funding.decide')
  @FormPage(CALL_PAGE)
  @Post('calls/:id/awards')
  async award(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.grantAwards.run(actor, id);
    return done(id, 'awarded');
  }

  @Can('funding.pay')
  @FormPage(CALL_PAGE)
  @Post('calls/:id/payments')
  async pay(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: PayDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'award', dto.awardId, id);
    await this.payAward.run(actor, dto.awardId, { instalment: dto.instalment, amountFen: fenOf(dto.amountYuan), voucher: dto.voucher });
    return done(id, 'paid');
  }
}

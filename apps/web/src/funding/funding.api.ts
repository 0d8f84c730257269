import {
  AnswerReroute, listMyApplications, listPublicCalls, type MyApplication, type MyApplicationPage, PayAward, type PublicCall, type PublicCallItem, type PublicDraw, type PublicNotice,
  readMyApplication, readPublicCall, readPublicDraw, readPublicNotice, SaveApplication, SubmitApplication,
} from '@domains/funding';
import { Can, Public } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CityCode, CurrentActor } from '../http';
import { ApiApplicationDto, ApiPaymentDto, ApiRerouteDto } from './funding.api.dto';
import { CallListDto } from './funding.dto';

@ApiTags('funding')
@Controller('api/v1/cities/:city/calls')
export class PublicFundingApi {
  constructor(private readonly reader: PublicReader) {}

  /** Calls, those that close last first, twenty at a time; `next` goes into `after`. */
  @Public()
  @Get()
  list(@CityCode() cityId: string, @Query() filter: CallListDto): Promise<{ items: PublicCallItem[]; next: string | null }> {
    return listPublicCalls(this.reader, cityId, filter.after);
  }

  @Public()
  @Get(':id')
  show(@CityCode() cityId: string, @Param('id') id: string): Promise<PublicCall> {
    return readPublicCall(this.reader, cityId, id);
  }

  /** Pool, recusals, commitment, seed and every step: all that is needed to do the draw again. */
  @Public()
  @Get(':id/draw')
  draw(@CityCode() cityId: string, @Param('id') id: string): Promise<PublicDraw> {
    return readPublicDraw(this.reader, cityId, id);
  }

  @Public()
  @Get(':id/notice')
  notice(@CityCode() cityId: string, @Param('id') id: string): Promise<PublicNotice> {
    return readPublicNotice(this.reader, cityId, id);
  }
}

@ApiTags('funding')
@Controller('api/v1')
export class FundingApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly saveApplication: SaveApplication,
    private readonly submitApplication: SubmitApplication,
    private readonly answerReroute: AnswerReroute,
    private readonly payAward: PayAward,
  ) {}

  /** Saves the enterprise's one application in a call, complete or not. */
  @Can('application.submit')
  @Put('calls/:id/application')
  save(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ApiApplicationDto): Promise<{ id: string }> {
    return this.saveApplication.run(actor, id, { title: dto.title, summary: dto.summary, amountFen: dto.amountFen });
  }

  @Can('application.submit')
  @Get('my/applications')
  list(@CurrentActor() actor: Actor): Promise<MyApplication[]> {
    return this.unitOfWork.run(actor, listMyApplications);
  }

  @Can('application.submit')
  @Get('my/applications/:id')
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<MyApplicationPage> {
    return this.unitOfWork.run(actor, (tx) => readMyApplication(tx, id));
  }

  @Can('application.submit')
  @Post('my/applications/:id/submission')
  submit(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<{ receipt: string }> {
    return this.submitApplication.run(actor, id);
  }

  @Can('application.submit')
  @HttpCode(204)
  @Post('my/applications/:id/reroute')
  reroute(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ApiRerouteDto): Promise<void> {
    return this.answerReroute.run(actor, id, dto.accept);
  }

  /** Pays one instalment; sending it again answers 409 and pays nothing. */
  @Can('funding.pay')
  @Post('awards/:id/payments')
  pay(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ApiPaymentDto): Promise<{ id: string }> {
    return this.payAward.run(actor, id, { instalment: dto.instalment, amountFen: dto.amountFen, voucher: dto.voucher });
  }
}

import {
  AnswerOpinion, listPublicConsultations, listPublicOpinions, listStaffOpinions, PostOpinion, type PostedOpinion, type PublicConsultationItem, type PublicConsultationPage,
  type PublicOpinion, readPublicConsultation, receiptStatus, type ReceiptStatus, requireOpen, requireStaffConsultation, type StaffOpinion,
} from '@domains/consultation';
import { Can, Public } from '@platform/identity';
import { type Actor, type Clock, systemActor } from '@platform/kernel';
import { CLOCK, PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Headers, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiConsumes, ApiHeader, ApiTags } from '@nestjs/swagger';
import { CityCode, CurrentActor, MaybeActor, type WebRequest } from '../http';
import { sentFiles } from './attachments.dto';
import { AnswerDto, ConsultationListDto, ConsultationPageDto, DeskDto, OpinionDto } from './consultation.dto';
import { posterOf } from './consultation.portal';
import { IntakeGuard } from './intake-guard';

interface Listed<T> {
  items: T[];
  /** Goes into `after` for the next twenty; null at the end. */
  next: string | null;
}

@ApiTags('consultations')
@Controller('api/v1')
export class ConsultationApi {
  constructor(
    private readonly reader: PublicReader,
    private readonly unitOfWork: UnitOfWork,
    private readonly postOpinion: PostOpinion,
    private readonly answerOpinion: AnswerOpinion,
    private readonly guard: IntakeGuard,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Consultations of a city in one stage, twenty at a time. */
  @Public()
  @Get('cities/:city/consultations')
  list(@CityCode() cityId: string, @Query() { stage = 'open', after }: ConsultationListDto): Promise<Listed<PublicConsultationItem>> {
    return listPublicConsultations(this.reader, cityId, stage, this.clock.now(), after);
  }

  /** One consultation with the text asked about, its statutory minimum and, later, its result. */
  @Public()
  @Get('cities/:city/consultations/:id')
  show(@CityCode() cityId: string, @Param('id') id: string): Promise<PublicConsultationPage> {
    return readPublicConsultation(this.reader, cityId, id, this.clock.now());
  }

  /** The shown opinions, with their answers once the result is published. */
  @Public()
  @Get('cities/:city/consultations/:id/opinions')
  opinions(@CityCode() cityId: string, @Param('id') id: string, @Query() { on, after }: ConsultationPageDto): Promise<Listed<PublicOpinion>> {
    return listPublicOpinions(this.reader, cityId, id, { clauseId: on, after });
  }

  /**
   * What a program that is not signed in works out before it puts in an opinion under this `Idempotency-Key`: a number in decimal, such that SHA-256 of
   * `policyloop-intake:<challenge>:<number>` begins with `bits` zero bits. Good for four hours, and for this key alone.
   */
  @Public()
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @Get('cities/:city/consultations/:id/challenge')
  async challenge(@CityCode() cityId: string, @Param('id') id: string, @Headers('idempotency-key') key: string | undefined): Promise<{ challenge: string; bits: number }> {
    await requireOpen(this.reader, cityId, id, this.clock.now());
    const { token, bits } = await this.guard.challenge(cityId, id, key);
    return { challenge: token, bits };
  }

  /**
   * Puts in an opinion. The same `Idempotency-Key` again (16 to 200 characters) answers the same receipt; the code is in no other answer. Who is not signed in
   * sends the challenge of this key and the number that solves it. Files go with it in a multipart form (`files`).
   */
  @Public()
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiHeader({ name: 'Intake-Challenge', required: false })
  @ApiHeader({ name: 'Intake-Solution', required: false })
  @ApiConsumes('application/json', 'multipart/form-data')
  @Post('cities/:city/consultations/:id/opinions')
  async post(
    @CityCode() cityId: string, @Param('id') id: string, @MaybeActor() actor: Actor | null, @Headers() headers: Record<string, string | undefined>, @Req() request: WebRequest,
    @Body() { files, ...dto }: OpinionDto,
  ): Promise<PostedOpinion> {
    const key = headers['idempotency-key'];
    await this.guard.admit(request, posterOf(actor, cityId), id, key, { challenge: headers['intake-challenge'], solution: headers['intake-solution'] });
    return this.postOpinion.run(posterOf(actor, cityId), id, { ...dto, files: sentFiles(files), idempotencyKey: key ?? '' });
  }

  /** The state and the answer of the opinion whose receipt code this is. */
  @Public()
  @Get('cities/:city/receipts/:code')
  receipt(@CityCode() cityId: string, @Param('code') code: string): Promise<ReceiptStatus> {
    return this.unitOfWork.run(systemActor(cityId), (tx) => receiptStatus(tx, code));
  }

  /** For the department: the opinions of its consultation on one tab. */
  @Can('consultation.read')
  @Get('consultations/:id/opinions')
  desk(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { tab = 'unanswered', after }: DeskDto): Promise<Listed<StaffOpinion>> {
    return this.unitOfWork.run(actor, async (tx) => {
      await requireStaffConsultation(tx, id);
      return listStaffOpinions(tx, id, tab, after);
    });
  }

  /** Writes or rewrites the answer to an opinion; a second person approves it on the page. */
  @Can('consultation.answer')
  @Put('opinions/:id/answer')
  answer(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: AnswerDto): Promise<{ id: string }> {
    return this.answerOpinion.run(actor, id, dto);
  }
}

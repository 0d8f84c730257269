import { type AskedEntry, type CirculationEntry, CloseCirculation, Coordinate, HandleOpinion, listAsked, listCirculations, OpenCirculation, readAskedCirculation, SaveReply, SignReply } from '@domains/drafting';
import { policies } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../http';
import { AnswerCoordinationDto, CoordinationDto, HandleDto, OpenCirculationDto, ReplyDto, replyOf, SignReplyDto } from './circulation.dto';

/** Other departments' opinions of a policy, for those who draft it. */
@ApiTags('circulation')
@ApiBearerAuth()
@Controller('api/v1/policies/:id/circulations')
export class CirculationApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly openCirculation: OpenCirculation,
    private readonly closeCirculation: CloseCirculation,
    private readonly handleOpinion: HandleOpinion,
    private readonly coordinate: Coordinate,
  ) {}

  /** Newest first; a reply is in it once it is signed. */
  @Can('drafting.read')
  @Get()
  list(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<CirculationEntry[]> {
    return this.unitOfWork.run(actor, async (tx) => {
      await policies.require(tx, id);
      return listCirculations(tx, id);
    });
  }

  @Can('drafting.write')
  @Post()
  open(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: OpenCirculationDto): Promise<{ id: string; replyOn: string }> {
    return this.openCirculation.run(actor, id, dto);
  }

  @Can('drafting.write')
  @HttpCode(204)
  @Post('closure')
  close(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.closeCirculation.run(actor, id);
  }

  @Can('drafting.write')
  @HttpCode(204)
  @Put('opinions/:opinionId')
  handle(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('opinionId') opinionId: string, @Body() dto: HandleDto): Promise<void> {
    return this.handleOpinion.run(actor, id, opinionId, dto);
  }

  @Can('drafting.coordinate')
  @Post('replies/:replyId/coordination')
  record(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('replyId') replyId: string, @Body() dto: CoordinationDto): Promise<{ id: string }> {
    return this.coordinate.record(actor, id, replyId, dto);
  }
}

/** What one's own department was asked, and its replies. */
@ApiTags('circulation')
@ApiBearerAuth()
@Controller('api/v1/circulations')
export class RepliesApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly saveReply: SaveReply,
    private readonly signReply: SignReply,
    private readonly coordinate: Coordinate,
  ) {}

  @Can('drafting.read')
  @Get()
  list(@CurrentActor() actor: Actor): Promise<AskedEntry[]> {
    return this.unitOfWork.run(actor, listAsked);
  }

  @Can('drafting.read')
  @Get(':circulationId')
  async show(@CurrentActor() actor: Actor, @Param('circulationId') circulationId: string): Promise<CirculationEntry> {
    const entry = await this.unitOfWork.run(actor, (tx) => readAskedCirculation(tx, circulationId));
    if (!entry) throw DomainError.notFound();
    return entry;
  }

  @Can('drafting.reply')
  @Put(':circulationId/reply')
  save(@CurrentActor() actor: Actor, @Param('circulationId') circulationId: string, @Body() dto: ReplyDto): Promise<{ id: string; rowVersion: number }> {
    return this.saveReply.run(actor, circulationId, replyOf(dto));
  }

  @Can('drafting.sign_reply')
  @HttpCode(200)
  @Post(':circulationId/signature')
  sign(@CurrentActor() actor: Actor, @Param('circulationId') circulationId: string, @Body() { seen }: SignReplyDto): Promise<{ late: boolean }> {
    return this.signReply.run(actor, circulationId, seen);
  }

  @Can('drafting.sign_reply')
  @HttpCode(204)
  @Post(':circulationId/coordination/:coordinationId')
  answer(@CurrentActor() actor: Actor, @Param('circulationId') circulationId: string, @Param('coordinationId') coordinationId: string, @Body() { answer }: AnswerCoordinationDto): Promise<void> {
    return this.coordinate.answer(actor, circulationId, coordinationId, answer);
  }
}

import { AddAttachment, AssignReviewer, type AttachmentEntry, ExpertPanel, listAttachments, mySeats, NoteFacts, type SeatEntry } from '@domains/drafting';
import { policies } from '@core/policy';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../http';
import { AssignReviewerDto, DeclareInterestDto, ExpertOpinionDto, factsOf, FactsDto, NameExpertDto, PolicyAttachmentDto } from './procedure.dto';

/** Facts, files and reviewers of a policy's procedure. */
@ApiTags('drafting')
@ApiBearerAuth()
@Controller('api/v1/policies/:id')
export class MaterialsApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly noteFacts: NoteFacts,
    private readonly addAttachment: AddAttachment,
    private readonly assignReviewer: AssignReviewer,
    private readonly panel: ExpertPanel,
  ) {}

  @Can('drafting.write')
  @HttpCode(204)
  @Put('facts')
  facts(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: FactsDto): Promise<void> {
    return this.noteFacts.run(actor, id, factsOf(dto));
  }

  @Can('drafting.read')
  @Get('materials')
  materials(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<AttachmentEntry[]> {
    return this.unitOfWork.run(actor, async (tx) => {
      await policies.require(tx, id);
      return listAttachments(tx, id);
    });
  }

  /** Multipart, with the file in `file`; with `docketId` it is put to that open docket. */
  @Can('drafting.attach')
  @Post('materials')
  attach(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: PolicyAttachmentDto): Promise<{ id: string }> {
    return this.addAttachment.run(actor, id, dto);
  }

  @Can('drafting.assign')
  @HttpCode(204)
  @Post('dockets/:docketId/reviewer')
  assign(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('docketId') docketId: string, @Body() dto: AssignReviewerDto): Promise<void> {
    return this.assignReviewer.run(actor, id, docketId, dto);
  }

  @Can('drafting.review')
  @Post('dockets/:docketId/experts')
  nameExpert(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('docketId') docketId: string, @Body() dto: NameExpertDto): Promise<{ id: string }> {
    return this.panel.name(actor, id, docketId, dto.accountId);
  }
}

/** An expert's own seats. */
@ApiTags('drafting')
@ApiBearerAuth()
@Controller('api/v1/arguments')
export class ArgumentsApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly panel: ExpertPanel,
  ) {}

  @Can('drafting.argue')
  @Get()
  list(@CurrentActor() actor: Actor): Promise<SeatEntry[]> {
    return this.unitOfWork.run(actor, mySeats);
  }

  @Can('drafting.argue')
  @HttpCode(204)
  @Post(':seatId/declaration')
  declare(@CurrentActor() actor: Actor, @Param('seatId') seatId: string, @Body() dto: DeclareInterestDto): Promise<void> {
    return this.panel.declare(actor, seatId, { direct: dto.interest === 'yes', note: dto.note });
  }

  @Can('drafting.argue')
  @HttpCode(204)
  @Post(':seatId/opinion')
  sign(@CurrentActor() actor: Actor, @Param('seatId') seatId: string, @Body() dto: ExpertOpinionDto): Promise<void> {
    return this.panel.sign(actor, seatId, dto);
  }
}

import { EXPERT_VIEWS, ExpertPanel, mySeats, readAttachmentOf, readSeat } from '@domains/drafting';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentActor, file, type FileAnswer, FormPage, type Page, page, type SeeOther, seeOther } from '../http';
import { DeclareInterestDto, ExpertOpinionDto } from './procedure.dto';
import { textView } from './drafting-view';

/** The expert arguments that an expert was asked to join. */
@Controller('console/arguments')
export class ArgumentsConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly files: FileStore,
    private readonly panel: ExpertPanel,
  ) {}

  @Can('drafting.argue')
  @Get()
  async list(@CurrentActor() actor: Actor): Promise<Page> {
    const items = await this.unitOfWork.run(actor, mySeats);
    return page('drafting/arguments', { title: 'procedure:argument.title', items: items.map((item) => ({ ...item, href: `/console/arguments/${item.id}` })) });
  }

  @Can('drafting.argue')
  @Get(':seatId')
  async show(@CurrentActor() actor: Actor, @Param('seatId') seatId: string): Promise<Page> {
    const { seat, note, provisions, attachments } = await this.unitOfWork.run(actor, (tx) => readSeat(tx, seatId));
    return page('drafting/argument', {
      title: seat.title, seat, note, text: textView(provisions), views: EXPERT_VIEWS, declaring: seat.open && seat.interest === null,
      arguing: seat.open && seat.interest === 'none' && seat.signedAt === null,
      files: attachments.filter((one) => one.current).map((one) => ({ ...one, href: `/console/arguments/${seat.id}/materials/${one.id}` })),
    });
  }

  @Can('drafting.argue')
  @Get(':seatId/materials/:attachmentId')
  async download(@CurrentActor() actor: Actor, @Param('seatId') seatId: string, @Param('attachmentId') attachmentId: string): Promise<FileAnswer> {
    const { sha256, mediaType, filename } = await this.unitOfWork.run(actor, async (tx) => readAttachmentOf(tx, (await readSeat(tx, seatId)).seat.policyId, attachmentId));
    return file(await this.files.get(sha256), { type: mediaType, name: filename });
  }

  @Can('drafting.argue')
  @FormPage('/console/arguments/:seatId')
  @Post(':seatId/declaration')
  async declare(@CurrentActor() actor: Actor, @Param('seatId') seatId: string, @Body() dto: DeclareInterestDto): Promise<SeeOther> {
    await this.panel.declare(actor, seatId, { direct: dto.interest === 'yes', note: dto.note });
    return seeOther(`/console/arguments/${seatId}`, 'procedure:flash.declared');
  }

  @Can('drafting.argue')
  @FormPage('/console/arguments/:seatId')
  @Post(':seatId/opinion')
  async sign(@CurrentActor() actor: Actor, @Param('seatId') seatId: string, @Body() dto: ExpertOpinionDto): Promise<SeeOther> {
    await this.panel.sign(actor, seatId, dto);
    return seeOther(`/console/arguments/${seatId}`, 'procedure:flash.argued');
  }
}

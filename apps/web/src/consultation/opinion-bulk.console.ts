import { AssignOpinions, clauseChoices, DISPOSITIONS, officersOf, previewSelection, resolveFilter, selectOpinions, wordingsOf, WorkOnSelection } from '@domains/consultation';
import { LifeCycle } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, seeOther, type SeeOther } from '../http';
import { consultationFrame } from './consultation-frame';
import { staffCard } from './consultation-view';
import { AnswerSelectionDto, ApproveSelectionDto, AssignSelectionDto, HideSelectionDto, OpinionFilterDto } from './opinion-desk.dto';
import { filterQuery } from './opinion-desk-view';

type Work = 'answer' | 'approve' | 'hide' | 'assign';
const PAGE = '/console/consultations/:id/opinions/all';

/** The same work on all opinions that fit a filter: first the preview, then what was previewed or nothing. */
@Controller('console/consultations/:id/opinions/all')
export class OpinionBulkConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly workOnSelection: WorkOnSelection,
    private readonly assignOpinions: AssignOpinions,
  ) {}

  @Can('consultation.answer')
  @Get('answer')
  answerPage(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() filter: OpinionFilterDto): Promise<Page> {
    return this.preview(actor, id, filter, 'answer');
  }

  @Can('consultation.approve')
  @Get('approve')
  approvePage(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() filter: OpinionFilterDto): Promise<Page> {
    return this.preview(actor, id, filter, 'approve');
  }

  @Can('consultation.moderate')
  @Get('hide')
  hidePage(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() filter: OpinionFilterDto): Promise<Page> {
    return this.preview(actor, id, filter, 'hide');
  }

  @Can('consultation.assign')
  @Get('assign')
  assignPage(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() filter: OpinionFilterDto): Promise<Page> {
    return this.preview(actor, id, filter, 'assign');
  }

  @Can('consultation.answer')
  @FormPage(`${PAGE}/answer`)
  @Post('answer')
  async answer(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() filter: OpinionFilterDto, @Body() dto: AnswerSelectionDto): Promise<SeeOther> {
    await this.workOnSelection.answer(actor, id, filter, dto);
    return seeOther(listOf(id, filter), 'opinion-desk:flash.answered');
  }

  @Can('consultation.approve')
  @FormPage(`${PAGE}/approve`)
  @Post('approve')
  async approve(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() filter: OpinionFilterDto, @Body() dto: ApproveSelectionDto): Promise<SeeOther> {
    await this.workOnSelection.approve(actor, id, filter, dto);
    return seeOther(listOf(id, filter), 'consultation:flash.approved');
  }

  @Can('consultation.moderate')
  @FormPage(`${PAGE}/hide`)
  @Post('hide')
  async hide(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() filter: OpinionFilterDto, @Body() dto: HideSelectionDto): Promise<SeeOther> {
    await this.workOnSelection.hide(actor, id, filter, dto);
    return seeOther(listOf(id, filter), 'opinion-desk:flash.hidden');
  }

  @Can('consultation.assign')
  @FormPage(`${PAGE}/assign`)
  @Post('assign')
  async assign(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() filter: OpinionFilterDto, @Body() dto: AssignSelectionDto): Promise<SeeOther> {
    await this.assignOpinions.selected(actor, id, filter, dto);
    return seeOther(listOf(id, filter), 'opinion-desk:flash.assigned');
  }

  private preview(actor: Actor, id: string, filter: OpinionFilterDto, work: Work): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await consultationFrame(tx, this.lifeCycle, id);
      if (!frame.header.own) throw DomainError.notFound();
      const fits = await resolveFilter(tx, id, filter);
      const { key, selected, ...figures } = await previewSelection(tx, fits);
      const { items, next } = await selectOpinions(tx, fits);
      const count = { answer: figures.unanswered, approve: figures.pending, hide: figures.shown, assign: selected }[work];
      return page('consultation/opinion-bulk', {
        ...frame, work, key, selected, count, kept: selected - count, action: `${listPath(id)}/all/${work}?${filterQuery(filter)}`, list: listOf(id, filter),
        opinions: items.map((opinion) => ({ ...staffCard(opinion, actor.accountId), work: opinion })), more: next !== null, dispositions: DISPOSITIONS,
        wordings: work === 'approve' ? await wordingsOf(tx, fits) : [],
        clauses: work === 'answer' ? await clauseChoices(tx, frame.consultation.policyId) : [],
        officers: work === 'assign' ? (await officersOf(tx, id)).map(({ accountId, name }) => ({ value: accountId, label: name })) : [],
      });
    });
  }
}

const listPath = (id: string): string => `/console/consultations/${id}/opinions`;
const listOf = (id: string, filter: OpinionFilterDto): string => `${listPath(id)}?${filterQuery(filter)}`;

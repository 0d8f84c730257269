import {
  AnswerOpinion, ApproveAnswers, can, clauseChoices, clusterOfOpinion, type ConsultationAction, CloseConsultation, DISPOSITIONS, ExtendConsultation, listStaffConsultations, listStaffOpinions, ModerateOpinion, officersOf, OpenConsultation, opinionWork,
  OPINION_TABS, PublishResult, readStaffOpinion, staffConsultationsOf, staffFiles, type WindowBasis, windowBasisNow,
} from '@domains/consultation';
import { LifeCycle, policies } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, requireWithin, seeOther, type SeeOther } from '../http';
import { policyHeader } from '../policy/policy-header';
import { AnswerDto, ApproveDto, DeskDto, ExtendDto, ModerateDto, OpenDto, ResultDto } from './consultation.dto';
import { staffFileCard } from './attachments-view';
import { basisView, staffCard } from './consultation-view';

const deskOf = (policyId: string): string => `/console/policies/${policyId}/consultation`;

type Short = ConsultationAction extends `consultation.${infer Name}` ? Name : never;
const ACTIONS: readonly Short[] = ['assign', 'mark_read', 'open', 'extend', 'close', 'answer', 'approve', 'moderate', 'publish_result'];

/** The rules that set a window's length; the refusal in their place where the calendar of the year is not out, so that the rest of the page stands. */
async function rulesOf(cityId: string, department: string, basis: WindowBasis | Promise<WindowBasis>) {
  try {
    return { rules: basisView(cityId, await basis, department) };
  } catch (error) {
    if (!(error instanceof DomainError) || error.key !== 'statutes:error.noCalendar') throw error;
    return { rules: [], noCalendar: { key: error.key, params: error.details.params } };
  }
}

/** Which forms a page offers to this person; the use cases ask again. */
const mayOf = (actor: Actor, own: boolean): Partial<Record<Short, boolean>> =>
  Object.fromEntries(ACTIONS.map((name) => [name, own && actor.tenantId !== null && can(actor, `consultation.${name}`, { cityId: actor.cityId, tenantId: actor.tenantId })]));

@Controller('console')
export class ConsultationConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly openConsultation: OpenConsultation,
    private readonly extendConsultation: ExtendConsultation,
    private readonly closeConsultation: CloseConsultation,
    private readonly answerOpinion: AnswerOpinion,
    private readonly approveAnswers: ApproveAnswers,
    private readonly moderateOpinion: ModerateOpinion,
    private readonly publishResult: PublishResult,
  ) {}

  @Can('consultation.read')
  @Get('consultations')
  list(@CurrentActor() actor: Actor, @Query() { after }: DeskDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { items, next } = await listStaffConsultations(tx, after);
      return page('consultation/desk-list', {
        title: 'consultation:desk.list', items: items.map((item) => ({ ...item, href: deskOf(item.policyId) })), next: next && `/console/consultations?after=${encodeURIComponent(next)}`,
      });
    });
  }

  @Can('consultation.read')
  @Get('policies/:id/consultation')
  desk(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { tab = 'unanswered', of, after }: DeskDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const all = await staffConsultationsOf(tx, id);
      const found = (of ? all.find((one) => one.id === of) : all[0]) ?? null;
      if (of && !found) throw DomainError.notFound();
      const tabHref = (key: string): string => `${deskOf(id)}?tab=${key}${of ? `&of=${of}` : ''}`;
      // What the department has not published stays with it: another one reads the public page.
      const consultation = header.own || actor.scope === 'city' ? found : null;
      // Where the count says that there is none, no row is looked at to find none.
      const opinions = consultation && consultation[tab] > 0 ? await listStaffOpinions(tx, consultation.id, tab, after) : { items: [], next: null };
      const policy = await policies.require(tx, id);
      return page('consultation/desk', {
        title: header.title, header, tab, consultation, desk: deskOf(id), publicHref: found && `/${actor.cityId}/consultations/${found.id}`,
        tabs: OPINION_TABS.map((key) => ({ key, href: tabHref(key), current: key === tab, count: consultation?.[key] })),
        opinions: opinions.items.map((opinion) => staffCard(opinion, actor.accountId)), next: opinions.next && `${tabHref(tab)}&after=${encodeURIComponent(opinions.next)}`,
        // A draft that was revised and put out again has an earlier consultation, whose opinions want their answers too.
        others: consultation ? all.filter((one) => one.id !== found?.id).map((one) => ({ ...one, href: `${deskOf(id)}?of=${one.id}` })) : [],
        ...(await rulesOf(actor.cityId, policy.tenantId, consultation?.basis ?? windowBasisNow(tx, policy))), may: mayOf(actor, header.own), mayOpen: mayOf(actor, header.own).open && header.state === 'drafting',
        openGates: header.own && header.state === 'drafting' ? await this.lifeCycle.unmetGates(tx, policy, 'open_consultation') : [],
      });
    });
  }

  @Can('consultation.open')
  @FormPage('/console/policies/:id/consultation')
  @Post('policies/:id/consultation')
  async open(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: OpenDto): Promise<SeeOther> {
    await this.openConsultation.run(actor, id, dto);
    return seeOther(deskOf(id), 'consultation:flash.opened');
  }

  @Can('consultation.extend')
  @FormPage('/console/policies/:id/consultation')
  @Post('policies/:id/consultation/:consultation/extend')
  async extend(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('consultation') consultation: string, @Body() dto: ExtendDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'consultation', consultation, id);
    await this.extendConsultation.run(actor, consultation, dto);
    return seeOther(deskOf(id), 'consultation:flash.extended');
  }

  @Can('consultation.close')
  @FormPage('/console/policies/:id/consultation')
  @Post('policies/:id/consultation/:consultation/close')
  async close(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('consultation') consultation: string): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'consultation', consultation, id);
    await this.closeConsultation.run(actor, consultation);
    return seeOther(deskOf(id), 'consultation:flash.closed');
  }

  @Can('consultation.approve')
  @FormPage('/console/policies/:id/consultation')
  @Post('policies/:id/consultation/:consultation/approve')
  async approve(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('consultation') consultation: string, @Body() { answerIds = [] }: ApproveDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'consultation', consultation, id);
    await this.approveAnswers.run(actor, consultation, answerIds);
    return seeOther(`${deskOf(id)}?tab=approved`, 'consultation:flash.approved');
  }

  @Can('consultation.publish_result')
  @FormPage('/console/policies/:id/consultation')
  @Post('policies/:id/consultation/:consultation/result')
  async result(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('consultation') consultation: string, @Body() dto: ResultDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'consultation', consultation, id);
    await this.publishResult.run(actor, consultation, dto);
    return seeOther(deskOf(id), 'consultation:flash.resultPublished');
  }

  @Can('consultation.read')
  @Get('policies/:id/consultation/opinions/:opinion')
  opinion(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('opinion') opinionId: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const opinion = await readStaffOpinion(tx, opinionId);
      if (opinion.policyId !== id) throw DomainError.notFound();
      const header = await policyHeader(tx, this.lifeCycle, id);
      const cluster = await clusterOfOpinion(tx, opinion);
      const files = opinion.fileCount > 0 ? await staffFiles(tx, [opinionId]) : [];
      return page('consultation/opinion', {
        files: files.map((file) => staffFileCard(file, `${deskOf(id)}/opinions/${opinionId}`)),
        cluster: cluster && { ...cluster, href: `/console/consultations/${opinion.consultationId}/clusters/${cluster.id}` },
        title: 'consultation:desk.opinion', header, opinion: staffCard(opinion, actor.accountId), desk: deskOf(id), action: `${deskOf(id)}/opinions/${opinionId}`,
        work: await opinionWork(tx, opinionId), officers: (await officersOf(tx, opinion.consultationId)).map(({ accountId, name }) => ({ value: accountId, label: name })),
        may: mayOf(actor, header.own), dispositions: DISPOSITIONS, clauses: await clauseChoices(tx, id),
      });
    });
  }

  @Can('consultation.answer')
  @FormPage('/console/policies/:id/consultation/opinions/:opinion')
  @Post('policies/:id/consultation/opinions/:opinion/answer')
  async answer(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('opinion') opinion: string, @Body() dto: AnswerDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'opinion', opinion, id);
    await this.answerOpinion.run(actor, opinion, dto);
    return seeOther(deskOf(id), 'consultation:flash.answered');
  }

  @Can('consultation.moderate')
  @FormPage('/console/policies/:id/consultation/opinions/:opinion')
  @Post('policies/:id/consultation/opinions/:opinion/moderate')
  async moderate(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('opinion') opinion: string, @Body() dto: ModerateDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'opinion', opinion, id);
    await this.moderateOpinion.run(actor, opinion, { moderation: dto.moderation, reason: dto.moderationReason });
    return seeOther(`${deskOf(id)}/opinions/${opinion}`, `consultation:flash.${dto.moderation}`);
  }
}

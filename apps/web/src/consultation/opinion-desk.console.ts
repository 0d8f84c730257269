import { AssignOpinions, consultedProvisions, MarkRead, myOpinions, officersOf, opinionFacets, opinionTopics, resolveFilter, selectOpinions } from '@domains/consultation';
import { LifeCycle } from '@core/policy';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, requireWithin, seeOther, type SeeOther } from '../http';
import { consultationFrame } from './consultation-frame';
import { staffCard } from './consultation-view';
import { AssignDto, MarkReadDto, OpinionListDto } from './opinion-desk.dto';
import { filterChoices, filterQuery, topicsView } from './opinion-desk-view';

const baseOf = (consultationId: string): string => `/console/consultations/${consultationId}/opinions`;

/** The opinions of a consultation as its officers find, share out and read them. */
@Controller('console')
export class OpinionDeskConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly markRead: MarkRead,
    private readonly assignOpinions: AssignOpinions,
  ) {}

  @Can('consultation.mark_read')
  @Get('my-opinions')
  mine(@CurrentActor() actor: Actor): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => page('consultation/my-opinions', {
      title: 'opinion-desk:mine.title',
      items: (await myOpinions(tx)).map((item) => ({ ...item, href: `${baseOf(item.consultationId)}?${filterQuery({ officer: actor.accountId ?? '', ...(item.waiting > 0 ? { state: 'unanswered' } : {}) })}` })),
    }));
  }

  @Can('consultation.read')
  @Get('consultations/:id/opinions')
  list(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { after, ...filter }: OpinionListDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await consultationFrame(tx, this.lifeCycle, id);
      const selection = await resolveFilter(tx, id, filter);
      const facets = await opinionFacets(tx, selection);
      const officers = await officersOf(tx, id);
      const provisions = await consultedProvisions(tx, id);
      const { items, next } = await selectOpinions(tx, selection, after);
      const base = baseOf(id);
      const query = filterQuery(filter);
      return page('consultation/opinion-desk', {
        ...frame, base, q: filter.q, cluster: filter.cluster, filtered: query !== '', query, facets: filterChoices(filter, facets, provisions, officers), total: facets.total,
        unread: { mine: facets.unread.get('me') ?? 0, anybody: facets.unread.get('anybody') ?? 0, href: `${base}?${filterQuery({ ...filter, unread: 'me' })}` },
        officers: officers.map((officer) => ({ ...officer, ...facets.load.get(officer.accountId) ?? { assigned: 0, waiting: 0 }, href: `${base}?${filterQuery({ officer: officer.accountId })}` })),
        opinions: items.map((opinion) => ({ ...staffCard(opinion, actor.accountId), work: opinion })), toRead: items.some(({ read }) => !read),
        back: `${base}?${filterQuery(filter, { after: after ?? '' })}`, next: next && `${base}?${filterQuery(filter, { after: next })}`,
      });
    });
  }

  @Can('consultation.read')
  @Get('consultations/:id/topics')
  topics(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => page('consultation/topics', {
      ...await consultationFrame(tx, this.lifeCycle, id), base: baseOf(id), topics: topicsView(await opinionTopics(tx, id), await consultedProvisions(tx, id), baseOf(id)),
    }));
  }

  /** A page of the list that was read, or one opinion that was opened: a script sends it, and a button where there is none. */
  @Can('consultation.mark_read')
  @FormPage('/console/consultations/:id/opinions')
  @Post('consultations/:id/opinions/read')
  async read(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { opinionIds, back }: MarkReadDto): Promise<SeeOther> {
    await this.markRead.run(actor, id, opinionIds);
    return seeOther(back?.startsWith('/console/') ? back : baseOf(id), 'opinion-desk:flash.read');
  }

  @Can('consultation.assign')
  @FormPage('/console/policies/:id/consultation/opinions/:opinion')
  @Post('policies/:id/consultation/opinions/:opinion/assign')
  async assign(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('opinion') opinion: string, @Body() { accountId }: AssignDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'opinion', opinion, id);
    await this.assignOpinions.one(actor, opinion, accountId);
    return seeOther(`/console/policies/${id}/consultation/opinions/${opinion}`, 'opinion-desk:flash.assigned');
  }
}

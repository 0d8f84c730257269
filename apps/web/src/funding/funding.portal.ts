import { commitmentText, listPublicCalls, myApplicationIn, myMatch, PostObjection, readPublicCall, readPublicDraw, readPublicNotice } from '@domains/funding';
import { Can, Public } from '@platform/identity';
import { type Actor, chinaDate, type Clock, DomainError } from '@platform/kernel';
import { CLOCK, PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { CityCode, CurrentActor, file, type FileAnswer, FormPage, MaybeActor, type Page, page, type SeeOther, seeOther } from '../http';
import { CallListDto, ObjectionDto } from './funding.dto';
import { CALL_TONES, metOf } from './funding.view';

/** Money that can be applied for, and how it was given: for everybody. */
@Controller(':city')
export class FundingPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly unitOfWork: UnitOfWork,
    private readonly postObjection: PostObjection,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Get('funds')
  async list(@CityCode() cityId: string, @Query() filter: CallListDto, @MaybeActor() actor: Actor | null): Promise<Page> {
    const { items, next } = await listPublicCalls(this.reader, cityId, filter.after);
    return page('funding/list', {
      title: 'funding:list.title', enterprise: actor?.cityId === cityId && actor.roles.includes('enterprise'),
      items: items.map((call) => ({ ...call, href: `/${cityId}/calls/${call.id}`, tone: CALL_TONES[call.state], open: call.state === 'open' })),
      next: next && `/${cityId}/funds?after=${encodeURIComponent(next)}`,
    });
  }

  @Public()
  @Get('calls/:id')
  async show(@CityCode() cityId: string, @Param('id') id: string, @MaybeActor() actor: Actor | null): Promise<Page> {
    const call = await readPublicCall(this.reader, cityId, id);
    const enterprise = actor?.cityId === cityId && actor.roles.includes('enterprise') ? actor : null;
    const mine = enterprise && (await this.unitOfWork.run(enterprise, async (tx) => ({ match: await myMatch(tx, call.conditions), application: await myApplicationIn(tx, id) })));
    const now = this.clock.now();
    return page('funding/call', {
      title: call.title, call, tone: CALL_TONES[call.state], enterprise: enterprise !== null, application: mine?.application ?? null,
      taking: call.state === 'open' && call.opensAt <= now && now < call.takesUntil, shortened: call.takesUntil < call.closesAt,
      conditions: call.conditions.map((condition, index) => ({
        met: mine ? metOf(mine.match[index]!.verdict) : null, actual: mine?.match[index]?.actual ?? null, label: condition.label,
        article: `《${call.policyTitle}》${condition.clauseLabel ?? condition.clause}`, articleHref: `/${cityId}/policies/${call.policyId}#${condition.clause}`,
      })),
    });
  }

  @Public()
  @Get('calls/:id/draw')
  async draw(@CityCode() cityId: string, @Param('id') id: string): Promise<Page> {
    return page('funding/draw', { title: 'funding:draw.title', call: await readPublicCall(this.reader, cityId, id), draw: await readPublicDraw(this.reader, cityId, id) });
  }

  /** The committed bytes: their SHA-256 is the fingerprint that was published before the seed. */
  @Public()
  @Get('calls/:id/draw/commitment')
  async commitment(@CityCode() cityId: string, @Param('id') id: string): Promise<FileAnswer> {
    return file(commitmentText(await readPublicDraw(this.reader, cityId, id)), { type: 'application/json; charset=utf-8', name: 'commitment.json' });
  }

  @Public()
  @Get('calls/:id/notice')
  async notice(@CityCode() cityId: string, @Param('id') id: string, @MaybeActor() actor: Actor | null): Promise<Page> {
    const [call, notice] = [await readPublicCall(this.reader, cityId, id), await readPublicNotice(this.reader, cityId, id)];
    const running = call.state === 'noticed' && chinaDate(this.clock.now()) <= notice.endsOn;
    const mayObject = actor !== null && actor.cityId === cityId && actor.roles.some((role) => role === 'enterprise' || role === 'resident');
    return page('funding/notice', { title: 'funding:notice.title', call, notice, running, mayObject });
  }

  @Can('objection.post')
  @FormPage('/:city/calls/:id/notice')
  @Post('calls/:id/objections')
  async object(@CityCode() cityId: string, @Param('id') id: string, @CurrentActor() actor: Actor, @Body() dto: ObjectionDto): Promise<SeeOther> {
    if (actor.cityId !== cityId) throw DomainError.notFound();
    await this.postObjection.run(actor, id, { decisionId: dto.decisionId || null, text: dto.text });
    return seeOther(`/${cityId}/calls/${id}/notice`, 'funding:flash.objectionPosted');
  }
}

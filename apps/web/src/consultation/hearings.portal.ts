import { type PublicEvent, readPublicEvent, SignUp, signUpStatus, STANCES } from '@domains/consultation';
import { Public } from '@platform/identity';
import { type Actor, type Clock, systemActor } from '@platform/kernel';
import { CLOCK, PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Header, Inject, Param, Post, Req } from '@nestjs/common';
import { CityCode, FormPage, MaybeActor, type Page, page, seeOther, type SeeOther, type WebRequest } from '../http';
import { posterOf } from './consultation.portal';
import { SignUpDto } from './events.dto';
import { IntakeGuard, proofOf } from './intake-guard';

const takesSignUps = ({ state, signUpUntil }: PublicEvent, now: Date): boolean => state === 'announced' && signUpUntil !== null && now < signUpUntil;

/** Hearings and symposia as everybody reads them, and signing up, with an account or without. */
@Controller(':city/consultations/:id/hearings/:event')
export class HearingsPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly unitOfWork: UnitOfWork,
    private readonly signUpFor: SignUp,
    private readonly guard: IntakeGuard,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Get()
  async show(@CityCode() cityId: string, @Param('id') id: string, @Param('event') eventId: string, @MaybeActor() actor: Actor | null, @Req() request: WebRequest): Promise<Page> {
    const event = await readPublicEvent(this.reader, cityId, id, eventId);
    const open = takesSignUps(event, this.clock.now());
    const staff = Boolean(actor?.tenantId);
    return page('consultation/hearing', {
      title: event.title, event, base: `/${cityId}/consultations/${id}/hearings/${eventId}`, consultationHref: `/${cityId}/consultations/${id}`, stances: STANCES, kinds: ['enterprise', 'resident'], staff, open,
      intake: open && !staff ? await this.guard.formFor(request, posterOf(actor, cityId), id, eventId) : null,
    });
  }

  @Public()
  @FormPage('/:city/consultations/:id/hearings/:event')
  @Post('sign-ups')
  async signUp(@CityCode() cityId: string, @Param('id') id: string, @Param('event') eventId: string, @MaybeActor() actor: Actor | null, @Req() request: WebRequest, @Body() { _key, _challenge, _solution, _answer, ...input }: SignUpDto): Promise<SeeOther> {
    // An address that puts the event under another consultation is no page.
    const event = await readPublicEvent(this.reader, cityId, id, eventId);
    const poster = posterOf(actor, cityId);
    // Once signing up is over the use case has the better answer, as the page has no new proof to offer.
    if (takesSignUps(event, this.clock.now())) await this.guard.admit(request, poster, id, _key, proofOf({ _challenge, _solution, _answer }), eventId);
    const { code } = await this.signUpFor.run(poster, eventId, { ...input, idempotencyKey: _key });
    return seeOther(`/${cityId}/consultations/${id}/hearings/${eventId}/sign-ups/${code}`);
  }

  @Public()
  @Header('cache-control', 'private, no-store')
  @Get('sign-ups/:code')
  async receipt(@CityCode() cityId: string, @Param('id') id: string, @Param('event') eventId: string, @Param('code') code: string): Promise<Page> {
    await readPublicEvent(this.reader, cityId, id, eventId);
    const status = await this.unitOfWork.run(systemActor(cityId), (tx) => signUpStatus(tx, eventId, code));
    return page('consultation/sign-up', { title: 'channels:signUp.receipt', status, code, eventHref: `/${cityId}/consultations/${id}/hearings/${eventId}` });
  }
}

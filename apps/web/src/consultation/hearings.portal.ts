import { randomUUID } from 'node:crypto';
import { readPublicEvent, SignUp, signUpStatus, STANCES } from '@domains/consultation';
import { Public } from '@platform/identity';
import { type Actor, type Clock, systemActor } from '@platform/kernel';
import { CLOCK, PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Header, Inject, Param, Post } from '@nestjs/common';
import { CityCode, FormPage, MaybeActor, type Page, page, seeOther, type SeeOther } from '../http';
import { posterOf } from './consultation.portal';
import { ParticipantDto } from './events.dto';

/** Hearings and symposia as everybody reads them, and signing up, with an account or without. */
@Controller(':city/consultations/:id/hearings/:event')
export class HearingsPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly unitOfWork: UnitOfWork,
    private readonly signUpFor: SignUp,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Get()
  async show(@CityCode() cityId: string, @Param('id') id: string, @Param('event') eventId: string, @MaybeActor() actor: Actor | null): Promise<Page> {
    const event = await readPublicEvent(this.reader, cityId, id, eventId);
    return page('consultation/hearing', {
      title: event.title, event, base: `/${cityId}/consultations/${id}/hearings/${eventId}`, consultationHref: `/${cityId}/consultations/${id}`, stances: STANCES, kinds: ['enterprise', 'resident'], key: randomUUID(), staff: Boolean(actor?.tenantId),
      open: event.state === 'announced' && event.signUpUntil !== null && this.clock.now() < event.signUpUntil,
    });
  }

  @Public()
  @FormPage('/:city/consultations/:id/hearings/:event')
  @Post('sign-ups')
  async signUp(@CityCode() cityId: string, @Param('id') id: string, @Param('event') eventId: string, @MaybeActor() actor: Actor | null, @Body() { _key, ...input }: ParticipantDto): Promise<SeeOther> {
    // An address that puts the event under another consultation is no page.
    await readPublicEvent(this.reader, cityId, id, eventId);
    const { code } = await this.signUpFor.run(posterOf(actor, cityId), eventId, { ...input, idempotencyKey: _key });
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

import { randomUUID } from 'node:crypto';
import {
  AnnounceEvent, ChangeEvent, entryClauses, FinishEvent, HoldEvent, InviteParticipant, MAX_OPINION, readStaffEvent, RecordDelivery, RecordStatement, SelectParticipants, SIGNATURES, STANCES,
  type StaffEvent,
} from '@domains/consultation';
import { LifeCycle } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, chinaDate, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Header, Inject, Param, Post, Query } from '@nestjs/common';
import { wordsIn } from '../drafting/named-text';
import { CurrentActor, type FileAnswer, FormPage, Language, type Page, page, requireWithin, seeOther, type SeeOther, VIEWS } from '../http';
import { ConsultationExports } from '../outlets/consultation-exports';
import type { Lang, ViewEngine } from '../view';
import { channelsBase, channelsFrame } from './channels-frame';
import { CancelDto, DeliveryDto, EventDto, EventKindDto, localInstant, MinutesDto, ParticipantDto, PostponeDto, SelectionDto, StatementDto } from './events.dto';
import { clauseOption, eventView, minutesReport } from './events-view';

const NEW = '/console/consultations/:id/channels/events/new';
const SHOW = '/console/consultations/:id/channels/events/:event';

/** Hearings, symposia and visits of a consultation: announced, held, written down and signed. */
@Controller('console/consultations/:id/channels/events')
export class EventsConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly announceEvent: AnnounceEvent,
    private readonly inviteParticipant: InviteParticipant,
    private readonly selectParticipants: SelectParticipants,
    private readonly recordDelivery: RecordDelivery,
    private readonly changeEvent: ChangeEvent,
    private readonly holdEvent: HoldEvent,
    private readonly recordStatement: RecordStatement,
    private readonly finishEvent: FinishEvent,
    private readonly exports: ConsultationExports,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('consultation.register')
  @Get('new')
  form(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { kind = 'hearing' }: EventKindDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => page('consultation/event-form', { ...(await channelsFrame(tx, this.lifeCycle, id)), kind, key: randomUUID() }));
  }

  @Can('consultation.register')
  @FormPage(NEW)
  @Post()
  async announce(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { _key, startsAt, seats, signUpUntil, ...more }: EventDto): Promise<SeeOther> {
    const { eventId } = await this.announceEvent.run(actor, id, { ...more, startsAt: localInstant(startsAt), seats: seats ? Number(seats) : null, signUpUntil: signUpUntil ? localInstant(signUpUntil) : null }, _key.toLowerCase());
    return seeOther(`${channelsBase(id)}/events/${eventId}`, more.kind === 'field_visit' ? 'channels:flash.visit' : 'channels:flash.announced');
  }

  @Can('consultation.register')
  @Header('cache-control', 'private, no-store')
  @Get(':event')
  show(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('event') eventId: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const event = await readStaffEvent(tx, id, eventId);
      const frame = await channelsFrame(tx, this.lifeCycle, id);
      return page('consultation/event', {
        ...frame, ...eventView(event, tx.at), href: `${frame.base}/events/${eventId}`, publicHref: event.kind === 'field_visit' ? null : `/${actor.cityId}/consultations/${id}/hearings/${eventId}`,
        key: randomUUID(), today: chinaDate(tx.at), stances: STANCES, kinds: ['enterprise', 'resident'], choices: ['selected', 'declined'], signatures: SIGNATURES, maxText: MAX_OPINION, clauseOptions: (await entryClauses(tx, id)).map(clauseOption),
        opinions: `/console/policies/${frame.consultation.policyId}/consultation/opinions`,
      });
    });
  }

  @Can('consultation.register')
  @FormPage(SHOW)
  @Post(':event/invite')
  invite(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('event') eventId: string, @Body() { _key, ...input }: ParticipantDto): Promise<SeeOther> {
    return this.act(actor, id, eventId, 'invited', () => this.inviteParticipant.run(actor, eventId, { ...input, idempotencyKey: _key }));
  }

  @Can('consultation.register')
  @FormPage(SHOW)
  @Post(':event/select')
  select(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('event') eventId: string, @Body() { participant, choice, reason }: SelectionDto): Promise<SeeOther> {
    const rows = participant.map((participantId, at) => ({ participantId, choice: choice[at] ?? '', reason: reason[at] ?? '' }));
    if (rows.some((row) => row.choice === '')) throw DomainError.invalid('channels:error.selectAll');
    return this.act(actor, id, eventId, 'selected', () => this.selectParticipants.run(actor, eventId, rows.map((row) => ({ ...row, selected: row.choice === 'selected' }))));
  }

  @Can('consultation.register')
  @FormPage(SHOW)
  @Post(':event/deliver')
  deliver(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('event') eventId: string, @Body() { participantIds = [], ...input }: DeliveryDto): Promise<SeeOther> {
    return this.act(actor, id, eventId, 'delivered', () => this.recordDelivery.run(actor, eventId, participantIds, input));
  }

  @Can('consultation.register')
  @FormPage(SHOW)
  @Post(':event/postpone')
  postpone(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('event') eventId: string, @Body() { startsAt, changedReason }: PostponeDto): Promise<SeeOther> {
    return this.act(actor, id, eventId, 'postponed', () => this.changeEvent.postpone(actor, eventId, { startsAt: localInstant(startsAt), reason: changedReason }));
  }

  @Can('consultation.register')
  @FormPage(SHOW)
  @Post(':event/cancel')
  cancel(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('event') eventId: string, @Body() { cancelReason }: CancelDto): Promise<SeeOther> {
    return this.act(actor, id, eventId, 'cancelled', () => this.changeEvent.cancel(actor, eventId, cancelReason));
  }

  @Can('consultation.register')
  @FormPage(SHOW)
  @Post(':event/hold')
  hold(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('event') eventId: string): Promise<SeeOther> {
    return this.act(actor, id, eventId, 'held', () => this.holdEvent.run(actor, eventId));
  }

  @Can('consultation.register')
  @FormPage(SHOW)
  @Post(':event/statements')
  statement(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('event') eventId: string, @Body() { _key, ...input }: StatementDto): Promise<SeeOther> {
    return this.act(actor, id, eventId, 'statement', () => this.recordStatement.run(actor, eventId, { ...input, idempotencyKey: _key }));
  }

  @Can('consultation.register')
  @FormPage(SHOW)
  @Post(':event/finish')
  finish(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('event') eventId: string, @Body() { proceedings, participant, signature, note }: MinutesDto): Promise<SeeOther> {
    const signatures = participant.map((participantId, at) => ({ participantId, signature: signature[at] ?? '', note: note[at] ?? '' }));
    return this.act(actor, id, eventId, 'finished', () => this.finishEvent.run(actor, eventId, { proceedings, signatures }));
  }

  @Can('consultation.register')
  @Header('cache-control', 'private, no-store')
  @Get(':event/minutes.docx')
  async minutes(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('event') eventId: string, @Language() lang: Lang): Promise<FileAnswer> {
    const event: StaffEvent = await this.unitOfWork.run(actor, (tx) => readStaffEvent(tx, id, eventId));
    return this.exports.report(minutesReport(event, wordsIn(this.views, lang)));
  }

  private async act(actor: Actor, id: string, eventId: string, flash: string, work: () => Promise<unknown>): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'event', eventId, id);
    await work();
    return seeOther(`${channelsBase(id)}/events/${eventId}`, `channels:flash.${flash}`);
  }
}

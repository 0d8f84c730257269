import { randomUUID } from 'node:crypto';
import { AUTHOR_KINDS, channelCounts, enteredOpinions, ENTERED_CHANNELS, entryClauses, MAX_OPINION, receiptSlips, RegisterOpinion, staffEvents, STANCES } from '@domains/consultation';
import { LifeCycle } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, chinaDate } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Header, Param, Post } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, seeOther, type SeeOther } from '../http';
import { channelsBase, channelsFrame } from './channels-frame';
import { RegisterDto } from './channels.dto';
import { clauseOption } from './events-view';

/** What the form to enter an opinion needs. */
export async function registerForm(tx: TenantTx, lifeCycle: LifeCycle, id: string) {
  return {
    ...(await channelsFrame(tx, lifeCycle, id)), channels: ENTERED_CHANNELS, authorKinds: AUTHOR_KINDS, stances: STANCES, maxText: MAX_OPINION, today: chinaDate(tx.at),
    clauseOptions: (await entryClauses(tx, id)).map(clauseOption),
  };
}

/** The ways into a consultation beside the website: what came by each, and entering what came on paper or was said. */
@Controller('console/consultations/:id/channels')
export class ChannelsConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly registerOpinion: RegisterOpinion,
  ) {}

  @Can('consultation.read')
  @Get()
  overview(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await channelsFrame(tx, this.lifeCycle, id);
      const desk = `/console/policies/${frame.consultation.policyId}/consultation/opinions`;
      return page('consultation/channels', {
        ...frame, events: (await staffEvents(tx, id)).map((event) => ({ ...event, href: `${frame.base}/events/${event.id}`, unfinished: !['finished', 'cancelled'].includes(event.state) })), counts: await channelCounts(tx, id),
        entered: (await enteredOpinions(tx, id)).map((one) => ({ ...one, href: `${desk}/${one.opinionId}`, slipHref: `${frame.base}/receipts/${one.opinionId}` })),
      });
    });
  }

  @Can('consultation.register')
  @Get('register')
  form(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => page('consultation/register-opinion', { ...(await registerForm(tx, this.lifeCycle, id)), key: randomUUID() }));
  }

  @Can('consultation.register')
  @FormPage('/console/consultations/:id/channels/register')
  @Post('register')
  async register(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { _key, channel = '', arrivedOn = '', authorKind = '', stance = '', text = '', ...more }: RegisterDto): Promise<SeeOther> {
    const { opinionId } = await this.registerOpinion.run(actor, id, { channel, arrivedOn, authorKind, stance, text, ...more, idempotencyKey: _key });
    return seeOther(`${channelsBase(id)}/receipts/${opinionId}`, 'channels:flash.registered');
  }

  /** For the author: to be printed and sent or handed over. */
  @Can('consultation.register')
  @Header('cache-control', 'private, no-store')
  @Get('receipts/:opinion')
  receipt(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('opinion') opinionId: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const slips = await receiptSlips(tx, id, opinionId);
      return page('consultation/receipt-slips', { ...(await channelsFrame(tx, this.lifeCycle, id)), slips, lookup: `/${actor.cityId}/receipts` });
    });
  }
}

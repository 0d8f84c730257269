import { randomUUID } from 'node:crypto';
import { type MailContent, MailPool } from '@core/documents';
import { LifeCycle } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, chinaDate, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Header, HttpCode, type OnApplicationShutdown, Param, Post, UseGuards } from '@nestjs/common';
import { AccountThrottler, CurrentActor, FormPage, type Page, page } from '../http';
import { channelsFrame } from './channels-frame';
import { registerForm } from './channels.console';
import { MailFileDto } from './batches.dto';

/** Of a mail, what the form to enter it begins with; the officer checks and completes it. */
const prefill = ({ messageId, subject, from, sentAt, text }: MailContent, opensAt: Date, now: Date): Record<string, string> => {
  const day = sentAt && sentAt >= opensAt && sentAt <= now ? chinaDate(sentAt) : '';
  return { channel: 'email', arrivedOn: day, authorName: from.name, text, reference: subject.slice(0, 200), messageId: messageId ?? '' };
};

/** A mail file is read, shown, checked by a person and entered; the file itself is not kept. */
@Controller('console/consultations/:id/channels/mail')
export class MailsConsole implements OnApplicationShutdown {
  private readonly pool = new MailPool();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  @Can('consultation.register')
  @Get()
  form(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => page('consultation/mail', await channelsFrame(tx, this.lifeCycle, id)));
  }

  /** Limited for each person, as reading a hostile file takes a thread for seconds. */
  @Can('consultation.register')
  @UseGuards(AccountThrottler)
  @FormPage('/console/consultations/:id/channels/mail')
  @Header('cache-control', 'private, no-store')
  @HttpCode(200)
  @Post()
  async read(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { file }: MailFileDto): Promise<Page> {
    await this.unitOfWork.run(actor, (tx) => channelsFrame(tx, this.lifeCycle, id));
    if (!file || file.data.length === 0) throw DomainError.invalid('channels:error.mailMissing', [{ field: 'file', key: 'channels:error.mailMissing' }]);
    const mail = await this.pool.read(file.data);
    return this.unitOfWork.run(actor, async (tx) => {
      const form = await registerForm(tx, this.lifeCycle, id);
      return page('consultation/register-opinion', { ...form, key: randomUUID(), mail, prefill: prefill(mail, form.consultation.opensAt, tx.at) });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}

import { randomUUID } from 'node:crypto';
import { AnswerQuestionnaire, hasAnswered, PERSONAL_CHOICES, type PersonalChoice, publicQuestionnaire } from '@domains/consultation';
import { Public } from '@platform/identity';
import { type Actor, type Clock, DomainError, isId } from '@platform/kernel';
import { CLOCK, PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { posterOf } from '../consultation/consultation.portal';
import { CityCode, file, type FileAnswer, FormPage, MaybeActor, Origin, type Page, page, Refused, type RefusedForm, seeOther, type SeeOther } from '../http';
import { qrCode, qrFile } from './qr';
import { formView } from './questionnaire-form';

/** Where a questionnaire is answered: one page, with and without scripts, with a link and a QR code of its own. */
@Controller(':city/q/:token')
export class QuestionnairePortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly unitOfWork: UnitOfWork,
    private readonly answerQuestionnaire: AnswerQuestionnaire,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Get()
  async show(@CityCode() cityId: string, @Param('token') token: string, @MaybeActor() actor: Actor | null, @Refused() refused: RefusedForm | null): Promise<Page> {
    const questionnaire = await publicQuestionnaire(this.reader, cityId, token, this.clock.now());
    const poster = posterOf(actor, cityId);
    const answered = poster.accountId !== null && poster.tenantId === null && await this.unitOfWork.run(poster, (tx) => hasAnswered(tx, questionnaire.id));
    return page('questionnaire/answer', {
      title: questionnaire.title, questionnaire, base: `/${cityId}/q/${token}`, consultationHref: `/${cityId}/consultations/${questionnaire.consultationId}`,
      view: formView(questionnaire.definition, refused?.values, refused?.errorFor), answered, staff: Boolean(actor?.tenantId), unnamed: poster.accountId === null, key: randomUUID(), personalChoices: PERSONAL_CHOICES,
    });
  }

  @Public()
  @FormPage('/:city/q/:token')
  @Post()
  async answer(@CityCode() cityId: string, @Param('token') token: string, @MaybeActor() actor: Actor | null, @Body() body: Record<string, unknown>): Promise<SeeOther> {
    const { _key: key, _shown: shown, name, personalData, ...answers } = body;
    const { code } = await this.answerQuestionnaire.run(posterOf(actor, cityId), token, {
      answers, shown: plain(shown, '_shown').split(' '), name: plain(name, 'name'), personalData: choiceOf(personalData), idempotencyKey: isId(key) ? key : '',
    });
    return seeOther(`/${cityId}/receipts/${code}?posted=1`);
  }

  /** One sheet to hang up. */
  @Public()
  @Get('poster')
  async poster(@CityCode() cityId: string, @Param('token') token: string, @Origin() origin: string): Promise<Page> {
    const questionnaire = await publicQuestionnaire(this.reader, cityId, token, this.clock.now());
    return page('questionnaire/poster', { title: questionnaire.title, questionnaire, qr: qrCode(`${origin}/${cityId}/q/${token}`) }, 'bare');
  }

  @Public()
  @Get('qr.svg')
  async qr(@CityCode() cityId: string, @Param('token') token: string, @Origin() origin: string): Promise<FileAnswer> {
    await publicQuestionnaire(this.reader, cityId, token, this.clock.now());
    return file(qrFile(qrCode(`${origin}/${cityId}/q/${token}`)), { type: 'image/svg+xml', name: `${token}.svg` });
  }
}

/** A field that is one text or missing; the answers themselves are judged with the questionnaire. */
function plain(value: unknown, field: string): string {
  if (value === undefined || typeof value === 'string') return value ?? '';
  throw DomainError.invalid('common:error.validation', [{ field, key: 'common:error.field' }]);
}

function choiceOf(value: unknown): PersonalChoice | undefined {
  const found = PERSONAL_CHOICES.find((one) => one === value);
  if (found || value === undefined || value === '') return found;
  throw DomainError.invalid('intake:error.choice', [{ field: 'personalData', key: 'intake:error.choice' }]);
}

import { AnswerQuestionnaire, hasAnswered, PERSONAL_CHOICES, type PersonalChoice, publicQuestionnaire } from '@domains/consultation';
import { Public } from '@platform/identity';
import { type Actor, type Clock, DomainError, isId } from '@platform/kernel';
import { CLOCK, PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { posterOf } from '../consultation/consultation.portal';
import { IntakeGuard, proofOf } from '../consultation/intake-guard';
import { CityCode, file, type FileAnswer, FormPage, MaybeActor, Origin, type Page, page, seeOther, type SeeOther, type WebRequest } from '../http';
import { qrCode, qrFile } from './qr';
import { formView } from './questionnaire-form';

/** Where a questionnaire is answered: one page, with and without scripts, with a link and a QR code of its own. */
@Controller(':city/q/:token')
export class QuestionnairePortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly unitOfWork: UnitOfWork,
    private readonly answerQuestionnaire: AnswerQuestionnaire,
    private readonly guard: IntakeGuard,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Get()
  async show(@CityCode() cityId: string, @Param('token') token: string, @MaybeActor() actor: Actor | null, @Req() request: WebRequest): Promise<Page> {
    const questionnaire = await publicQuestionnaire(this.reader, cityId, token, this.clock.now());
    const poster = posterOf(actor, cityId);
    const answered = poster.accountId !== null && poster.tenantId === null && await this.unitOfWork.run(poster, (tx) => hasAnswered(tx, questionnaire.id));
    const staff = Boolean(actor?.tenantId);
    const refused = request.refusedForm;
    return page('questionnaire/answer', {
      title: questionnaire.title, questionnaire, base: `/${cityId}/q/${token}`, consultationHref: `/${cityId}/consultations/${questionnaire.consultationId}`,
      view: formView(questionnaire.definition, refused?.values, refused?.errorFor), answered, staff, unnamed: poster.accountId === null, personalChoices: PERSONAL_CHOICES,
      intake: questionnaire.open && !staff && !answered ? await this.guard.formFor(request, poster, questionnaire.consultationId, questionnaire.id) : null,
    });
  }

  @Public()
  @FormPage('/:city/q/:token')
  @Post()
  async answer(@CityCode() cityId: string, @Param('token') token: string, @MaybeActor() actor: Actor | null, @Req() request: WebRequest, @Body() body: Record<string, unknown>): Promise<SeeOther> {
    const { _key, _shown, _challenge, _solution, _answer, name, personalData, ...answers } = body;
    const poster = posterOf(actor, cityId);
    const idempotencyKey = isId(_key) ? _key : '';
    const { id, consultationId, open } = await publicQuestionnaire(this.reader, cityId, token, this.clock.now());
    const proof = proofOf({ _challenge: plain(_challenge, '_challenge'), _solution: plain(_solution, '_solution'), _answer: plain(_answer, '_answer') });
    // Once it is over the use case has the better answer, as the page has no new proof to offer.
    if (open) await this.guard.admit(request, poster, consultationId, idempotencyKey, proof, id);
    const { code } = await this.answerQuestionnaire.run(poster, token, {
      answers, shown: plain(_shown, '_shown').split(' '), name: plain(name, 'name'), personalData: choiceOf(personalData), idempotencyKey,
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

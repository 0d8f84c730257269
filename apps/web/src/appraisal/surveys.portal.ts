import { randomUUID } from 'node:crypto';
import { AnswerSurvey, InviteToSurvey, ownInvitations } from '@domains/evaluation';
import { Can, Public } from '@platform/identity';
import { type Actor, DomainError, isId } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Header, Param, Post, Req } from '@nestjs/common';
import { CityCode, CurrentActor, FormPage, type Page, page, type SeeOther, seeOther, type WebRequest } from '../http';
import { formView } from '../questionnaire/questionnaire-form';

/**
 * Where an enterprise that was drawn answers: by its own link, signed in or not. The link is the proof that a program would have to guess (160 bits), so nothing else stands
 * before the form. The page asks for no account, and names the enterprise nowhere.
 */
@Controller(':city/survey/:token')
export class SurveyPortal {
  constructor(private readonly answerSurvey: AnswerSurvey) {}

  @Public()
  @Header('cache-control', 'private, no-store')
  @Header('referrer-policy', 'no-referrer')
  @Get()
  async show(@CityCode() cityId: string, @Param('token') token: string, @Req() request: WebRequest): Promise<Page> {
    const survey = await this.answerSurvey.read(cityId, token);
    const refused = request.refusedForm;
    const kept = refused?.values['_key'];
    return page('appraisal/survey-answer', {
      title: survey.title, survey, base: `/${cityId}/survey/${token}`, key: isId(kept) ? kept : randomUUID(), view: formView(survey.definition, refused?.values, refused?.errorFor),
    });
  }

  @Public()
  @FormPage('/:city/survey/:token')
  @Post()
  async answer(@CityCode() cityId: string, @Param('token') token: string, @Body() body: Record<string, unknown>): Promise<SeeOther> {
    const { _key, _shown, ...answers } = body;
    if (_shown !== undefined && typeof _shown !== 'string') throw DomainError.invalid('common:error.validation', [{ field: '_shown', key: 'common:error.field' }]);
    await this.answerSurvey.run(cityId, token, { answers, shown: _shown === undefined ? null : _shown.split(' '), idempotencyKey: isId(_key) ? _key : '' });
    return seeOther(`/${cityId}/survey/${token}`);
  }
}

/** What an enterprise was asked, for its own account. */
@Controller(':city/surveys')
export class OwnSurveysPortal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly invite: InviteToSurvey,
  ) {}

  @Can('evaluation.assess')
  @Get()
  async list(@CityCode() cityId: string, @CurrentActor() actor: Actor): Promise<Page> {
    if (actor.cityId !== cityId) throw DomainError.notFound();
    const items = await ownInvitations(this.unitOfWork, actor);
    return page('appraisal/survey-own', { title: 'survey:own.title', items: items.map((item) => ({ ...item, enter: `/${cityId}/surveys/${item.surveyId}/enter` })) });
  }

  @Can('evaluation.assess')
  @FormPage('/:city/surveys')
  @Post(':surveyId/enter')
  async enter(@CityCode() cityId: string, @CurrentActor() actor: Actor, @Param('surveyId') surveyId: string): Promise<SeeOther> {
    if (actor.cityId !== cityId) throw DomainError.notFound();
    return seeOther(`/${cityId}/survey/${await this.invite.own(actor, surveyId)}`);
  }
}

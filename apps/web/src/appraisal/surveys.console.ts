import { PROFILE_FIELDS, SurveyFrames } from '@core/policy';
import { checkDefinition, questionsOf } from '@core/questionnaire';
import {
  ALLOCATIONS, DesignSurvey, drawProtocol, feedable, InviteToSurvey, LEAST_CELL, LEAST_MINIMUM, plannedStrata, RunSurvey, type SurveyDesign, surveyDesk, type SurveyDesk, surveyTexts,
} from '@domains/evaluation';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Header, Inject, Param, Post } from '@nestjs/common';
import { wordsIn } from '../drafting/named-text';
import { csv, CurrentActor, file, type FileAnswer, FormPage, Language, Origin, type Page, page, type SeeOther, seeOther, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { DrawDto, NewSurveyDto, SurveyDesignDto } from './survey.dto';
import { stratumLabel, surveyTable, surveyView } from './survey-view';

const PAGE = '/console/evaluation-campaigns/:id/survey';
const TONES = { design: 'neutral', field: 'info', closed: 'success' } as const;
const home = (id: string): string => PAGE.replace(':id', id);

/** The survey of a campaign's enterprises, from its design to its results. */
@Controller('console/evaluation-campaigns/:id/survey')
export class SurveysConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly frames: SurveyFrames,
    private readonly designSurvey: DesignSurvey,
    private readonly runSurvey: RunSurvey,
    private readonly invite: InviteToSurvey,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('evaluation.read')
  @Get()
  show(@CurrentActor() actor: Actor, @Param('id') id: string, @Language() lang: Lang): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const found = await surveyDesk(tx, id);
      const { survey, strata } = found;
      const words = wordsIn(this.views, lang);
      const planned = survey?.state === 'design' ? await plannedStrata(tx, this.frames, survey) : [];
      const by = survey?.strataBy ?? [];
      return page('appraisal/survey', {
        ...frameOf(found), ...(survey?.state === 'design' ? this.designView(found) : {}),
        planned: planned.map((one) => ({ ...one, label: stratumLabel(one.values, by, words) })), plannedSize: planned.reduce((sum, { sample }) => sum + sample, 0), plannedFrame: planned.reduce((sum, { frame }) => sum + frame, 0),
        strata: strata.map((one) => ({ ...one, label: stratumLabel(one.values, by, words), probability: `${(one.inclusion * 100).toFixed(1)}%`, rate: `${((100 * one.answered) / one.drawn).toFixed(1)}%` })),
        answered: strata.reduce((sum, one) => sum + one.answered, 0), results: survey?.results && surveyView(survey.results, words),
        texts: survey?.state === 'closed' && found.desk.mayLead ? await surveyTexts(tx, survey) : [],
      });
    });
  }

  @Can('evaluation.write')
  @FormPage(PAGE)
  @Post()
  async create(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: NewSurveyDto): Promise<SeeOther> {
    await this.designSurvey.create(actor, id, dto);
    return seeOther(home(id), 'survey:flash.created');
  }

  @Can('evaluation.write')
  @FormPage(PAGE)
  @Post('design')
  async design(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: SurveyDesignDto): Promise<SeeOther> {
    await this.designSurvey.design(actor, id, Number(dto.rowVersion), designOf(dto));
    return seeOther(home(id), 'survey:flash.designed');
  }

  @Can('evaluation.write')
  @FormPage(PAGE)
  @Post('draw')
  async draw(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: DrawDto): Promise<SeeOther> {
    await this.runSurvey.draw(actor, id, Number(dto.rowVersion), dto.closesOn);
    return seeOther(home(id), 'survey:flash.drawn');
  }

  /** Links that are shown this once: the answer is the table itself, and nothing keeps it. */
  @Can('evaluation.write')
  @FormPage(PAGE)
  @Header('cache-control', 'private, no-store')
  @Post('links')
  async links(@CurrentActor() actor: Actor, @Param('id') id: string, @Origin() origin: string, @Language() lang: Lang): Promise<FileAnswer> {
    const words = wordsIn(this.views, lang);
    const links = await this.invite.list(actor, id);
    const rows = links.map(({ enterprise, creditCode, hasAccount, token }) => [enterprise, creditCode, words(`survey:links.${hasAccount ? 'account' : 'none'}`), `${origin}/${actor.cityId}/survey/${token}`]);
    return file(csv([['enterprise', 'creditCode', 'reachHead', 'link'].map((key) => words(`survey:links.${key}`)), ...rows]), { type: 'text/csv; charset=utf-8', name: 'survey-links.csv' });
  }

  @Can('evaluation.write')
  @FormPage(PAGE)
  @Post('close')
  async close(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.runSurvey.close(actor, id);
    return seeOther(home(id), 'survey:flash.closed');
  }

  @Can('evaluation.read')
  @Header('cache-control', 'private, no-store')
  @Get('results.csv')
  results(@CurrentActor() actor: Actor, @Param('id') id: string, @Language() lang: Lang): Promise<FileAnswer> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { survey } = await surveyDesk(tx, id);
      if (!survey?.results) throw DomainError.notFound();
      return file(csv(surveyTable(survey.results, wordsIn(this.views, lang))), { type: 'text/csv; charset=utf-8', name: 'survey-results.csv' });
    });
  }

  /** Seed, frame and sample: what the draw can be made again from. */
  @Can('evaluation.read')
  @Header('cache-control', 'private, no-store')
  @Get('draw.json')
  protocol(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<FileAnswer> {
    return this.unitOfWork.run(actor, async (tx) => file(JSON.stringify(await drawProtocol(tx, id), null, 1), { type: 'application/json', name: 'survey-draw.json' }));
  }

  private designView({ desk, questionnaire, survey }: SurveyDesk) {
    if (!questionnaire || !survey) return {};
    const indicators = feedable(desk.campaign.indicators).map(({ key, name }) => ({ value: key, label: name }));
    const faults = checkDefinition(questionnaire.definition).length;
    return {
      frames: this.frames.keys(), fields: PROFILE_FIELDS.map((field) => ({ field, ticked: survey.strataBy.includes(field) })), allocations: ALLOCATIONS, leastCell: LEAST_CELL, leastMinimum: LEAST_MINIMUM, indicators, faults,
      questions: questionsOf(questionnaire.definition).length,
      scales: questionsOf(questionnaire.definition).filter(({ question }) => question.kind === 'scale').map(({ no, question }) => ({ no, id: question.id, text: question.text, feeds: survey.mapping[question.id] ?? '' })),
    };
  }
}

/** What every page about a survey has. */
export function frameOf({ desk, survey, questionnaire, reachable, mayRun }: SurveyDesk) {
  const base = home(desk.campaign.id);
  return {
    title: 'survey:title', campaign: desk.campaign, campaignHref: `/console/evaluation-campaigns/${desk.campaign.id}`, home: base, survey, questionnaire, reachable, mayRun, state: survey?.state ?? null,
    tone: survey && TONES[survey.state],
  };
}

function designOf({ frame, strataBy, allocation, size, minimum, minCell, question, indicator }: SurveyDesignDto): SurveyDesign {
  const mapping = Object.fromEntries(question.flatMap((id, at) => (indicator[at] ? [[id, indicator[at]]] : []))) as Record<string, string>;
  return { frame, strataBy, allocation, size: Number(size), minimum: Number(minimum), minCell: Number(minCell), mapping };
}

import { DesignSurvey, MAX_SURVEY_TEXT, surveyDesk } from '@domains/evaluation';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, Refused, type RefusedForm, type SeeOther, seeOther } from '../http';
import { editOf, itemEditOf } from '../questionnaire/questionnaire.console';
import { ChangeDto, ItemDto, SettingsDto } from '../questionnaire/questionnaire.dto';
import { editorView, itemView } from '../questionnaire/questionnaire-editor';
import { formView } from '../questionnaire/questionnaire-form';
import { frameOf } from './surveys.console';

const ONE = '/console/evaluation-campaigns/:id/survey/questionnaire';
const baseOf = (id: string): string => ONE.replace(':id', id);

/** The questions of a survey: the pages of questionnaires, for a campaign. */
@Controller('console/evaluation-campaigns/:id/survey/questionnaire')
export class SurveyQuestionnaireConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly designSurvey: DesignSurvey,
  ) {}

  /** The editor while it is designed; afterwards what was asked. */
  @Can('evaluation.read')
  @Get()
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await this.frame(tx, id);
      const { questionnaire, editable } = frame;
      if (!editable) return page('questionnaire/preview', { ...frame, leadKey: 'survey:questionnaire.previewLead', base: frame.list, view: formView(questionnaire.definition) });
      return page('questionnaire/editor', {
        ...frame, leadKey: 'survey:questionnaire.lead', listKey: 'survey:title', goKey: 'survey:questionnaire.check', settingsKey: 'survey:questionnaire.settings', lengthKey: 'survey:questionnaire.length',
        editor: editorView({ ...questionnaire, stance: null }, frame.base, MAX_SURVEY_TEXT), may: { make: true },
      });
    });
  }

  @Can('evaluation.read')
  @Get('preview')
  preview(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await this.frame(tx, id);
      return page('questionnaire/preview', { ...frame, leadKey: 'survey:questionnaire.previewLead', view: formView(frame.questionnaire.definition) });
    });
  }

  @Can('evaluation.write')
  @FormPage(ONE)
  @Post('settings')
  async settings(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: SettingsDto): Promise<SeeOther> {
    await this.designSurvey.describe(actor, id, dto.seen, { title: dto.title, intro: dto.intro ?? '' });
    return seeOther(baseOf(id), 'questionnaire:flash.saved');
  }

  /** Adds, moves and deletes. A question that was just added has no words yet: its form is next. */
  @Can('evaluation.write')
  @FormPage(ONE)
  @Post('change')
  async change(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ChangeDto): Promise<SeeOther> {
    await this.designSurvey.edit(actor, id, dto.seen, editOf(dto));
    if (dto.act !== 'addQuestion') return seeOther(dto.id && dto.act !== 'delete' ? `${baseOf(id)}#${dto.id}` : baseOf(id));
    const { questionnaire } = await this.unitOfWork.run(actor, (tx) => this.frame(tx, id));
    const added = questionnaire.definition.sections.find((section) => section.id === dto.id)?.questions.at(-1);
    return seeOther(added ? `${baseOf(id)}/items/${added.id}` : baseOf(id));
  }

  @Can('evaluation.write')
  @Get('items/:item')
  item(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('item') itemId: string, @Refused() refused: RefusedForm | null): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await this.frame(tx, id);
      const typed = refused && [refused.values['values'] ?? []].flat().filter((value): value is string => typeof value === 'string');
      const item = itemView(frame.questionnaire.definition, itemId, typed);
      if (!item || !frame.editable) throw DomainError.notFound();
      return page('questionnaire/item', { ...frame, item, action: `${frame.base}/items/${itemId}`, back: `${frame.base}#${itemId}` });
    });
  }

  @Can('evaluation.write')
  @FormPage(`${ONE}/items/:item`)
  @Post('items/:item')
  async save(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('item') itemId: string, @Body() { seen, ...input }: ItemDto): Promise<SeeOther> {
    await this.designSurvey.edit(actor, id, seen, itemEditOf(itemId, input));
    return seeOther(`${baseOf(id)}#${itemId}`, 'questionnaire:flash.saved');
  }

  private async frame(tx: TenantTx, id: string) {
    const found = await surveyDesk(tx, id);
    const { survey, questionnaire } = found;
    if (!survey || !questionnaire) throw DomainError.notFound();
    const frame = frameOf(found);
    return { ...frame, title: questionnaire.title, questionnaire, base: baseOf(id), list: frame.home, editable: survey.state === 'design' && found.mayRun };
  }
}

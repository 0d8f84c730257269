import { type DefinitionEdit } from '@core/questionnaire';
import { LifeCycle } from '@core/policy';
import { can, ManageQuestionnaire, questionnaireResults, readStaffQuestionnaire, staffConsultationRef, staffQuestionnaires } from '@domains/consultation';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentActor, FormPage, Origin, type Page, page, Refused, type RefusedForm, seeOther, type SeeOther } from '../http';
import { policyHeader } from '../policy/policy-header';
import { qrCode } from './qr';
import { ChangeDto, ItemDto, NewQuestionnaireDto, SeenDto, SettingsDto } from './questionnaire.dto';
import { editorView, itemView, stanceFrom } from './questionnaire-editor';
import { formView } from './questionnaire-form';
import { resultsView } from './questionnaire-results';

const LIST = '/console/consultations/:id/questionnaires';
const ONE = `${LIST}/:questionnaire`;
const listOf = (consultationId: string): string => LIST.replace(':id', consultationId);

/** Making a questionnaire for a consultation, and reading what it brought. */
@Controller('console/consultations/:id/questionnaires')
export class QuestionnaireConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly manage: ManageQuestionnaire,
  ) {}

  @Can('consultation.read')
  @Get()
  list(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await this.frame(tx, id);
      return page('questionnaire/list', { ...frame, questionnaires: (await staffQuestionnaires(tx, id)).map((one) => ({ ...one, href: `${frame.list}/${one.id}` })) });
    });
  }

  @Can('consultation.ask')
  @FormPage(LIST)
  @Post()
  async create(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: NewQuestionnaireDto): Promise<SeeOther> {
    const created = await this.manage.create(actor, id, dto);
    return seeOther(`${listOf(id)}/${created.id}`, 'questionnaire:flash.created');
  }

  @Can('consultation.read')
  @Get(':questionnaire')
  show(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('questionnaire') questionnaireId: string, @Origin() origin: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await this.frame(tx, id);
      const questionnaire = await readStaffQuestionnaire(tx, id, questionnaireId);
      const base = `${frame.list}/${questionnaireId}`;
      if (questionnaire.state === 'draft') return page('questionnaire/editor', { ...frame, base, questionnaire, editor: editorView(questionnaire, base) });
      const link = `/${actor.cityId}/q/${questionnaire.token}`;
      return page('questionnaire/desk', { ...frame, base, questionnaire, link, qr: qrCode(origin + link), results: resultsView(await questionnaireResults(tx, id, questionnaire)) });
    });
  }

  @Can('consultation.ask')
  @FormPage(ONE)
  @Post(':questionnaire/settings')
  async settings(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('questionnaire') questionnaireId: string, @Body() dto: SettingsDto): Promise<SeeOther> {
    const { definition, stance } = await this.unitOfWork.run(actor, (tx) => readStaffQuestionnaire(tx, id, questionnaireId));
    await this.manage.describe(actor, id, questionnaireId, dto.seen, { title: dto.title, intro: dto.intro ?? '', stance: stanceFrom(definition, stance, dto) });
    return seeOther(`${listOf(id)}/${questionnaireId}`, 'questionnaire:flash.saved');
  }

  /** Adds, moves and deletes. */
  @Can('consultation.ask')
  @FormPage(ONE)
  @Post(':questionnaire/change')
  async change(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('questionnaire') questionnaireId: string, @Body() dto: ChangeDto): Promise<SeeOther> {
    await this.manage.edit(actor, id, questionnaireId, dto.seen, editOf(dto));
    const base = `${listOf(id)}/${questionnaireId}`;
    if (dto.act !== 'addQuestion') return seeOther(dto.id && dto.act !== 'delete' ? `${base}#${dto.id}` : base);
    // A question that was just added has no words yet: its form is next.
    const { definition } = await this.unitOfWork.run(actor, (tx) => readStaffQuestionnaire(tx, id, questionnaireId));
    const added = definition.sections.find((section) => section.id === dto.id)?.questions.at(-1);
    return seeOther(added ? `${base}/items/${added.id}` : base);
  }

  @Can('consultation.ask')
  @Get(':questionnaire/items/:item')
  item(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('questionnaire') questionnaireId: string, @Param('item') itemId: string, @Refused() refused: RefusedForm | null): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await this.frame(tx, id);
      const questionnaire = await readStaffQuestionnaire(tx, id, questionnaireId);
      const typed = refused && [refused.values['values'] ?? []].flat().filter((value): value is string => typeof value === 'string');
      const item = itemView(questionnaire.definition, itemId, typed);
      if (!item || questionnaire.state !== 'draft') throw DomainError.notFound();
      const base = `${frame.list}/${questionnaireId}`;
      return page('questionnaire/item', { ...frame, base, questionnaire, item, action: `${base}/items/${itemId}`, back: `${base}#${itemId}` });
    });
  }

  @Can('consultation.ask')
  @FormPage(`${ONE}/items/:item`)
  @Post(':questionnaire/items/:item')
  async save(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('questionnaire') questionnaireId: string, @Param('item') itemId: string, @Body() { seen, ...input }: ItemDto): Promise<SeeOther> {
    await this.manage.edit(actor, id, questionnaireId, seen, itemEditOf(itemId, input));
    return seeOther(`${listOf(id)}/${questionnaireId}#${itemId}`, 'questionnaire:flash.saved');
  }

  /** As the public sees it; nothing is sent from here. */
  @Can('consultation.read')
  @Get(':questionnaire/preview')
  preview(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('questionnaire') questionnaireId: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await this.frame(tx, id);
      const questionnaire = await readStaffQuestionnaire(tx, id, questionnaireId);
      return page('questionnaire/preview', { ...frame, base: `${frame.list}/${questionnaireId}`, questionnaire, view: formView(questionnaire.definition) });
    });
  }

  @Can('consultation.ask')
  @FormPage(ONE)
  @Post(':questionnaire/live')
  async live(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('questionnaire') questionnaireId: string, @Body() { seen }: SeenDto): Promise<SeeOther> {
    await this.manage.goLive(actor, id, questionnaireId, seen);
    return seeOther(`${listOf(id)}/${questionnaireId}`, 'questionnaire:flash.live');
  }

  @Can('consultation.ask')
  @FormPage(ONE)
  @Post(':questionnaire/close')
  async close(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('questionnaire') questionnaireId: string): Promise<SeeOther> {
    await this.manage.close(actor, id, questionnaireId);
    return seeOther(`${listOf(id)}/${questionnaireId}`, 'questionnaire:flash.closed');
  }

  /** What every page about the questionnaires of a consultation has. */
  private async frame(tx: TenantTx, consultationId: string) {
    const consultation = await staffConsultationRef(tx, consultationId);
    const header = await policyHeader(tx, this.lifeCycle, consultation.policyId);
    const { actor } = tx;
    const ask = header.own && actor.tenantId !== null && can(actor, 'consultation.ask', { cityId: actor.cityId, tenantId: actor.tenantId });
    return {
      title: header.title, header, consultation, list: listOf(consultationId), deskHref: `/console/policies/${consultation.policyId}/consultation?of=${consultationId}`,
      may: { ask, make: ask && consultation.state === 'open' },
    };
  }
}

/** The edit that the form of a section or of a question sends. */
export const itemEditOf = (id: string, { title = '', text = '', ...rest }: Omit<ItemDto, 'seen'>): DefinitionEdit =>
  (id.startsWith('s') ? { act: 'section', id, input: { title, ...rest } } : { act: 'question', id, input: { text, ...rest } });

/** The edit that the form of changes sends. */
export function editOf({ act, id, kind, title = '' }: ChangeDto): DefinitionEdit {
  if (act === 'addSection') return { act, title };
  if (id === undefined || (act === 'addQuestion' && kind === undefined)) throw DomainError.invalid('questionnaire:error.kind', [{ field: 'kind', key: 'questionnaire:error.kind' }]);
  return act === 'addQuestion' ? { act, section: id, kind: kind ?? 'text' } : { act, id };
}

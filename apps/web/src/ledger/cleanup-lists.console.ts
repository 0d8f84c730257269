import { EvaluationSources } from '@core/policy';
import { type CleanupItem, cleanupItemDesk, cleanupSheet, ImportCleanup, ITEM_FILTERS, keepable, ProposeCleanup, PROPOSALS, sheetExport, SignCleanup } from '@domains/ledger';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Inject, Param, Post, Query, UseGuards } from '@nestjs/common';
import { wordsIn } from '../drafting/named-text';
import { AccountThrottler, CurrentActor, type FileAnswer, FormPage, Language, type Page, page, seeOther, type SeeOther, VIEWS } from '../http';
import { ConsultationExports } from '../outlets/consultation-exports';
import type { Lang, ViewEngine } from '../view';
import { EFFECT_TONES, PROPOSAL_TONES, SHEET_TONES, sheetWords, sheetWorkbook } from './cleanup-view';
import { AnswerDto, ImportCleanupDto, KeepDto, ProposeCleanupDto, RemarkDto, SendBackDto, SheetDto, SignDto } from './cleanups.dto';
import { successorId, successorNumbers } from './cleanup-successors';

const LIST = '/console/cleanups/:id/departments/:department';
const ITEM = '/console/cleanups/:id/items/:item';
const listHref = (id: string, department: string): string => `/console/cleanups/${id}/departments/${department}`;
const itemHref = (id: string, item: string): string => `/console/cleanups/${id}/items/${item}`;
/** Titles that the preview shows. */
const SHOWN = 50;

/** The list of one department in a clean-up, and one document of it. */
@Controller('console/cleanups/:id')
export class CleanupListsConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sources: EvaluationSources,
    private readonly proposeCleanup: ProposeCleanup,
    private readonly importCleanup: ImportCleanup,
    private readonly signCleanup: SignCleanup,
    private readonly exports: ConsultationExports,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('ledger.read_cleanup')
  @Get('departments/:department')
  show(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('department') department: string, @Query() dto: SheetDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const filter = { words: dto.words ?? '', show: dto.show ?? undefined };
      const sheet = await cleanupSheet(tx, this.sources, id, department, { ...filter, after: dto.after ?? 0 });
      const address = (more: Record<string, string>): string => `?${new URLSearchParams({ words: filter.words, show: filter.show ?? '', ...more }).toString()}`;
      return page('ledger/cleanup-list', {
        title: sheet.cleanup.title, ...sheet, tone: SHEET_TONES[sheet.state], filter, filters: ITEM_FILTERS, home: `/console/cleanups/${id}`, self: listHref(id, department), next: sheet.next && address({ after: String(sheet.next) }),
        items: sheet.items.map((item) => ({ ...item, href: itemHref(id, item.id), tone: item.proposal && PROPOSAL_TONES[item.proposal], effectTone: item.effect && EFFECT_TONES[item.effect] })),
        late: sheet.cleanup.state === 'running' && sheet.state === 'open' && sheet.today > sheet.cleanup.proposeBy, keepHref: `${listHref(id, department)}/keep?${new URLSearchParams({ words: filter.words }).toString()}`,
      });
    });
  }

  /** What would be kept, before it is. */
  @Can('ledger.propose_cleanup')
  @Get('departments/:department/keep')
  preview(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('department') department: string, @Query() { words = '' }: SheetDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const sheet = await cleanupSheet(tx, this.sources, id, department, {});
      const { titles, digest } = await keepable(tx, id, department, { words });
      return page('ledger/cleanup-keep', {
        title: 'cleanup:keep.title', cleanup: sheet.cleanup, department: sheet.department, words, count: titles.length, titles: titles.slice(0, SHOWN), more: Math.max(0, titles.length - SHOWN), seen: digest,
        self: listHref(id, department), mayPropose: sheet.mayPropose,
      });
    });
  }

  @Can('ledger.propose_cleanup')
  @FormPage(LIST)
  @Post('departments/:department/keep')
  async keep(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('department') department: string, @Body() { words = '', keepReason, seen }: KeepDto): Promise<SeeOther> {
    requireOwn(actor, department);
    await this.proposeCleanup.keep(actor, id, { words }, keepReason, seen);
    return seeOther(listHref(id, department), 'cleanup:flash.kept');
  }

  @Can('ledger.read_cleanup')
  @Get('departments/:department/list.xlsx')
  async workbook(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('department') department: string, @Language() lang: Lang): Promise<FileAnswer> {
    const words = wordsIn(this.views, lang);
    const items = await this.unitOfWork.run(actor, async (tx) => successorNumbers(tx, await listOf(tx, id, department)));
    return this.exports.workbook([words('cleanup:sheet.file'), items[0]?.department ?? ''], sheetWorkbook(items, words));
  }

  /** Limited for each person, as reading a hostile workbook takes a thread for seconds. */
  @Can('ledger.propose_cleanup')
  @UseGuards(AccountThrottler)
  @FormPage(LIST)
  @Post('departments/:department/import')
  async import(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('department') department: string, @Body() { file }: ImportCleanupDto): Promise<SeeOther> {
    requireOwn(actor, department);
    await this.unitOfWork.run(actor, (tx) => listOf(tx, id, department));
    if (!file || file.data.length === 0) throw DomainError.invalid('channels:error.fileMissing', [{ field: 'file', key: 'channels:error.fileMissing' }]);
    await this.importCleanup.run(actor, id, file.data, sheetWords((['zh', 'en'] as const).map((lang) => wordsIn(this.views, lang))));
    return seeOther(listHref(id, department), 'cleanup:flash.imported');
  }

  @Can('ledger.sign_cleanup')
  @FormPage(LIST)
  @Post('departments/:department/sign')
  async sign(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('department') department: string, @Body() { rowVersion }: SignDto): Promise<SeeOther> {
    requireOwn(actor, department);
    await this.signCleanup.sign(actor, id, rowVersion);
    return seeOther(listHref(id, department), 'cleanup:flash.signed');
  }

  @Can('ledger.run_cleanup')
  @FormPage(LIST)
  @Post('departments/:department/agree')
  async agree(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('department') department: string, @Body() { rowVersion }: SignDto): Promise<SeeOther> {
    await this.signCleanup.agree(actor, id, department, rowVersion);
    return seeOther(listHref(id, department), 'cleanup:flash.agreed');
  }

  @Can('ledger.run_cleanup')
  @FormPage(LIST)
  @Post('departments/:department/return')
  async sendBack(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('department') department: string, @Body() { returnNote }: SendBackDto): Promise<SeeOther> {
    await this.signCleanup.sendBack(actor, id, department, returnNote);
    return seeOther(listHref(id, department), 'cleanup:flash.sentBack');
  }

  @Can('ledger.read_cleanup')
  @Get('items/:item')
  item(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('item') itemId: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const desk = await cleanupItemDesk(tx, this.sources, id, itemId);
      const [item] = await successorNumbers(tx, [desk.item]);
      return page('ledger/cleanup-item', {
        title: desk.item.title, ...desk, item: { ...desk.item, ...item }, tone: desk.item.proposal && PROPOSAL_TONES[desk.item.proposal], effectTone: desk.item.effect && EFFECT_TONES[desk.item.effect],
        home: `/console/cleanups/${id}`, self: itemHref(id, itemId), listHref: listHref(id, desk.item.tenantId), policyHref: `/${actor.cityId}/policies/${desk.item.policyId}`, proposals: PROPOSALS,
      });
    });
  }

  @Can('ledger.propose_cleanup')
  @FormPage(ITEM)
  @Post('items/:item')
  async propose(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('item') itemId: string, @Body() dto: ProposeCleanupDto): Promise<SeeOther> {
    const replacedBy = await this.unitOfWork.run(actor, (tx) => successorId(tx, dto.replacedBy ?? ''));
    await this.proposeCleanup.run(actor, id, itemId, dto.rowVersion, {
      proposal: dto.proposal, reason: dto.reason, amendWhat: dto.amendWhat ?? '', amendBy: dto.amendBy ?? null, effectOn: dto.effectOn ?? null, replacedBy,
    });
    return seeOther(listHref(id, actor.tenantId ?? ''), 'cleanup:flash.proposed');
  }

  @Can('ledger.answer_cleanup')
  @FormPage(ITEM)
  @Post('items/:item/answer')
  async answer(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('item') itemId: string, @Body() { answer, answerReason = '' }: AnswerDto): Promise<SeeOther> {
    await this.signCleanup.answer(actor, id, itemId, { answer, reason: answerReason });
    return seeOther(itemHref(id, itemId), 'cleanup:flash.answered');
  }

  @Can('ledger.run_cleanup')
  @FormPage(ITEM)
  @Post('items/:item/remark')
  async remark(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('item') itemId: string, @Body() { remark }: RemarkDto): Promise<SeeOther> {
    await this.signCleanup.remark(actor, id, itemId, remark);
    return seeOther(itemHref(id, itemId), 'cleanup:flash.remarked');
  }
}

/** A department's whole list; not found where it has none in this clean-up, or the person may not see it. */
async function listOf(tx: TenantTx, id: string, department: string): Promise<CleanupItem[]> {
  const items = await sheetExport(tx, id, department);
  if (items.length === 0) throw DomainError.notFound();
  return items;
}

/** A department acts on its own list alone; another's address is not there. */
function requireOwn(actor: Actor, department: string): void {
  if (actor.tenantId !== department) throw DomainError.notFound();
}

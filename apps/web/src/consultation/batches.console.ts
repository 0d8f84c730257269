import { batchSlips, CheckBatch, entryClauses, MAX_BATCH_ROWS, opinionBatchesOf, readOpinionBatch, RegisterBatch } from '@domains/consultation';
import { LifeCycle } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Header, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { wordsIn } from '../drafting/named-text';
import { AccountThrottler, CurrentActor, type FileAnswer, FormPage, Language, type Page, page, seeOther, type SeeOther, VIEWS } from '../http';
import { ConsultationExports } from '../outlets/consultation-exports';
import type { Lang, ViewEngine } from '../view';
import { BatchFileDto } from './batches.dto';
import { batchTemplate, batchWords, columnHead, faultText, faultyRows } from './batch-view';
import { channelsBase, channelsFrame } from './channels-frame';

const IMPORT = '/console/consultations/:id/channels/import';
/** Rows and faults that a page shows; the file has them all. */
const SHOWN = 100;

/** Letters and mails that were typed into a workbook: checked row by row, entered all at once or not at all. */
@Controller('console/consultations/:id/channels/import')
export class BatchesConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly checkBatch: CheckBatch,
    private readonly registerBatch: RegisterBatch,
    private readonly exports: ConsultationExports,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('consultation.register')
  @Get()
  form(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await channelsFrame(tx, this.lifeCycle, id);
      return page('consultation/import', { ...frame, maxRows: MAX_BATCH_ROWS, batches: (await opinionBatchesOf(tx, id)).map((batch) => ({ ...batch, href: `${frame.base}/import/${batch.id}` })) });
    });
  }

  @Can('consultation.register')
  @Get('template.xlsx')
  async template(@CurrentActor() actor: Actor, @Param('id') id: string, @Language() lang: Lang): Promise<FileAnswer> {
    const words = wordsIn(this.views, lang);
    const clauses = await this.unitOfWork.run(actor, async (tx) => {
      await channelsFrame(tx, this.lifeCycle, id);
      return entryClauses(tx, id);
    });
    return this.exports.workbook([words('channels:template.file')], batchTemplate(clauses, words));
  }

  /** Limited for each person, as reading a hostile workbook takes a thread for seconds. */
  @Can('consultation.register')
  @UseGuards(AccountThrottler)
  @FormPage(IMPORT)
  @Post()
  async check(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { file }: BatchFileDto): Promise<SeeOther> {
    await this.unitOfWork.run(actor, (tx) => channelsFrame(tx, this.lifeCycle, id));
    if (!file || file.data.length === 0) throw DomainError.invalid('channels:error.fileMissing', [{ field: 'file', key: 'channels:error.fileMissing' }]);
    const { batchId } = await this.checkBatch.run(actor, id, file, batchWords((['zh', 'en'] as const).map((lang) => wordsIn(this.views, lang))));
    return seeOther(`${channelsBase(id)}/import/${batchId}`);
  }

  @Can('consultation.register')
  @Header('cache-control', 'private, no-store')
  @Get(':batch')
  show(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('batch') batchId: string, @Language() lang: Lang): Promise<Page> {
    const words = wordsIn(this.views, lang);
    return this.unitOfWork.run(actor, async (tx) => {
      const batch = await readOpinionBatch(tx, id, batchId);
      const frame = await channelsFrame(tx, this.lifeCycle, id);
      return page('consultation/import-batch', {
        ...frame, batch, href: `${frame.base}/import/${batchId}`, shown: SHOWN, rows: batch.rows.slice(0, SHOWN).map(({ row, input }) => ({ row, ...input })),
        faults: batch.errors.slice(0, SHOWN).map((fault) => ({ row: fault.row, column: columnHead(fault.column, words), text: faultText(fault, words) })),
      });
    });
  }

  @Can('consultation.register')
  @Header('cache-control', 'private, no-store')
  @Get(':batch/errors.xlsx')
  async errors(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('batch') batchId: string, @Language() lang: Lang): Promise<FileAnswer> {
    const words = wordsIn(this.views, lang);
    const batch = await this.unitOfWork.run(actor, (tx) => readOpinionBatch(tx, id, batchId));
    return this.exports.workbook([words('channels:template.errors'), batch.filename.replace(/\.\w+$/, '')], faultyRows(batch.rows, batch.errors, words));
  }

  @Can('consultation.register')
  @FormPage(`${IMPORT}/:batch`)
  @Post(':batch/register')
  async register(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('batch') batchId: string): Promise<SeeOther> {
    await this.registerBatch.run(actor, id, batchId);
    return seeOther(`${channelsBase(id)}/import/${batchId}`, 'channels:flash.batch');
  }

  /** One receipt for each author, to be printed. */
  @Can('consultation.register')
  @Header('cache-control', 'private, no-store')
  @Get(':batch/receipts')
  receipts(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('batch') batchId: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const slips = await batchSlips(tx, id, batchId);
      return page('consultation/receipt-slips', { ...(await channelsFrame(tx, this.lifeCycle, id)), slips, lookup: `/${actor.cityId}/receipts` });
    });
  }
}

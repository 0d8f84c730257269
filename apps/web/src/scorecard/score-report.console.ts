import { ExportPool } from '@core/documents';
import { MeasureRegistry } from '@core/policy';
import { REPORT_SECTIONS, scoreCards, scoreDifferences, scoreFrame, scoreTrend } from '@domains/ledger';
import { Can } from '@platform/identity';
import { type Actor, chinaDate } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Controller, Get, Header, Inject, type OnApplicationShutdown, Param, UseGuards } from '@nestjs/common';
import { wordsIn } from '../drafting/named-text';
import { AccountThrottler, CurrentActor, csv, file, type FileAnswer, Language, type Page, page, VIEWS } from '../http';
import { fileName } from '../policy/policy-documents';
import type { Lang, ViewEngine } from '../view';
import { type ReportSource, scoreDocument, scoreTable, scoreWorkbook } from './score-document';
import { cardRows, formulaOf, home, meanByYear, measureNotes, scoreBars, scoreTrendChart, shown, TONE_OF_STATE } from './score-view';

const TYPES = { pdf: 'application/pdf', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };

/** The report of a period: a page to print, documents and tables. What it shows is what the reader may see. */
@Controller('console/scorecard/:period')
export class ScoreReportConsole implements OnApplicationShutdown {
  private readonly pool = new ExportPool();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly measures: MeasureRegistry,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('ledger.read_scorecard')
  @Get('report')
  report(@CurrentActor() actor: Actor, @Param('period') label: string, @Language() lang: Lang): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { frame, rows, years, cityName, notes } = await this.source(tx, label, lang);
      return page('scorecard/report', {
        title: 'scorecard:report.title', titleParams: { city: cityName, period: label }, frame, tone: TONE_OF_STATE[frame.state], home: `${home}/${label}`, rows, bars: scoreBars(rows), trend: scoreTrendChart(years), now: tx.at,
        byYear: years.map((one) => ({ ...one, shown: shown(one.total) })), notes, formulas: rows.map((row) => ({ department: row.department, formula: formulaOf(row.measures, row.total) })),
        sections: REPORT_SECTIONS.map((key) => ({ key, text: frame.closed?.sections[key] ?? '' })).filter(({ text }) => text !== ''),
      });
    });
  }

  private async source(tx: TenantTx, label: string, lang: Lang): Promise<ReportSource> {
    const frame = await scoreFrame(tx, label);
    const cards = await scoreCards(tx, this.measures, frame);
    const [city] = await tx.query<{ name: string }>('SELECT name FROM city WHERE id = $1', [tx.cityId]);
    const years = frame.quarter === null ? meanByYear(await scoreTrend(tx, frame.from, frame.all ? null : tx.actor.tenantId), label, cards) : [];
    return { frame, rows: cardRows(frame, cards), years, cityName: city?.name ?? '', today: chinaDate(tx.at), notes: await measureNotes(tx, frame.weights, lang) };
  }

  @Can('ledger.read_scorecard')
  @UseGuards(AccountThrottler)
  @Header('cache-control', 'private, no-store')
  @Get('report.pdf')
  pdf(@CurrentActor() actor: Actor, @Param('period') label: string, @Language() lang: Lang): Promise<FileAnswer> {
    return this.document(actor, label, lang, 'pdf');
  }

  @Can('ledger.read_scorecard')
  @UseGuards(AccountThrottler)
  @Header('cache-control', 'private, no-store')
  @Get('report.docx')
  docx(@CurrentActor() actor: Actor, @Param('period') label: string, @Language() lang: Lang): Promise<FileAnswer> {
    return this.document(actor, label, lang, 'docx');
  }

  private async document(actor: Actor, label: string, lang: Lang, format: 'pdf' | 'docx'): Promise<FileAnswer> {
    const report = scoreDocument(await this.unitOfWork.run(actor, (tx) => this.source(tx, label, lang)), wordsIn(this.views, lang), lang);
    return file(await this.pool.run({ report, format }), { type: TYPES[format], name: fileName([report.title], format) });
  }

  @Can('ledger.read_scorecard')
  @Header('cache-control', 'private, no-store')
  @Get('figures.csv')
  async table(@CurrentActor() actor: Actor, @Param('period') label: string, @Language() lang: Lang): Promise<FileAnswer> {
    const { rows } = await this.unitOfWork.run(actor, (tx) => this.source(tx, label, lang));
    const words = wordsIn(this.views, lang);
    return file(csv(scoreTable(rows, words)), { type: 'text/csv; charset=utf-8', name: fileName([words('scorecard:report.figures'), label], 'csv') });
  }

  @Can('ledger.read_scorecard')
  @UseGuards(AccountThrottler)
  @Header('cache-control', 'private, no-store')
  @Get('figures.xlsx')
  async workbook(@CurrentActor() actor: Actor, @Param('period') label: string, @Language() lang: Lang): Promise<FileAnswer> {
    const words = wordsIn(this.views, lang);
    const sheets = await this.unitOfWork.run(actor, async (tx) => {
      const source = await this.source(tx, label, lang);
      return scoreWorkbook(source, await scoreDifferences(tx, this.measures, source.frame), words);
    });
    return file(await this.pool.run({ workbook: sheets }), { type: TYPES.xlsx, name: fileName([words('scorecard:report.figures'), label], 'xlsx') });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}

import { Readable } from 'node:stream';
import { publicOpinionPages, readPublicConsultation } from '@domains/consultation';
import { Public } from '@platform/identity';
import type { Clock } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Header, Inject, Param, UseGuards } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import { wordsIn } from '../drafting/named-text';
import { CityCode, file, type FileAnswer, Language, Origin, VIEWS } from '../http';
import { fileName } from '../policy/policy-documents';
import type { Lang, ViewEngine } from '../view';
import { ConsultationExports } from './consultation-exports';
import { csvPieces, jsonPieces, openHead } from './open-data';
import { resultReport } from './result-report';

/** The shown opinions of a consultation with their published answers, whole, for everybody; limited for each address. */
@UseGuards(ThrottlerGuard)
@Controller(':city/consultations/:id')
export class OpenDataPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly exports: ConsultationExports,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Public()
  @Header('access-control-allow-origin', '*')
  @Header('cache-control', 'no-cache')
  @Get('opinions.json')
  async json(@CityCode() cityId: string, @Param('id') id: string, @Origin() origin: string): Promise<FileAnswer> {
    const consultation = await readPublicConsultation(this.reader, cityId, id, this.clock.now());
    const pieces = jsonPieces(openHead(origin, consultation, cityId), `/${cityId}/consultations/${id}`, publicOpinionPages(this.reader, cityId, id));
    return file(Readable.from(pieces, { objectMode: false }), { type: 'application/json; charset=utf-8' });
  }

  @Public()
  @Header('access-control-allow-origin', '*')
  @Header('cache-control', 'no-cache')
  @Get('opinions.csv')
  async csv(@CityCode() cityId: string, @Param('id') id: string, @Language() lang: Lang): Promise<FileAnswer> {
    const { title } = await readPublicConsultation(this.reader, cityId, id, this.clock.now());
    const words = wordsIn(this.views, lang);
    const pieces = csvPieces(words, `/${cityId}/consultations/${id}`, publicOpinionPages(this.reader, cityId, id));
    return file(Readable.from(pieces, { objectMode: false }), { type: 'text/csv; charset=utf-8', name: fileName([title, words('outlets:file.opinions')], 'csv') });
  }

  /** The report of a published result, to print and to file. */
  @Public()
  @Get('result.docx')
  async report(@CityCode() cityId: string, @Param('id') id: string, @Language() lang: Lang): Promise<FileAnswer> {
    return this.exports.report(await resultReport(this.reader, cityId, id, this.clock.now(), wordsIn(this.views, lang), lang));
  }
}

import { LifeCycle } from '@core/policy';
import { ExportOpinions, requireStaffConsultation, staffConsultationsOf } from '@domains/consultation';
import { Can } from '@platform/identity';
import { type Actor, type Clock, DomainError } from '@platform/kernel';
import { CLOCK, PublicReader, UnitOfWork } from '@platform/persistence';
import { Controller, Get, Header, Inject, Param, UseGuards } from '@nestjs/common';
import { wordsIn } from '../drafting/named-text';
import { AccountThrottler, CurrentActor, type FileAnswer, Language, Origin, type Page, page, requireWithin, VIEWS } from '../http';
import { policyHeader } from '../policy/policy-header';
import type { Lang, ViewEngine } from '../view';
import { xmlText } from './atom';
import { ConsultationExports } from './consultation-exports';
import { FEED_PATHS } from './feed.portal';
import { opinionsWorkbook } from './opinions-workbook';
import { resultReport } from './result-report';

/** What goes out of a consultation: files for the department, and where everybody and other sites may take it from. */
@Controller('console/policies/:id/consultation/:consultation')
export class OutletsConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly reader: PublicReader,
    private readonly exportOpinions: ExportOpinions,
    private readonly exports: ConsultationExports,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('consultation.read')
  @Get('outlets')
  async outlets(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('consultation') consultationId: string, @Origin() origin: string): Promise<Page> {
    await requireWithin(this.unitOfWork, actor, 'consultation', consultationId, id);
    return this.unitOfWork.run(actor, async (tx) => {
      await requireStaffConsultation(tx, consultationId);
      const consultation = (await staffConsultationsOf(tx, id)).find((one) => one.id === consultationId);
      if (!consultation) throw DomainError.notFound();
      const [desk, shown] = [`/console/policies/${id}/consultation`, `/${actor.cityId}/consultations/${consultationId}`];
      return page('outlets/desk', {
        title: 'outlets:desk.title', header: await policyHeader(tx, this.lifeCycle, id), consultation, desk, base: `${desk}/${consultationId}`, shown, origin,
        feeds: Object.entries(FEED_PATHS).map(([key, path]) => ({ key, href: `/${actor.cityId}/${path}` })), published: consultation.state === 'result_published',
        snippet: `<iframe src="${xmlText(origin)}${shown}/embed" title="${xmlText(consultation.title)}" width="100%" height="420" loading="lazy" frameborder="0"></iframe>`,
      });
    });
  }

  /** Limited for each person, as a long one takes seconds to write. */
  @Can('consultation.read')
  @UseGuards(AccountThrottler)
  @Header('cache-control', 'private, no-store')
  @Get('opinions.xlsx')
  async workbook(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('consultation') consultationId: string, @Language() lang: Lang): Promise<FileAnswer> {
    await requireWithin(this.unitOfWork, actor, 'consultation', consultationId, id);
    const { title, opinions } = await this.exportOpinions.run(actor, consultationId);
    const words = wordsIn(this.views, lang);
    return this.exports.workbook([title, words('outlets:file.opinions')], opinionsWorkbook(opinions, words));
  }

  @Can('consultation.read')
  @UseGuards(AccountThrottler)
  @Header('cache-control', 'private, no-store')
  @Get('result.docx')
  async report(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('consultation') consultationId: string, @Language() lang: Lang): Promise<FileAnswer> {
    await requireWithin(this.unitOfWork, actor, 'consultation', consultationId, id);
    await this.unitOfWork.run(actor, (tx) => requireStaffConsultation(tx, consultationId));
    return this.exports.report(await resultReport(this.reader, actor.cityId, consultationId, this.clock.now(), wordsIn(this.views, lang), lang));
  }
}

import { readPublicConsultation } from '@domains/consultation';
import { Public } from '@platform/identity';
import type { Clock } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { TONE_OF_STAGE } from '../consultation/consultation-view';
import { CityCode, type Page, page } from '../http';

/** The one page that other sites may show in a frame: what is asked, until when, and the way here. It has no form and no script. */
@Controller(':city/consultations')
export class EmbedPortal {
  constructor(
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Get(':id/embed')
  async embed(@CityCode() cityId: string, @Param('id') id: string): Promise<Page> {
    const consultation = await readPublicConsultation(this.reader, cityId, id, this.clock.now());
    return page('outlets/embed', { title: consultation.title, consultation, tone: TONE_OF_STAGE[consultation.stage], base: `/${cityId}/consultations/${id}` }, 'embed');
  }
}

import { Public } from '@platform/identity';
import { DomainError } from '@platform/kernel';
import { PublicReader } from '@platform/persistence';
import { Controller, Get } from '@nestjs/common';
import { cityFigures } from '../home/city-figures';
import { Cities, CityCode, type Page, page } from '../http';
import { OPEN_FIELDS } from '../outlets/open-data';

/** Pages about the site itself: its open data, how to verify a record, and how accessible it is. */
@Controller(':city')
export class AboutPortal {
  constructor(
    private readonly cities: Cities,
    private readonly reader: PublicReader,
  ) {}

  @Public()
  @Get('data')
  async data(@CityCode() cityId: string): Promise<Page> {
    await this.known(cityId);
    const base = `/api/v1/cities/${cityId}`;
    return page('about/data', {
      title: 'about:data.title', figures: await cityFigures(this.reader, cityId), fields: OPEN_FIELDS,
      sets: ['policies', 'effective', 'consultations', 'calls', 'evaluations', 'statutes'].map((key) => ({ key, href: `${base}/${key}` })),
    });
  }

  @Public()
  @Get('verify')
  async verify(@CityCode() cityId: string): Promise<Page> {
    await this.known(cityId);
    return page('about/verify', { title: 'about:verify.title' });
  }

  @Public()
  @Get('accessibility')
  async accessibility(@CityCode() cityId: string): Promise<Page> {
    await this.known(cityId);
    return page('about/accessibility', { title: 'about:accessibility.title' });
  }

  private async known(cityId: string): Promise<void> {
    if (!(await this.cities.find(cityId))) throw DomainError.notFound();
  }
}

import { listPublicPolicies } from '@core/policy';
import { Public } from '@platform/identity';
import { chinaDate, type Clock, DomainError } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject } from '@nestjs/common';
import { Cities, CityCode, type Page, page } from '../http';
import { cityFigures } from './city-figures';

@Controller()
export class HomeController {
  constructor(
    private readonly cities: Cities,
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The cities of this installation. */
  @Public()
  @Get()
  async choose(): Promise<Page> {
    return page('home/cities', { title: 'home:cities.title', cities: await this.cities.all() }, 'bare');
  }

  @Public()
  @Get(':city')
  async show(@CityCode() cityId: string): Promise<Page> {
    if (!(await this.cities.find(cityId))) throw DomainError.notFound();
    const now = this.clock.now();
    const [{ items }, figures] = await Promise.all([
      listPublicPolicies(this.reader, { cityId }, chinaDate(now)),
      cityFigures(this.reader, cityId),
    ]);
    return page('pages/home', {
      title: 'home:title', consultations: [], figures, figuresAt: now,
      published: items.slice(0, 6).map((item) => ({
        title: item.title, href: `/${cityId}/policies/${item.id}`, number: item.documentNumber, department: item.department,
        publishedAt: item.publishedAt, summary: item.summary,
      })),
    });
  }
}

import { deadline } from '@core/statutes';
import { Public } from '@platform/identity';
import { chinaDate, type Clock, DomainError } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { cityFigures } from '../home/city-figures';
import { Cities, CityCode, type Page, page } from '../http';
import { DeadlineDto } from './deadline.dto';

/** Pages about the site itself: its open data, how to verify a record, how accessible it is, and how a deadline is counted. */
@Controller(':city')
export class AboutPortal {
  constructor(
    private readonly cities: Cities,
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Get('data')
  async data(@CityCode() cityId: string): Promise<Page> {
    await this.known(cityId);
    const base = `/api/v1/cities/${cityId}`;
    return page('about/data', {
      title: 'about:data.title', figures: await cityFigures(this.reader, cityId),
      sets: ['policies', 'effective', 'consultations', 'calls', 'evaluations'].map((key) => ({ key, href: `${base}/${key}` })),
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

  /** A citizen counts a statutory period himself: every day that does not count is named with its notice. */
  @Public()
  @Get('deadline')
  async deadline(@CityCode() cityId: string, @Query() asked: DeadlineDto): Promise<Page> {
    await this.known(cityId);
    const from = asked.from || chinaDate(this.clock.now());
    const input = { from, days: asked.days || '30', unit: asked.unit || 'cd' };
    return page('about/deadline', { title: 'about:deadline.title', input, ...count(input) });
  }

  private async known(cityId: string): Promise<void> {
    if (!(await this.cities.find(cityId))) throw DomainError.notFound();
  }
}

/** The result, or the refusal in its own words: a question asked wrongly is answered on the page and not by an error page. */
function count({ from, days, unit }: { from: string; days: string; unit: 'wd' | 'cd' }) {
  try {
    const { due, skipped, calendar } = deadline({ from, days: Number(days), unit });
    return {
      result: {
        due, calendar,
        skipped: skipped.map(({ date, why }) => ({ date, weekend: why === 'weekend', holiday: why.startsWith('holiday:') ? why.slice('holiday:'.length) : null })),
      },
    };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { refusal: { key: error.key, params: error.details.params } };
  }
}

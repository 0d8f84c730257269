import { listPublicPolicies } from '@core/policy';
import { listPublicConsultations } from '@domains/consultation';
import { releasedPictures } from '@domains/interpretation';
import { Public } from '@platform/identity';
import { chinaDate, type Clock, DomainError } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject } from '@nestjs/common';
import { Cities, CityCode, type Page, page } from '../http';
import { cityFigures } from './city-figures';

const NEWEST = 6;
const CLOSING = 5;

const pictureOf = (cityId: string, policyId: string, picture: { materialId: string; altText: string } | undefined) =>
  picture && { src: `/${cityId}/interpretations/${picture.materialId}/picture`, alt: picture.altText, href: `/${cityId}/policies/${policyId}/interpretation` };

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
    const [{ items }, open, figures] = await Promise.all([
      listPublicPolicies(this.reader, { cityId }, chinaDate(now)),
      listPublicConsultations(this.reader, cityId, 'open', now),
      cityFigures(this.reader, cityId),
    ]);
    const newest = items.filter((item) => item.validity === 'in_force' || item.validity === 'not_yet_effective').slice(0, NEWEST);
    const pictures = await releasedPictures(this.reader, cityId, newest.map((item) => item.id));
    return page('pages/home', {
      title: 'home:title', figures, figuresAt: now,
      consultations: open.items.slice(0, CLOSING).map((item) => ({
        title: item.title, href: `/${cityId}/consultations/${item.id}`, department: item.department, closesAt: item.lastDay, opinions: item.received,
      })),
      published: newest.map((item) => ({
        title: item.title, href: `/${cityId}/policies/${item.id}`, number: item.documentNumber, department: item.department,
        publishedAt: item.publishedAt, summary: item.summary, picture: pictureOf(cityId, item.id, pictures.get(item.id)),
      })),
    });
  }
}

import { dayFigures, type PublicOverride } from '@core/statutes';
import { Public } from '@platform/identity';
import { chinaDate, type Clock, DomainError, type IsoDate } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Cities, CityCode, Language, type Page, page, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { measureOf } from './measures';
import { AREAS, areaOf, slugOf } from './statute-names';
import { listStatutes, type Statute } from './statutes-list';
import { CHECKS, StatutesDto } from './statutes.dto';

const TONE = { S: 'success', P: 'info', M: 'warning' } as const;

/** Every rule that the product counts and decides by, with where it stands and what the city made of it. */
@Controller(':city/statutes')
export class StatutesPortal {
  constructor(
    private readonly cities: Cities,
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Public()
  @Get()
  async list(@CityCode() cityId: string, @Query() asked: StatutesDto, @Language() lang: Lang): Promise<Page> {
    if (!(await this.cities.find(cityId))) throw DomainError.notFound();
    const today = chinaDate(this.clock.now());
    const on = asked.on || today;
    const statutes = await listStatutes(this.reader, this.views, lang, cityId, on, asked);
    const query = new URLSearchParams({ on, q: asked.q ?? '', area: asked.area ?? '', check: asked.check ?? '' }).toString();
    return page('statutes/list', {
      title: 'statutes:list.title', asked, on, total: statutes.length, areas: AREAS, checks: CHECKS, filtered: Boolean(asked.q || asked.area || asked.check || (asked.on && asked.on !== today)),
      groups: AREAS.map((area) => ({ area, items: statutes.filter(({ id }) => areaOf(id) === area).map((statute) => cardView(cityId, statute, on)) })).filter(({ items }) => items.length > 0),
      jsonHref: `/api/v1/cities/${cityId}/statutes?${query}`,
    });
  }
}

/** Data of `statute-card`. */
function cardView(cityId: string, statute: Statute, on: IsoDate) {
  return {
    ...statute, slug: slugOf(statute.id), tone: TONE[statute.confidence], unverified: !statute.mayBlock, history: statute.versions.length > 1,
    overrides: statute.overrides.map((override) => overrideView(override, on)),
    calculateHref: statute.inForce && dayFigures(statute).length > 0 ? `/${cityId}/deadline?${new URLSearchParams({ param: statute.id }).toString()}` : null,
  };
}

/** An override with the words for its figure and for when it counts. */
export const overrideView = <O extends PublicOverride>(override: O, on: IsoDate) => ({
  ...override, measure: measureOf(override.paramId, override.field, override.from), when: on < override.from ? 'later' : override.to && on > override.to ? 'past' : 'current',
});

import { consultationFeed, type FeedItem, type FeedKind } from '@domains/consultation';
import { Public } from '@platform/identity';
import { type Clock, DomainError } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { v5 } from 'uuid';
import { Cities, CityCode, file, type FileAnswer, Language, Origin, VIEWS } from '../http';
import { wordsIn } from '../drafting/named-text';
import type { Lang, ViewEngine } from '../view';
import { atomFeed } from './atom';

export const FEED_PATHS: Readonly<Record<FeedKind, string>> = { open: 'consultations.atom', result: 'consultation-results.atom' };
const ATOM = 'application/atom+xml; charset=utf-8';

/** The id of a feed, or of what a consultation is in one; the same on every site that the city may move to. */
const feedId = (cityId: string, kind: FeedKind): string => `urn:uuid:${v5(`policyloop/${cityId}/consultations/${kind}`, v5.URL)}`;
const entryId = (id: string, kind: FeedKind): string => `urn:uuid:${kind === 'open' ? id : v5(kind, id)}`;

/** What a feed reader, another site or a citizen subscribes to: what may be commented on, and what came of it. */
@Controller(':city')
export class FeedPortal {
  constructor(
    private readonly cities: Cities,
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Public()
  @Header('access-control-allow-origin', '*')
  @Get(FEED_PATHS.open)
  open(@CityCode() cityId: string, @Origin() origin: string, @Language() lang: Lang): Promise<FileAnswer> {
    return this.feed('open', cityId, origin, lang);
  }

  @Public()
  @Header('access-control-allow-origin', '*')
  @Get(FEED_PATHS.result)
  results(@CityCode() cityId: string, @Origin() origin: string, @Language() lang: Lang): Promise<FileAnswer> {
    return this.feed('result', cityId, origin, lang);
  }

  private async feed(kind: FeedKind, cityId: string, origin: string, lang: Lang): Promise<FileAnswer> {
    const city = await this.cities.find(cityId);
    if (!city) throw DomainError.notFound();
    const words = wordsIn(this.views, lang);
    const { updatedAt, items } = await consultationFeed(this.reader, cityId, kind, this.clock.now());
    const base = `${origin}/${cityId}`;
    const cityName = lang === 'en' ? city.nameEn : city.name;
    const summary = (item: FeedItem): string => kind === 'result' ? item.resultText ?? ''
      : [item.purpose, words('outlets:feed.until', { date: item.lastDay }), item.extensionNotice && words('outlets:feed.extended', { notice: item.extensionNotice })].filter(Boolean).join('\n');
    const body = atomFeed({
      id: feedId(cityId, kind), title: words(`outlets:feed.title.${kind}`, { city: cityName }), href: `${base}/consultations?stage=${kind}`, self: `${base}/${FEED_PATHS[kind]}`,
      lang: lang === 'en' ? 'en' : 'zh-CN', author: cityName, updated: updatedAt,
      entries: items.map((item) => ({
        id: entryId(item.id, kind), title: kind === 'open' ? item.title : words('consultation:result.title', { title: item.title }),
        href: `${base}/consultations/${item.id}${kind === 'result' ? '/result' : ''}`, author: item.department, published: item.resultPublishedAt ?? item.opensAt, updated: item.updatedAt, summary: summary(item),
      })),
    });
    return file(body, { type: ATOM, revalidate: { modifiedAt: updatedAt } });
  }
}

import { CHANGES_SHOWN, type EffectiveChange, effectiveChanges, type EffectiveChanges, recentChanges } from '@domains/ledger';
import { Public } from '@platform/identity';
import { chinaDate, chinaInstant, type Clock, DomainError, type IsoDate } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { v5 } from 'uuid';
import { wordsIn } from '../drafting/named-text';
import { Cities, CityCode, csv, file, type FileAnswer, Language, Origin, type Page, page, VIEWS } from '../http';
import { atomFeed } from '../outlets/atom';
import type { Lang, ViewEngine } from '../view';
import { EffectiveChangesDto } from './validity.dto';

const ATOM = 'application/atom+xml; charset=utf-8';
/** Days that the feed looks back. */
const FEED_DAYS = 90;
const COLUMNS = ['on', 'what', 'name', 'number', 'department', 'by', 'clauses', 'until'] as const;

/** What differs in the effective list between two days: as a page, as a table, for machines and as a feed. */
@Controller()
export class ChangesPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly cities: Cities,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Public()
  @Get(':city/effective/changes')
  async show(@CityCode() cityId: string, @Query() dto: EffectiveChangesDto): Promise<Page> {
    const { from, to } = this.days(dto);
    const changes = await effectiveChanges(this.reader, cityId, from, to);
    const groups = (['began', 'ended', 'altered'] as const).map((key) => ({ key, total: changes[key].length, more: changes[key].length > CHANGES_SHOWN, items: changes[key].slice(0, CHANGES_SHOWN).map((one) => shown(cityId, one)) }));
    const query = new URLSearchParams({ from, to }).toString();
    return page('ledger/changes', {
      title: 'ledger-log:changes.title', from, to, groups, cut: changes.cut, none: groups.every(({ total }) => total === 0), csvHref: `/${cityId}/effective/changes.csv?${query}`,
      jsonHref: `/api/v1/cities/${cityId}/effective/changes?${query}`, feedHref: `/${cityId}/effective.atom`, listHref: `/${cityId}/effective`,
    });
  }

  @Public()
  @Get('api/v1/cities/:city/effective/changes')
  async json(@CityCode() cityId: string, @Query() dto: EffectiveChangesDto): Promise<EffectiveChanges & { from: IsoDate; to: IsoDate }> {
    const { from, to } = this.days(dto);
    return { from, to, ...(await effectiveChanges(this.reader, cityId, from, to)) };
  }

  @Public()
  @Get(':city/effective/changes.csv')
  async table(@CityCode() cityId: string, @Query() dto: EffectiveChangesDto, @Language() lang: Lang): Promise<FileAnswer> {
    const { from, to } = this.days(dto);
    const t = wordsIn(this.views, lang);
    const { began, ended, altered } = await effectiveChanges(this.reader, cityId, from, to);
    const rows = [...began, ...ended, ...altered].map((one) => [
      one.on, t(`ledger-log:what.${one.what}`), one.title, one.documentNumber, one.department, one.byNumber ?? '', (one.clauses ?? []).map(({ label }) => label).join('、'), one.newTo ?? '']);
    return file(csv([COLUMNS.map((column) => t(`ledger-log:changes.${column}`)), ...rows]), { type: 'text/csv; charset=utf-8', name: `${t('ledger-log:changes.file', { from, to })}.csv` });
  }

  @Public()
  @Header('access-control-allow-origin', '*')
  @Get(':city/effective.atom')
  async feed(@CityCode() cityId: string, @Origin() origin: string, @Language() lang: Lang): Promise<FileAnswer> {
    const city = await this.cities.find(cityId);
    if (!city) throw DomainError.notFound();
    const [t, base, author] = [wordsIn(this.views, lang), `${origin}/${cityId}`, lang === 'en' ? city.nameEn : city.name];
    const items = await recentChanges(this.reader, cityId, chinaDate(this.clock.now()), FEED_DAYS);
    const updated = items[0] ? chinaInstant(items[0].on) : null;
    const body = atomFeed({
      id: `urn:uuid:${v5(`policyloop/${cityId}/effective`, v5.URL)}`, title: t('ledger-log:changes.feed', { city: author }), href: `${base}/effective`, self: `${base}/effective.atom`,
      lang: lang === 'en' ? 'en' : 'zh-CN', author, updated,
      entries: items.map((one) => ({
        id: `urn:uuid:${v5(`${one.id}/${one.what}/${one.on}/${one.byId ?? ''}/${(one.clauses ?? []).map(({ identity }) => identity).join()}`, v5.URL)}`, title: `${t(`ledger-log:what.${one.what}`)}：${one.title}`,
        href: `${base}/policies/${one.id}`, author: one.department, published: chinaInstant(one.on), updated: chinaInstant(one.on),
        summary: [one.documentNumber, one.byNumber, (one.clauses ?? []).map(({ label }) => label).join('、'), one.newTo && t('ledger-log:change.until', { date: one.newTo })].filter(Boolean).join('\n'),
      })),
    });
    return file(body, { type: ATOM, revalidate: { modifiedAt: updated } });
  }

  /** The last ninety days unless they are given. */
  private days({ from, to }: EffectiveChangesDto): { from: IsoDate; to: IsoDate } {
    const today = this.clock.now();
    return { from: from || chinaDate(new Date(today.getTime() - FEED_DAYS * 86_400_000)), to: to || chinaDate(today) };
  }
}

const shown = (cityId: string, one: EffectiveChange) =>
  ({ ...one, href: `/${cityId}/policies/${one.id}`, byHref: one.byId && `/${cityId}/policies/${one.byId}`, names: (one.clauses ?? []).map(({ label }) => label).join('、') });

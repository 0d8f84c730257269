import { type AbolitionNotice, abolitionNotices, readAbolitionNotice } from '@domains/ledger';
import { Public } from '@platform/identity';
import { chinaDate, type Clock, DomainError } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Header, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import { wordsIn } from '../drafting/named-text';
import { Cities, CityCode, file, type FileAnswer, Language, Origin, type Page, page, VIEWS } from '../http';
import { atomFeed } from '../outlets/atom';
import { PolicyDocuments } from '../policy/policy-documents';
import type { Lang, ViewEngine } from '../view';
import { NoticeListDto } from './abolition.dto';

/** Notices of abolition (废止公告): the list, each one, as a document, and as a feed. */
@Controller(':city')
export class NoticesPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly cities: Cities,
    private readonly documents: PolicyDocuments,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Public()
  @Get('notices')
  async list(@CityCode() cityId: string, @Query() dto: NoticeListDto): Promise<Page> {
    const { items, next } = await abolitionNotices(this.reader, cityId, dto.after);
    return page('ledger/notices', { title: 'abolition:notices.title', items: items.map((notice) => this.shown(cityId, notice)), next: next && `?after=${encodeURIComponent(next)}`, feedHref: `/${cityId}/notices.atom` });
  }

  @Public()
  @Get('notices/:id')
  async show(@CityCode() cityId: string, @Param('id') id: string): Promise<Page> {
    const notice = this.shown(cityId, await readAbolitionNotice(this.reader, cityId, id));
    return page('ledger/notice', { title: notice.title, notice });
  }

  /** Laid out as the documents of the department are; limited for each address. */
  @UseGuards(ThrottlerGuard)
  @Public()
  @Get('notices/:id/notice.pdf')
  async pdf(@CityCode() cityId: string, @Param('id') id: string): Promise<FileAnswer> {
    const { title, noticeText, department, number, publishedAt } = await readAbolitionNotice(this.reader, cityId, id);
    const provisions = noticeText.split('\n').filter((line) => line.trim() !== '').map((text) => ({ kind: 'paragraph', label: '', text }));
    return this.documents.answer('pdf', { title, provisions, department, documentNumber: number, publishedAt });
  }

  @Public()
  @Header('access-control-allow-origin', '*')
  @Get('notices.atom')
  async feed(@CityCode() cityId: string, @Origin() origin: string, @Language() lang: Lang): Promise<FileAnswer> {
    const city = await this.cities.find(cityId);
    if (!city) throw DomainError.notFound();
    const [t, base, author] = [wordsIn(this.views, lang), `${origin}/${cityId}`, lang === 'en' ? city.nameEn : city.name];
    const { items } = await abolitionNotices(this.reader, cityId);
    const updated = items[0]?.publishedAt ?? null;
    const body = atomFeed({
      id: `${base}/notices`, title: t('abolition:notices.feed', { city: author }), href: `${base}/notices`, self: `${base}/notices.atom`, lang: lang === 'en' ? 'en' : 'zh-CN', author, updated,
      entries: items.map((notice) => ({
        id: `urn:uuid:${notice.id}`, title: notice.title, href: `${base}/notices/${notice.id}`, author: notice.department, published: notice.publishedAt, updated: notice.publishedAt,
        summary: [notice.number, notice.noticeText].filter(Boolean).join('\n'),
      })),
    });
    return file(body, { type: 'application/atom+xml; charset=utf-8', revalidate: { modifiedAt: updated } });
  }

  private shown(cityId: string, notice: AbolitionNotice) {
    return {
      ...notice, href: `/${cityId}/notices/${notice.id}`, policyHref: `/${cityId}/policies/${notice.policyId}`, replacementHref: notice.replacedBy && `/${cityId}/policies/${notice.replacedBy.id}`,
      ahead: notice.effectOn > chinaDate(this.clock.now()),
    };
  }
}

import { publicColumnConsultations, publicColumnOpinions } from '@domains/consultation';
import { publicText, publicVersions, readPublicPolicy } from '@core/policy';
import { Public } from '@platform/identity';
import { chinaDate, type Clock } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { CityCode, Language, type Page, page, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { choose } from './compare.console';
import { choosePair } from './compare-pair';
import { columnsPage, comparePage, type NamedText, publicProvisions, type Words, wordsIn } from './compare-page';
import { ColumnsDto, CompareDto } from './compare.dto';

/** The public versions of a policy beside each other, and what the public's opinions changed. */
@Controller(':city/policies/:id')
export class ComparePortal {
  constructor(
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Public()
  @Get('compare')
  async compare(@CityCode() cityId: string, @Param('id') id: string, @Query() { from, to, show }: CompareDto, @Language() lang: Lang): Promise<Page> {
    const policy = await readPublicPolicy(this.reader, cityId, id, chinaDate(this.clock.now()));
    const words = wordsIn(this.views, lang);
    const versions = await publicVersions(this.reader, cityId, id);
    const pair = choosePair(versions, from, to);
    const base = `/${cityId}/policies/${id}`;
    return page('editor/public-compare', {
      title: 'editor:compare.title', policy, base, show: show || 'all', onlyChanges: show === 'changes', query: pair && `from=${pair.from.id}&to=${pair.to.id}`,
      crumbs: crumbs(cityId, policy, words('editor:compare.title')), chosen: pair && { from: pair.from.id, to: pair.to.id }, versions: versions.map((version) => ({ ...version, label: words('editor:compare.version', { no: version.no }) })),
      compared: pair && comparePage(await this.text(cityId, pair.from, words), await this.text(cityId, pair.to, words)),
    });
  }

  @Public()
  @Get('three-columns')
  async columns(@CityCode() cityId: string, @Param('id') id: string, @Query() { consultation, show }: ColumnsDto, @Language() lang: Lang): Promise<Page> {
    const policy = await readPublicPolicy(this.reader, cityId, id, chinaDate(this.clock.now()));
    const consultations = await publicColumnConsultations(this.reader, cityId, id);
    const chosen = choose(consultations, consultation);
    const [newest] = await publicVersions(this.reader, cityId, id);
    const final = chosen && newest && newest.no > chosen.versionNo ? newest : null;
    return page('editor/public-columns', {
      title: 'editor:columns.title', policy, base: `/${cityId}/policies/${id}`, crumbs: crumbs(cityId, policy, this.views.translate(lang, 'editor:columns.title')), consultations, chosen, final, show: show || 'changes',
      columns: chosen && final && columnsPage(
        await this.provisions(cityId, chosen.versionId), await this.provisions(cityId, final.id), await publicColumnOpinions(this.reader, cityId, chosen.id), show === 'all'),
    });
  }

  private async provisions(cityId: string, versionId: string): Promise<NamedText['provisions']> {
    return publicProvisions(await publicText(this.reader, cityId, versionId));
  }

  private async text(cityId: string, version: { id: string; no: number }, words: Words): Promise<NamedText> {
    return { label: words('editor:compare.version', { no: version.no }), provisions: await this.provisions(cityId, version.id) };
  }
}

const crumbs = (cityId: string, policy: { id: string; title: string }, here: string) => [{ href: `/${cityId}/policies/${policy.id}`, label: policy.title }, { label: here }];

import { type ColumnConsultation, staffColumnConsultations, staffColumnOpinions } from '@domains/consultation';
import { comparableVersions, type ComparableVersion, toProvisions } from '@domains/drafting';
import { latestSubmittedVersion, LifeCycle, provisionsOf } from '@core/policy';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { CurrentActor, Language, type Page, page, VIEWS } from '../http';
import { policyHeader } from '../policy/policy-header';
import type { Lang, ViewEngine } from '../view';
import { choosePair } from './compare-pair';
import { columnsPage, comparePage, type NamedText, versionLabel, type Words, wordsIn } from './compare-page';
import { ColumnsDto, CompareDto } from './compare.dto';

/** The versions of a policy beside each other, and beside what the public said. */
@Controller('console/policies/:id')
export class CompareConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('drafting.read')
  @Get('compare')
  compare(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { from, to, show }: CompareDto, @Language() lang: Lang): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const words = wordsIn(this.views, lang);
      const versions = await comparableVersions(tx, id);
      const pair = choosePair(versions, from, to);
      const base = `/console/policies/${id}`;
      const query = pair && `from=${pair.from.id}&to=${pair.to.id}`;
      return page('editor/compare', {
        title: 'editor:compare.title', header, base, show: show || 'all', onlyChanges: show === 'changes', query,
        chosen: pair && { from: pair.from.id, to: pair.to.id },
        versions: versions.map((version) => ({ ...version, label: versionLabel(version, words) })),
        compared: pair && comparePage(await this.text(tx, pair.from, words), await this.text(tx, pair.to, words)),
      });
    });
  }

  @Can('drafting.read')
  @Get('three-columns')
  columns(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { consultation, show }: ColumnsDto): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const consultations = await staffColumnConsultations(tx, id);
      const chosen = choose(consultations, consultation);
      const final = chosen && (await latestSubmittedVersion(tx, id));
      return page('editor/columns', {
        title: 'editor:columns.title', header, base: `/console/policies/${id}`, consultations, chosen, final, show: show || 'changes',
        columns: chosen && final && columnsPage(
          toProvisions(await provisionsOf(tx, chosen.versionId)), toProvisions(await provisionsOf(tx, final.id)), await staffColumnOpinions(tx, chosen.id), show === 'all'),
      });
    });
  }

  private async text(tx: TenantTx, version: ComparableVersion, words: Words): Promise<NamedText> {
    return { label: versionLabel(version, words), provisions: toProvisions(await provisionsOf(tx, version.id)) };
  }
}

/** The consultation that is asked for, else the newest; "not found" for one of another policy. */
export function choose(consultations: readonly ColumnConsultation[], id: string | undefined): ColumnConsultation | null {
  const found = id ? consultations.find((one) => one.id === id) : consultations[0];
  if (id && !found) throw DomainError.notFound();
  return found ?? null;
}

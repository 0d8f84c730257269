import { LifeCycle } from '@core/policy';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { CurrentActor, Language, type Page, page, VIEWS } from '../http';
import { policyHeader } from '../policy/policy-header';
import type { Lang, ViewEngine } from '../view';
import { columnsView, compareData } from './compare-page';
import { ColumnsDto, CompareDto } from './compare.dto';
import { staffColumns, staffComparison } from './comparison-reads';
import { wordsIn } from './named-text';

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
  compare(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: CompareDto, @Language() lang: Lang): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const comparison = await staffComparison(tx, id, query, wordsIn(this.views, lang));
      return page('editor/compare', { title: 'editor:compare.title', header, base: `/console/policies/${id}`, ...compareData(comparison, query.show) });
    });
  }

  @Can('drafting.read')
  @Get('three-columns')
  columns(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: ColumnsDto, @Language() lang: Lang): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const columns = await staffColumns(tx, id, query, wordsIn(this.views, lang));
      return page('editor/columns', { title: 'editor:columns.title', header, base: `/console/policies/${id}`, ...columnsView(columns, query.show) });
    });
  }
}

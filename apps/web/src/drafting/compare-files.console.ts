import type { ComparisonTable } from '@core/documents';
import { policies } from '@core/policy';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Controller, Get, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { AccountThrottler, CurrentActor, type FileAnswer, Language, VIEWS } from '../http';
import { PolicyDocuments } from '../policy/policy-documents';
import type { Lang, ViewEngine } from '../view';
import { columnsTable, compareTable } from './compare-page';
import { ColumnsDto, CompareDto } from './compare.dto';
import { staffColumns, staffComparison } from './comparison-reads';
import { wordsIn } from './named-text';

/** What the pages of comparisons show, to print and to pass on; limited for each person, as a long one takes seconds to draw. */
@UseGuards(AccountThrottler)
@Controller('console/policies/:id')
export class CompareFilesConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: PolicyDocuments,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('drafting.read')
  @Get('compare.pdf')
  async comparePdf(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: CompareDto, @Language() lang: Lang): Promise<FileAnswer> {
    return this.documents.comparison('pdf', await this.comparison(actor, id, query, lang));
  }

  @Can('drafting.read')
  @Get('compare.docx')
  async compareDocx(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: CompareDto, @Language() lang: Lang): Promise<FileAnswer> {
    return this.documents.comparison('docx', await this.comparison(actor, id, query, lang));
  }

  @Can('drafting.read')
  @Get('three-columns.pdf')
  async columnsPdf(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: ColumnsDto, @Language() lang: Lang): Promise<FileAnswer> {
    return this.documents.comparison('pdf', await this.columns(actor, id, query, lang));
  }

  @Can('drafting.read')
  @Get('three-columns.docx')
  async columnsDocx(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: ColumnsDto, @Language() lang: Lang): Promise<FileAnswer> {
    return this.documents.comparison('docx', await this.columns(actor, id, query, lang));
  }

  private comparison(actor: Actor, id: string, query: CompareDto, lang: Lang): Promise<ComparisonTable> {
    const words = wordsIn(this.views, lang);
    return this.unitOfWork.run(actor, async (tx) => {
      const { title } = await policies.require(tx, id);
      return compareTable(title, await staffComparison(tx, id, query, words), words);
    });
  }

  private columns(actor: Actor, id: string, query: ColumnsDto, lang: Lang): Promise<ComparisonTable> {
    const words = wordsIn(this.views, lang);
    return this.unitOfWork.run(actor, async (tx) => {
      const { title } = await policies.require(tx, id);
      return columnsTable(title, await staffColumns(tx, id, query, words), words);
    });
  }
}

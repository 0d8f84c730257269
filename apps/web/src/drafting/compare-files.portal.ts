import type { ComparisonTable } from '@core/documents';
import { readPublicPolicy } from '@core/policy';
import { Public } from '@platform/identity';
import { chinaDate, type Clock } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import { CityCode, type FileAnswer, Language, VIEWS } from '../http';
import { PolicyDocuments } from '../policy/policy-documents';
import type { Lang, ViewEngine } from '../view';
import { columnsTable, compareTable } from './compare-page';
import { ColumnsDto, CompareDto } from './compare.dto';
import { publicColumns, publicComparison } from './comparison-reads';
import { wordsIn } from './named-text';

/** What the public pages of comparisons show, to print and to pass on; thirty a minute for each address, as a long one takes seconds to draw. */
@UseGuards(ThrottlerGuard)
@Controller(':city/policies/:id')
export class CompareFilesPortal {
  constructor(
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly documents: PolicyDocuments,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Public()
  @Get('compare.pdf')
  async comparePdf(@CityCode() cityId: string, @Param('id') id: string, @Query() query: CompareDto, @Language() lang: Lang): Promise<FileAnswer> {
    return this.documents.comparison('pdf', await this.comparison(cityId, id, query, lang));
  }

  @Public()
  @Get('compare.docx')
  async compareDocx(@CityCode() cityId: string, @Param('id') id: string, @Query() query: CompareDto, @Language() lang: Lang): Promise<FileAnswer> {
    return this.documents.comparison('docx', await this.comparison(cityId, id, query, lang));
  }

  @Public()
  @Get('three-columns.pdf')
  async columnsPdf(@CityCode() cityId: string, @Param('id') id: string, @Query() query: ColumnsDto, @Language() lang: Lang): Promise<FileAnswer> {
    return this.documents.comparison('pdf', await this.columns(cityId, id, query, lang));
  }

  @Public()
  @Get('three-columns.docx')
  async columnsDocx(@CityCode() cityId: string, @Param('id') id: string, @Query() query: ColumnsDto, @Language() lang: Lang): Promise<FileAnswer> {
    return this.documents.comparison('docx', await this.columns(cityId, id, query, lang));
  }

  private async comparison(cityId: string, id: string, query: CompareDto, lang: Lang): Promise<ComparisonTable> {
    const [words, title] = [wordsIn(this.views, lang), await this.title(cityId, id)];
    return compareTable(title, await publicComparison(this.reader, cityId, id, query, words), words);
  }

  private async columns(cityId: string, id: string, query: ColumnsDto, lang: Lang): Promise<ComparisonTable> {
    const [words, title] = [wordsIn(this.views, lang), await this.title(cityId, id)];
    return columnsTable(title, await publicColumns(this.reader, cityId, id, query, words), words);
  }

  private async title(cityId: string, id: string): Promise<string> {
    return (await readPublicPolicy(this.reader, cityId, id, chinaDate(this.clock.now()))).title;
  }
}

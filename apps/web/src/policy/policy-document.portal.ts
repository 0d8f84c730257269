import { readPublicPolicy } from '@core/policy';
import { Public } from '@platform/identity';
import { chinaDate, type Clock, DomainError } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Param, UseGuards } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import { CityCode, type FileAnswer } from '../http';
import { departmentName, type DocumentFacts, PolicyDocuments } from './policy-documents';

/** A published policy as the official document that it is, for everybody; limited for each address. */
@UseGuards(ThrottlerGuard)
@Controller(':city/policies/:id')
export class PolicyDocumentPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly documents: PolicyDocuments,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Get('document.pdf')
  async pdf(@CityCode() cityId: string, @Param('id') id: string): Promise<FileAnswer> {
    return this.documents.answer('pdf', await this.facts(cityId, id));
  }

  @Public()
  @Get('document.docx')
  async docx(@CityCode() cityId: string, @Param('id') id: string): Promise<FileAnswer> {
    return this.documents.answer('docx', await this.facts(cityId, id));
  }

  /** What is not published yet has no document: a consultation's text is read on its page. */
  private async facts(cityId: string, id: string): Promise<DocumentFacts> {
    const policy = await readPublicPolicy(this.reader, cityId, id, chinaDate(this.clock.now()));
    if (!policy.publishedAt || !policy.documentNumber || policy.provisions.length === 0) throw DomainError.notFound();
    return {
      title: policy.title, documentNumber: policy.documentNumber, publishedAt: policy.publishedAt, department: await departmentName(this.reader, cityId, policy.departmentId),
      provisions: policy.provisions,
    };
  }
}

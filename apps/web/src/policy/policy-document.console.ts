import { policies } from '@core/policy';
import { readPolicyText } from '@domains/drafting';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { AccountThrottler, CurrentActor, type FileAnswer } from '../http';
import { PolicyVersionDto } from './policy.dto';
import { departmentName, type DocumentFacts, PolicyDocuments } from './policy-documents';

/** The words that stand on an unpublished document; Chinese in either language, as the document is. */
const DRAFT_MARK = { draft: '草案', submitted: '送审稿' };

/** Any version of a policy laid out as an official document; limited for each person. */
@UseGuards(AccountThrottler)
@Controller('console/policies/:id')
export class PolicyDocumentConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: PolicyDocuments,
  ) {}

  @Can('drafting.read')
  @Get('document.pdf')
  async pdf(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { version }: PolicyVersionDto): Promise<FileAnswer> {
    return this.documents.answer('pdf', await this.facts(actor, id, version));
  }

  @Can('drafting.read')
  @Get('document.docx')
  async docx(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { version }: PolicyVersionDto): Promise<FileAnswer> {
    return this.documents.answer('docx', await this.facts(actor, id, version));
  }

  /** Only the version that was published bears the number; the others say what they are. The layout begins after the transaction. */
  private facts(actor: Actor, id: string, version: string | undefined): Promise<DocumentFacts> {
    return this.unitOfWork.run(actor, async (tx) => {
      const policy = await policies.require(tx, id);
      const { shown, provisions } = await readPolicyText(tx, id, version);
      if (!shown || provisions.length === 0) throw DomainError.notFound();
      const published = policy.publishedAt !== null && policy.currentVersionId === shown.id;
      return {
        title: policy.title, provisions, department: await departmentName(tx, tx.cityId, policy.tenantId),
        documentNumber: published ? policy.documentNumber : null, publishedAt: published ? policy.publishedAt : null, draftMark: DRAFT_MARK[shown.state],
      };
    });
  }
}

import { appealOfReceipt, PublishedTrees, receiptFile, receiptStatus } from '@domains/consultation';
import { Public } from '@platform/identity';
import { type Clock, systemActor } from '@platform/kernel';
import { CLOCK, PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Header, Inject, Param, Post, Query } from '@nestjs/common';
import { CityCode, FormPage, type Page, page, seeOther, type SeeOther } from '../http';
import { ownFileCard } from './attachments-view';
import { ReceiptLookupDto } from './consultation.dto';
import { TONE_OF_DISPOSITION } from './consultation-view';
import { ownInclusion } from './inclusion-view';

/** Receipts: what became of an opinion, for whoever holds its code; without an account. */
@Controller(':city/receipts')
export class ReceiptPortal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: PublicReader,
    private readonly trees: PublishedTrees,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Get()
  form(@CityCode() _cityId: string): Page {
    return page('consultation/receipts', { title: 'consultation:receipt.lookup' });
  }

  /** The code goes into the path only once it is known to be good, so that a mistyped one comes back with the form. */
  @Public()
  @FormPage('/:city/receipts')
  @Post()
  async find(@CityCode() cityId: string, @Body() { code }: ReceiptLookupDto): Promise<SeeOther> {
    await this.unitOfWork.run(systemActor(cityId), (tx) => receiptStatus(tx, code));
    return seeOther(`/${cityId}/receipts/${encodeURIComponent(code)}`);
  }

  @Public()
  @Header('cache-control', 'private, no-store')
  @Get(':code')
  async show(@CityCode() cityId: string, @Param('code') code: string, @Query('posted') posted?: string): Promise<Page> {
    const { receipt, own, appeal } = await this.unitOfWork.run(systemActor(cityId), async (tx) => {
      const status = await receiptStatus(tx, code);
      return { receipt: status, own: await receiptFile(tx, code), appeal: await appealOfReceipt(tx, code, status.hiddenReason !== null) };
    });
    const { verdict } = await ownInclusion(this.reader, this.trees, own);
    const over = this.clock.now() >= receipt.consultation.closesAt;
    return page('consultation/receipt', {
      title: 'consultation:receipt.title', receipt, files: receipt.files.map(ownFileCard), appeal, appealHref: `/${cityId}/receipts/${encodeURIComponent(code)}/appeal`, code, posted: posted === '1', over, verdict,
      // The three steps that an opinion goes through, for the list on the page.
      steps: [
        { key: 'received', done: true }, { key: 'closed', done: over || receipt.consultation.state !== 'open' },
        ...(receipt.withdrawnAt ? [] : [{ key: 'answered', done: receipt.answer !== null }]),
      ],
      tone: receipt.answer ? TONE_OF_DISPOSITION[receipt.answer.disposition] : 'warning', lookupHref: `/${cityId}/receipts`,
      withdrawHref: `/${cityId}/receipts/${encodeURIComponent(code)}/withdraw`, mayWithdraw: !over && !receipt.entered && receipt.consultation.state === 'open' && receipt.withdrawnAt === null,
      fileHref: `/${cityId}/receipts/${encodeURIComponent(code)}/receipt.json`, verifyHref: `/${cityId}/receipts/verify`,
      draftDevice: `policyloop-draft/${cityId}/${receipt.consultation.id}`,
      consultationHref: `/${cityId}/consultations/${receipt.consultation.id}`,
    });
  }
}

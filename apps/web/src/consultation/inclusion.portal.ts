import { leafHashOfReceipt, type ProofMember, PublishedTrees, receiptFile, type ReceiptVerdict, requireRoot, rootFile, VERDICT_REASONS, verifyReceipt } from '@domains/consultation';
import { Public } from '@platform/identity';
import { DomainError, systemActor } from '@platform/kernel';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CityCode, file, type FileAnswer, FormPage, type Page, page } from '../http';
import { RootFileDto, VerifyReceiptDto } from './inclusion.dto';
import { broughtText, ownInclusion } from './inclusion-view';

const JSON_FILE = 'application/json; charset=utf-8';

/** Proof that an opinion was counted: the published root, the way from an opinion to it, the author's receipt file, and the check of the two. */
@Controller(':city')
export class InclusionPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly unitOfWork: UnitOfWork,
    private readonly trees: PublishedTrees,
  ) {}

  /** The published root as a file. It never changes. */
  @Public()
  @Get('consultations/:id/root.json')
  async root(@CityCode() cityId: string, @Param('id') id: string, @Query() { leaves }: RootFileDto): Promise<FileAnswer> {
    const root = await requireRoot(this.reader, cityId, id);
    const tree = leaves ? await this.trees.tree(cityId, id) : null;
    const hashes = tree ? Array.from({ length: tree.size }, (_, at) => tree.leaf(at).toString('hex')) : undefined;
    return file(JSON.stringify(rootFile(root, hashes)), { type: JSON_FILE, name: `policyloop-root-${id}${hashes ? '-leaves' : ''}.json`, immutable: true });
  }

  /** The member `proof` of a receipt file, by the hash of its leaf or by the receipt's number. */
  @Public()
  @Get('consultations/:id/proof/:leaf')
  async proof(@CityCode() cityId: string, @Param('id') id: string, @Param('leaf') leaf: string): Promise<ProofMember> {
    await requireRoot(this.reader, cityId, id);
    const hash = /^[0-9a-f]{64}$/.test(leaf) ? leaf : await this.unitOfWork.run(systemActor(cityId), (tx) => leafHashOfReceipt(tx, id, leaf));
    const proof = hash && await this.trees.proof(cityId, id, hash);
    if (!proof) throw DomainError.notFound('inclusion:error.noLeaf');
    return proof;
  }

  /** The author's own file; with its proof once the root is published. */
  @Public()
  @Header('cache-control', 'private, no-store')
  @Get('receipts/:code/receipt.json')
  async receipt(@CityCode() cityId: string, @Param('code') code: string): Promise<FileAnswer> {
    const own = await this.unitOfWork.run(systemActor(cityId), (tx) => receiptFile(tx, code));
    const { receipt } = await ownInclusion(this.reader, this.trees, own);
    return file(JSON.stringify(receipt, null, 2), { type: JSON_FILE, name: `policyloop-receipt-${receipt.leaf.receiptNo}.json` });
  }

  @Public()
  @Get('receipts/verify')
  form(@CityCode() cityId: string): Page {
    return verifyPage(cityId, null);
  }

  /** For browsers without a script; nothing of what is sent is kept. */
  @Public()
  @FormPage('/:city/receipts/verify')
  @HttpCode(200)
  @Header('cache-control', 'private, no-store')
  @Post('receipts/verify')
  verify(@CityCode() cityId: string, @Body() dto: VerifyReceiptDto): Page {
    return verifyPage(cityId, verifyReceipt(broughtText(dto.receiptFile, dto.receiptText), broughtText(dto.rootFile, dto.rootText)));
  }
}

const verifyPage = (cityId: string, verdict: ReceiptVerdict | null): Page =>
  page('consultation/verify-receipt', { title: 'inclusion:verify.title', action: `/${cityId}/receipts/verify`, verdict, reasons: VERDICT_REASONS });

import { BookPool } from '@core/documents';
import { ExplanationRegistry } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { chinaDate, DomainError, newId, systemActor } from '@platform/kernel';
import { notify } from '@platform/notify';
import { PublicReader, type TenantTx, UnitOfWork } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { BookFormat, BookSpec } from '../domain/book-spec';
import { bookContents } from '../queries/book-contents';

/** Longer than the thread may take; what was claimed by a program that was killed is taken up after it. */
const CLAIM_MS = 10 * 60_000;
/** A book at which the program died so often is given up: something in it must be wrong. */
const ATTEMPTS = 3;

interface Claimed {
  id: string;
  tenantId: string;
  title: string;
  spec: BookSpec;
  format: BookFormat;
  requestedBy: string;
  attempts: number;
  day: string;
}

/**
 * For the worker's schedule: makes the books of a city that wait, one after the other. No transaction is open while a book is made. Two workers at once
 * make each once: who claims a book has it until the claim ends.
 */
@Injectable()
export class MakeBooks implements OnModuleDestroy {
  private readonly pool = new BookPool();
  private stopping = false;
  /** What is in hand, so that a program that stops leaves no claim behind. */
  private work: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: PublicReader,
    private readonly files: FileStore,
    private readonly explanations: ExplanationRegistry,
  ) {}

  /** Answers how many were made or given up. */
  run(cityId: string): Promise<number> {
    const work = this.makeAll(cityId);
    this.work = Promise.allSettled([this.work, work]);
    return work;
  }

  private async makeAll(cityId: string): Promise<number> {
    let done = 0;
    for (;;) {
      if (this.stopping) return done;
      const claim = newId();
      const book = await this.unitOfWork.run(systemActor(cityId), (tx) => claimOne(tx, claim));
      if (!book) return done;
      done += (await this.make(cityId, book, claim)) ? 1 : 0;
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.pool.close();
    await this.work;
  }

  private async make(cityId: string, book: Claimed, claim: string): Promise<boolean> {
    const finish = (result: Result): Promise<boolean> => this.unitOfWork.run(systemActor(cityId), (tx) => store(tx, book, claim, result));
    if (book.attempts > ATTEMPTS) return finish({ failure: 'book:error.failed', params: {} });
    try {
      const contents = await bookContents(this.reader, this.explanations, cityId, book.spec, book.day);
      const { bytes, pages } = await this.pool.run({ format: book.format, book: contents });
      const documents = contents.chapters.reduce((sum, chapter) => sum + chapter.documents.length, 0);
      return await finish({ ...(await this.files.put(bytes)), documents, pages });
    } catch (error) {
      // The thread was ended with the program: whoever starts next takes the book up at once.
      if (this.stopping) return this.unitOfWork.run(systemActor(cityId), (tx) => release(tx, book.id, claim));
      if (!(error instanceof DomainError)) throw error;
      return finish({ failure: error.key, params: error.details.params ?? {} });
    }
  }
}

type Result = { sha256: string; size: number; documents: number; pages: number | null } | { failure: string; params: Record<string, unknown> };

async function claimOne(tx: TenantTx, claim: string): Promise<Claimed | null> {
  const [book] = await tx.query<Omit<Claimed, 'day'>>(
    `UPDATE book SET claim = $2, claimed_until = $3, attempts = attempts + 1
     WHERE city_id = $1 AND id = (SELECT id FROM book WHERE city_id = $1 AND state = 'waiting' AND (claimed_until IS NULL OR claimed_until <= $4) ORDER BY requested_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, tenant_id AS "tenantId", title, spec, format, requested_by AS "requestedBy", attempts`,
    [tx.cityId, claim, new Date(tx.at.getTime() + CLAIM_MS), tx.at]);
  return book ? { ...book, day: chinaDate(tx.at) } : null;
}

async function release(tx: TenantTx, bookId: string, claim: string): Promise<false> {
  await tx.query('UPDATE book SET claim = NULL, claimed_until = NULL, attempts = attempts - 1 WHERE city_id = $1 AND id = $2 AND claim = $3', [tx.cityId, bookId, claim]);
  return false;
}

/** Answers false where the claim had ended and somebody else has the book. */
async function store(tx: TenantTx, book: Claimed, claim: string, result: Result): Promise<boolean> {
  const failed = 'failure' in result;
  const stored = await tx.query(
    `UPDATE book SET state = $4, failure = $5, failure_params = $6, made_at = $7, documents = $8, pages = $9, sha256 = $10, size = $11, claim = NULL, claimed_until = NULL
     WHERE city_id = $1 AND id = $2 AND claim = $3 AND state = 'waiting' RETURNING 1`,
    [tx.cityId, book.id, claim, failed ? 'failed' : 'made', ...(failed ? [result.failure, JSON.stringify(result.params), null, null, null, null, null]
      : [null, '{}', tx.at, result.documents, result.pages, result.sha256, result.size])]);
  if (stored.length === 0) return false;
  const details = failed ? { failure: result.failure } : { documents: result.documents, pages: result.pages, sha256: result.sha256 };
  recordAudit(tx, { action: failed ? 'ledger.book_failed' : 'ledger.book_made', subjectType: 'book', subjectId: book.id, tenantId: book.tenantId, details });
  await notify(tx, {
    accountId: book.requestedBy, effectKey: `book/${book.id}`, messageKey: failed ? 'book:notice.failed' : 'book:notice.made', params: { title: book.title }, href: '/console/books',
  });
  return true;
}

import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { can } from '../ledger.access';
import { books } from '../persistence/repositories';

/** Puts a made book before everybody. What was published stays. */
@Injectable()
export class PublishBook {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws DomainError not_found, forbidden, conflict `book:error.notMade`, `book:error.published` */
  run(actor: Actor, bookId: string): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const book = await books.lockForUpdate(tx, bookId);
      if (book.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
      if (!tx.actor.accountId || !can(tx.actor, 'ledger.publish_book', book)) throw DomainError.forbidden();
      if (book.state !== 'made') throw DomainError.conflict('book:error.notMade');
      if (book.publishedAt) throw DomainError.conflict('book:error.published');
      await tx.query('UPDATE book SET published_at = $3, published_by = $4 WHERE city_id = $1 AND id = $2', [tx.cityId, book.id, tx.at, tx.actor.accountId]);
      recordAudit(tx, { action: 'ledger.book_published', subjectType: 'book', subjectId: book.id, details: { title: book.title } });
    });
  }
}

import { recordAudit } from '@platform/audit';
import { type Actor, DomainError, newId } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { BOOK_FORMATS, type BookFormat, type BookSpec, bookFaults } from '../domain/book-spec';
import { can } from '../ledger.access';
import { books } from '../persistence/repositories';

/** Books of one department that may wait at once. */
const WAITING = 5;

/** Asks for a book, which the worker makes; the same key again is the same book. Answers its id. */
@Injectable()
export class RequestBook {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws DomainError invalid with the fields of `bookFaults`, forbidden, too_many `book:error.waiting` where five wait already */
  async run(actor: Actor, spec: BookSpec, format: BookFormat, idempotencyKey: string): Promise<string> {
    const faults = bookFaults(spec);
    if (!BOOK_FORMATS.includes(format)) faults.push({ field: 'format', key: 'book:error.noFormat' });
    if (faults[0]) throw DomainError.invalid(faults[0].key, faults);
    return this.unitOfWork.run(actor, async (tx) => {
      const { accountId, tenantId } = tx.actor;
      if (!accountId || !tenantId || !can(tx.actor, 'ledger.compile_book', { tenantId })) throw DomainError.forbidden();
      // One at a time for a department, so that the same request twice finds itself and the limit holds.
      await tx.query('SELECT 1 FROM department WHERE city_id = $1 AND id = $2 FOR UPDATE', [tx.cityId, tenantId]);
      const [known] = await books.find(tx, { tenantId, idempotencyKey });
      if (known) return known.id;
      if ((await books.find(tx, { tenantId, state: 'waiting' })).length >= WAITING) throw new DomainError('too_many', 'book:error.waiting');
      const id = newId();
      await tx.query(
        `INSERT INTO book (city_id, id, tenant_id, title, spec, format, state, idempotency_key, requested_by, requested_at) VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8, $9)`,
        [tx.cityId, id, tenantId, spec.title.trim(), JSON.stringify(spec), format, idempotencyKey, accountId, tx.at]);
      recordAudit(tx, { action: 'ledger.book_requested', subjectType: 'book', subjectId: id, details: { title: spec.title.trim(), on: spec.on, format } });
      return id;
    });
  }
}

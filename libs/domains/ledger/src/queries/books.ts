import { DomainError, isId } from '@platform/kernel';
import type { PublicReader, TenantTx } from '@platform/persistence';
import type { BookFormat, BookSpec } from '../domain/book-spec';
import { can } from '../ledger.access';

/** A book as its department sees it. */
export interface BookItem {
  id: string;
  title: string;
  spec: BookSpec;
  format: BookFormat;
  state: 'waiting' | 'made' | 'failed';
  failure: string | null;
  failureParams: Record<string, unknown>;
  requestedBy: string;
  requestedAt: Date;
  madeAt: Date | null;
  documents: number | null;
  pages: number | null;
  size: number | null;
  publishedAt: Date | null;
}

const SHOWN = 50;

/** The newest books of one's own department, and whether one may publish them. */
export async function bookDesk(tx: TenantTx): Promise<{ books: BookItem[]; mayPublish: boolean }> {
  const { tenantId } = tx.actor;
  return { books: await ownBooks(tx), mayPublish: tenantId !== null && can(tx.actor, 'ledger.publish_book', { tenantId }) };
}

const ownBooks = (tx: TenantTx): Promise<BookItem[]> => tx.query<BookItem>(
  `SELECT b.id, b.title, b.spec, b.format, b.state, b.failure, b.failure_params AS "failureParams", a.display_name AS "requestedBy", b.requested_at AS "requestedAt", b.made_at AS "madeAt",
     b.documents, b.pages, b.size, b.published_at AS "publishedAt"
   FROM book b JOIN account a ON a.city_id = b.city_id AND a.id = b.requested_by WHERE b.city_id = $1 AND b.tenant_id = $2 ORDER BY b.requested_at DESC, b.id DESC LIMIT ${SHOWN}`,
  [tx.cityId, tx.actor.tenantId]);

/** Which file of the store a book is. */
export interface BookFile {
  title: string;
  format: BookFormat;
  sha256: string;
}

const FILE = `SELECT title, format, sha256 FROM book WHERE city_id = $1 AND id = $2 AND sha256 IS NOT NULL`;

/** @throws DomainError not_found for another department's book and one that is not made */
export async function bookFile(tx: TenantTx, id: string): Promise<BookFile> {
  const [file] = isId(id) ? await tx.query<BookFile>(`${FILE} AND tenant_id = $3`, [tx.cityId, id, tx.actor.tenantId]) : [];
  if (!file) throw DomainError.notFound();
  return file;
}

/** A published book. */
export interface PublicBook {
  id: string;
  title: string;
  format: BookFormat;
  department: string;
  documents: number;
  pages: number | null;
  size: number;
  publishedAt: Date;
}

/** The newest published books of a city. */
export const publicBooks = (reader: PublicReader, cityId: string): Promise<PublicBook[]> => reader.query<PublicBook>(
  `SELECT b.id, b.title, b.format, d.name AS department, b.documents, b.pages, b.size, b.published_at AS "publishedAt"
   FROM book b JOIN department d ON d.city_id = b.city_id AND d.id = b.tenant_id WHERE b.city_id = $1 AND b.published_at IS NOT NULL ORDER BY b.published_at DESC, b.id DESC LIMIT ${SHOWN}`,
  [cityId]);

/** @throws DomainError not_found before publication */
export async function publicBookFile(reader: PublicReader, cityId: string, id: string): Promise<BookFile> {
  const [file] = isId(id) ? await reader.query<BookFile>(`${FILE} AND published_at IS NOT NULL`, [cityId, id]) : [];
  if (!file) throw DomainError.notFound();
  return file;
}

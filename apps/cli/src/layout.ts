import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { officialDocx, officialPdf, readSource } from '@core/documents';
import { parseDocumentNumber } from '@core/statutes';
import { DomainError, isDay } from '@platform/kernel';
import { codeOf, writeWhole } from './write-whole';

export interface LayoutOptions {
  number: string;
  date: string;
  out: string;
  issuer?: string;
  to?: string;
  copies?: string;
  title?: string;
}

/** What was written: number of pages (null for a DOCX, whose pages Word makes) and of bytes. */
export interface LayoutResult {
  out: string;
  pages: number | null;
  bytes: number;
}

/**
 * `policyloop layout`: lays a DOCX, text or Markdown file out to GB/T 9704-2012. Needs no database. Writes all of the file or nothing.
 *
 * @throws DomainError on a number that is none, an impossible date, another ending than .pdf or .docx, a file that cannot be read or
 *   written, and what `officialPdf` refuses
 */
export async function layoutCommand(file: string, options: LayoutOptions): Promise<LayoutResult> {
  const { number, date, out } = options;
  parseDocumentNumber(number);
  if (!isDay(date)) throw DomainError.invalid('layout:error.date', [], { text: date });
  const ending = /\.(pdf|docx)$/i.exec(out)?.[1]?.toLowerCase();
  if (!ending) throw DomainError.invalid('layout:error.ending', [], { path: out });
  const buffer = await readFile(file).catch((error: unknown) => { throw DomainError.invalid('layout:error.source', [], { path: file, code: codeOf(error) }); });
  const source = await readSource(basename(file), buffer);
  if (source.provisions.length === 0) throw DomainError.invalid('layout:error.noText');
  const { issuer, to, copies, title } = options;
  const particulars = { number, date, issuer: issuer ?? null, ...(to ? { to } : {}), ...(copies ? { copies } : {}), ...(title ? { title } : {}) };
  const { bytes, pages } = await (ending === 'pdf' ? officialPdf : officialDocx)(source, particulars);
  await writeWhole(out, bytes);
  return { out, pages, bytes: bytes.length };
}

import { DomainError } from '@platform/kernel';
import { DOCUMENT_NUMBER_PATTERN } from './data/parameters-procedure';

/** The three elements of a document number (发文字号): issuing body's code, year, sequence (GB/T 9704-2012, 7.2.5). */
export interface DocumentNumber {
  code: string;
  year: number;
  seq: number;
}

const WHOLE = new RegExp(DOCUMENT_NUMBER_PATTERN, 'u');
const ELEMENTS = /^(.+)〔(\d{4})〕(\d+)号$/u;

/** `('中工信规', 2026, 3)` → `中工信规〔2026〕3号`. Refuses what GB/T 9704-2012 7.2.5 does not allow (other brackets, leading zeros, 第). */
export function formatDocumentNumber(code: string, year: number, seq: number): string {
  const text = `${code}〔${year}〕${seq}号`;
  parseDocumentNumber(text);
  return text;
}

/** The elements of a document number; refuses any text that is not one, exactly as written. */
export function parseDocumentNumber(text: string): DocumentNumber {
  const [, code, year, seq] = (WHOLE.test(text) && ELEMENTS.exec(text)) || [];
  if (!code || !Number.isSafeInteger(Number(seq))) throw DomainError.invalid('statutes:error.documentNumber', [], { text });
  return { code, year: Number(year), seq: Number(seq) };
}

import type { Inspection } from '@core/documents';
import { DomainError, type FieldError } from '@platform/kernel';

const MIB = 1024 * 1024;

/**
 * What may come with one opinion. Five files carry a table, a drawing and some photographs; ten megabytes are a scanned report or a photograph of a telephone, and below what a
 * scanner takes as it comes (25 MB); twenty in all keep fifty posts at once within the memory of one web. The same for every department: an author
 * should not have to learn them twice.
 */
export const ATTACHMENT_LIMITS = { files: 5, fileBytes: 10 * MIB, totalBytes: 20 * MIB } as const;

/** The same in megabytes, as the texts say it. */
export const ATTACHMENT_WORDS = { files: ATTACHMENT_LIMITS.files, megabytes: ATTACHMENT_LIMITS.fileBytes / MIB, totalMegabytes: ATTACHMENT_LIMITS.totalBytes / MIB } as const;

/** The endings that a form offers. */
export const ATTACHMENT_ENDINGS = '.pdf, .docx, .xlsx, .png, .jpg, .jpeg, .txt';

/**
 * Where a file stands: it waits for the scanner and nobody gets it; nothing was found; something was found and nobody ever gets it; no scanner is set up, and the department
 * takes it at its own risk.
 */
export type ScanState = 'pending' | 'clean' | 'infected' | 'not_scanned';

/** Whether the department may have a file. */
export const isServed = (scan: ScanState): boolean => scan === 'clean' || scan === 'not_scanned';

const refused = (key: string, params: Record<string, unknown>): FieldError => ({ field: 'files', key: `attachments:error.${key}`, params: { ...ATTACHMENT_WORDS, ...params } });

/** One line for each thing that is wrong with these files. */
export const invalidFiles = (faults: FieldError[]): DomainError => DomainError.invalid('attachments:error.some', faults);

/** How many and how large they are. */
export function countFaults(sizes: readonly number[]): FieldError[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return [
    ...(sizes.length > ATTACHMENT_LIMITS.files ? [refused('tooMany', { count: sizes.length })] : []),
    ...(total > ATTACHMENT_LIMITS.totalBytes ? [refused('total', { size: Math.ceil(total / MIB) })] : []),
  ];
}

/** What the inspection refused, and what is there twice. */
export function contentFaults(inspected: readonly { inspection: Inspection; sha256: string }[]): FieldError[] {
  return inspected.flatMap(({ inspection, sha256 }, at) => {
    if ('refused' in inspection) return [refused(inspection.refused, { name: inspection.name })];
    return inspected.findIndex((other) => other.sha256 === sha256) < at ? [refused('twice', { name: inspection.taken.name })] : [];
  });
}

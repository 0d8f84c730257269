/**
 * Why a file from outside is not taken: nothing in it, too large, a kind that is not taken, content that is not what the name says or not what the sender declared,
 * a program, a script, a page (HTML, SVG), an old or encrypted Office file, one with macros, with references to elsewhere, with other files in it, an archive that
 * unpacks to more than it should, something broken, a PDF that acts by itself, a picture with too many points, a check that took too long.
 */
export const REFUSED_FILE_REASONS = [
  'empty', 'tooLarge', 'kind', 'mismatch', 'declared', 'program', 'script', 'markup', 'oldOffice', 'encrypted', 'macros', 'external', 'embedded', 'bomb', 'broken', 'active', 'pixels', 'slow',
] as const;
export type RefusedFileReason = (typeof REFUSED_FILE_REASONS)[number];

/** A file that is not taken. The checks of one file throw it; it never leaves `inspectFile`. */
export class RefusedFile extends Error {
  constructor(readonly reason: RefusedFileReason) {
    super(reason);
    this.name = 'RefusedFile';
  }
}

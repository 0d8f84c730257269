/**
 * What of a file was not taken over, or not as it stood: tracked changes (taken as accepted), hidden text, comments, pictures, embedded objects and
 * drawings, symbols of unknown fonts, number formats written as digits, text of headers and footers.
 */
export const NOTICE_KINDS = ['insertions', 'deletions', 'hidden', 'comments', 'images', 'objects', 'symbols', 'numberFormat', 'headers'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** One kind of omission and how often it occurs; its words are `documents:notice.<kind>`. */
export interface SourceNotice {
  kind: NoticeKind;
  count: number;
}

/** Counts omissions while a file is read. */
export class Notices {
  private readonly counts = new Map<NoticeKind, number>();

  add(kind: NoticeKind): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  list(): SourceNotice[] {
    return NOTICE_KINDS.flatMap((kind) => ({ kind, count: this.counts.get(kind) ?? 0 })).filter(({ count }) => count > 0);
  }
}

import type { Readable } from 'node:stream';

/** What a page's controller answers; the interceptor turns it into HTML or a redirect. */
export class Page {
  constructor(
    readonly view: string,
    /** `title` is a key of the catalogue or, where it is the name of a thing, the words themselves. */
    readonly data: { title: string; titleParams?: Record<string, unknown> } & Record<string, unknown>,
    readonly layout: 'portal' | 'console' | 'bare' | 'embed' | 'fragment' | null = null,
  ) {}
}

export class SeeOther {
  constructor(readonly location: string, readonly flash: string | null) {}
}

/** A file to show or to save. */
export class FileAnswer {
  constructor(
    readonly body: Buffer | string | Readable,
    readonly options: {
      type: string;
      name?: string;
      immutable?: boolean;
      /** Asked for again and again: whoever has it already is answered 304. `modifiedAt`: when it last changed, where that is known. Not for a stream. */
      revalidate?: { modifiedAt: Date | null };
    },
  ) {}
}

/** Renders `views/<view>.hbs`; the layout follows from the path unless it is named. */
export const page = (view: string, data: Page['data'], layout: Page['layout'] = null): Page => new Page(view, data, layout);

/** 303 after a POST, so that going back or reloading sends nothing twice. `flash` is a key of the catalogue, shown once. */
export const seeOther = (location: string, flash: string | null = null): SeeOther => new SeeOther(location, flash);

/** Sends a file; with `name` it is saved, without it is shown. */
export const file = (body: FileAnswer['body'], options: FileAnswer['options']): FileAnswer => new FileAnswer(body, options);

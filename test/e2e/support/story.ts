import type { Seat } from './browser';
import type { Town } from './town';

/** One policy's life in one town: what the chapters tell each other. */
export class Story {
  /** The policy's page in the console, and its public one. */
  policy = '';
  publicPolicy = '';
  /** Public pages of its consultation and its call. */
  consultation = '';
  call = '';
  /** Codes of the three who said something. */
  readonly receipts = { enterprise: '', resident: '', anonymous: '' };

  constructor(readonly town: Town) {}

  get portal(): string {
    return `/${this.town.city.id}`;
  }

  /** The call's page in the console. */
  get desk(): string {
    return `/console/calls/${this.call.split('/').at(-1)}`;
  }
}

/** What a person sees whose step was taken: a page, no refusal, and these words on it. */
export function taken(browser: Seat, words?: string): void {
  const { status, path, text } = browser.page;
  if (status !== 200) throw new Error(`${browser.who} at ${path} was refused with ${status}: ${text.slice(0, 1500)}`);
  if (words && !text.includes(words)) throw new Error(`${path} does not tell ${browser.who} “${words}”: ${text.slice(0, 1500)}`);
}

import type { HelperDelegate, HelperOptions } from 'handlebars';
import type { Clock } from '@platform/kernel';
import type { Params, Translate } from '../catalogue';
import type { Lang } from '../lang';
import { daysUntil, formatDate, formatDateTime, formatMoney, formatNumber, type Moment } from './format';

const langOf = (options: HelperOptions): Lang => (options.data as { lang: Lang }).lang;
const absent = (value: unknown): value is null | undefined | '' => value === undefined || value === null || value === '';

/** From how many days on a deadline is called near. */
const SOON_DAYS = 3;

/** How urgent a day is, for colour and icon: past, within three days, or later. */
export function deadlineTone(value: Moment, now: Date): 'overdue' | 'soon' | 'later' {
  const days = daysUntil(value, now);
  if (days < 0) return 'overdue';
  return days <= SOON_DAYS ? 'soon' : 'later';
}

/** Helpers that speak: catalogue, dates, money and deadlines in the language of the page. An absent value renders as nothing. */
export function localisedHelpers(translate: Translate, clock: Clock): Record<string, HelperDelegate> {
  const shown =
    <T>(format: (value: T, lang: Lang) => string) =>
    (value: T | null | undefined, options: HelperOptions): string =>
      absent(value) ? '' : format(value, langOf(options));

  return {
    t: (key: string, options: HelperOptions) => translate(langOf(options), key, options.hash as Params),
    tWith: (key: string, params: Params | undefined, options: HelperOptions) => translate(langOf(options), key, params),
    lookupLabel: (group: string, value: string | undefined, options: HelperOptions) =>
      absent(value) ? '' : translate(langOf(options), `${group}.${value}`),
    date: shown<Moment>(formatDate),
    datetime: shown<Moment>(formatDateTime),
    yuan: shown<number>(formatMoney),
    number: shown<number>((value) => formatNumber(value)),
    daysLeft: shown<Moment>((value, lang) => {
      const days = daysUntil(value, clock.now());
      if (days === 0) return translate(lang, 'common:deadline.today');
      return days > 0
        ? translate(lang, 'common:deadline.left', { count: days })
        : translate(lang, 'common:deadline.overdue', { count: -days });
    }),
    deadlineTone: (value: Moment) => (absent(value) ? '' : deadlineTone(value, clock.now())),
  };
}

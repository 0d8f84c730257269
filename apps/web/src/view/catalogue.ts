import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next, { type i18n, type Resource, type ResourceKey } from 'i18next';
import { formatDate } from './helpers/format';
import { type Lang, LANGUAGES } from './lang';


export type Params = Record<string, unknown>;

/** Finds the text of a key `namespace:path` in a language. */
export type Translate = (lang: Lang, key: string, params?: Params) => string;

/** Reads `<localesDir>/<language>/<namespace>.json` into one tree: language, namespace, texts. */
export function readCatalogue(localesDir: string): Record<Lang, Record<string, ResourceKey>> {
  const read = (lang: Lang) =>
    Object.fromEntries(
      readdirSync(join(localesDir, lang))
        .filter((file) => file.endsWith('.json'))
        .map((file) => [file.slice(0, -5), JSON.parse(readFileSync(join(localesDir, lang, file), 'utf8')) as ResourceKey]),
    );
  return { zh: read('zh'), en: read('en') };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Rules speak of days as `2026-04-01`; people read them in their own way. */
const readable = (params: Params | undefined, lang: Lang): Params =>
  Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, typeof value === 'string' && DAY.test(value) ? formatDate(value, lang) : value]));

/**
 * Makes the lookup of every user-visible word. Texts are returned unescaped: the template escapes them.
 * With `strict` an unknown key is an error, so that a test sees it; otherwise the key itself is shown.
 */
export function createTranslate(localesDir: string, strict: boolean): Translate {
  const resources: Resource = readCatalogue(localesDir);
  const instance: i18n = i18next.createInstance();
  void instance.init({
    resources,
    ns: Object.keys(resources['zh'] ?? {}),
    fallbackLng: 'zh',
    supportedLngs: [...LANGUAGES],
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  const fixed = { zh: instance.getFixedT('zh'), en: instance.getFixedT('en') };
  // Most texts have no parameters, and a page asks for a hundred of them: they are looked up once.
  const plain = { zh: new Map<string, string>(), en: new Map<string, string>() };

  const find = (lang: Lang, key: string, params?: Params): string => {
    if (strict && !instance.exists(key, { lng: lang, ...params })) throw new Error(`no text for ${key} (${lang})`);
    return String(fixed[lang](key, readable(params, lang)));
  };

  return (lang, key, params) => {
    if (params && Object.keys(params).length > 0) return find(lang, key, params);
    const known = plain[lang].get(key);
    if (known !== undefined) return known;
    const text = find(lang, key);
    plain[lang].set(key, text);
    return text;
  };
}

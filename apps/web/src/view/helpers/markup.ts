import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HelperDelegate, HelperOptions, Template } from 'handlebars';
import type Handlebars from 'handlebars';

/** Where `apps/web/public` is served. */
export const STATIC_URL = '/static';

/** Splits a Chinese policy text into paragraphs: one `<p>` a line, blank lines left out, everything escaped. */
export function paragraphs(text: string, escape: (value: string) => string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => `<p>${escape(line)}</p>`)
    .join('');
}

/** The address of a public file with the start of its content's hash, so that browsers may keep it for ever. */
function assetUrls(publicDir: string): (file: string) => string {
  const known = new Map<string, string>();
  return (file) => {
    let url = known.get(file);
    if (url === undefined) {
      const path = join(publicDir, file);
      const version = existsSync(path) ? `?v=${createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 10)}` : '';
      url = `${STATIC_URL}/${file}${version}`;
      known.set(file, url);
    }
    return url;
  };
}

/**
 * Helpers that write markup. `icon` refuses a name that is not in `icons`, because only those are in the sprite;
 * `wrap` renders a component around its block: `{{#wrap 'card' title=x}} … {{/wrap}}`, the component prints `{{{body}}}`.
 */
export function markupHelpers(hb: typeof Handlebars, publicDir: string, icons: ReadonlySet<string>): Record<string, HelperDelegate> {
  const asset = assetUrls(publicDir);
  const sprite = asset('assets/icons.svg');
  const escape = (value: string): string => hb.escapeExpression(value);

  return {
    asset,
    lines: (text: string | undefined) => new hb.SafeString(paragraphs(text ?? '', escape)),
    icon: (name: string) => {
      if (!icons.has(name)) throw new Error(`icon ${name} is not in the sprite: add it to apps/web/styles/icons.json`);
      return new hb.SafeString(`<svg class="icon icon-${name}" aria-hidden="true" focusable="false"><use href="${sprite}#${name}"></use></svg>`);
    },
    wrap(this: unknown, name: string, options: HelperOptions) {
      const component = hb.partials[name] as Template;
      if (typeof component !== 'function') throw new Error(`no component ${name}`);
      const body = new hb.SafeString(options.fn(this));
      return new hb.SafeString(component({ ...(options.hash as object), body }, { data: options.data as object }));
    },
  };
}

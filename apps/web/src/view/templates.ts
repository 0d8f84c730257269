import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type Handlebars from 'handlebars';

type Compiled = Handlebars.TemplateDelegate;

const hbsFiles = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => join(dir, file));

/**
 * Compiles every template under `viewsDir`. Those under `components/` become partials by their file name; the others are
 * views by their path without ending (`pages/home`, `layouts/portal`). A syntax error stops here, at boot.
 *
 * `explicitPartialContext`: a component sees only what it is given, never a field of the page that happens to have the
 * same name. `knownHelpersOnly`: a mistyped helper is an error and not an empty place.
 */
export function loadTemplates(hb: typeof Handlebars, viewsDir: string): Map<string, Compiled> {
  const knownHelpers = Object.fromEntries(Object.keys(hb.helpers).map((name) => [name, true]));
  const options: CompileOptions = { knownHelpers, knownHelpersOnly: true, explicitPartialContext: true, preventIndent: true };
  const views = new Map<string, Compiled>();
  for (const file of hbsFiles(viewsDir)) {
    const name = relative(viewsDir, file).split(sep).join('/').slice(0, -4);
    const template = hb.compile(hb.parse(readFileSync(file, 'utf8')), options);
    if (!name.startsWith('components/')) {
      views.set(name, template);
      continue;
    }
    const partial = name.slice(name.lastIndexOf('/') + 1);
    if (hb.partials[partial]) throw new Error(`two components are called ${partial}`);
    hb.registerPartial(partial, template);
  }
  return views;
}

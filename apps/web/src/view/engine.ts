import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import type { Clock } from '@platform/kernel';
import { createTranslate, type Translate } from './catalogue';
import { type Lang } from './lang';
import { localisedHelpers } from './helpers/localised';
import { logicHelpers } from './helpers/logic';
import { markupHelpers } from './helpers/markup';
import type { PageBase } from './page';
import { loadTemplates } from './templates';

export interface ViewEngineOptions {
  /** `apps/web/views` */
  viewsDir: string;
  /** `apps/web/locales` */
  localesDir: string;
  /** `apps/web/public` */
  publicDir: string;
  /** `apps/web/styles/icons.json`: the names of the icons in the sprite */
  iconsFile: string;
  /** What "days left" is counted from. */
  clock: Clock;
  /** Development and tests: a missing text is an error, and templates and texts are read again at each render. */
  development?: { strictTexts: boolean; reload: boolean };
}

export type Layout = 'portal' | 'console' | 'bare' | 'embed';

export interface RenderOptions {
  lang: Lang;
  /** Without a layout the view alone is rendered: a fragment for htmx. */
  layout?: Layout;
}

export interface ViewEngine {
  /**
   * Renders `views/<view>.hbs` with `data`, inside `layouts/<layout>.hbs`. Everything is escaped by default.
   * Throws where the view, a component or a helper does not exist.
   */
  render<Data extends { page: PageBase }>(view: string, data: Data, options: RenderOptions): string;
  /** The same texts for code outside templates: `translate('zh', 'common:error.notFound')`. */
  translate: Translate;
}

type Loaded = { views: Map<string, Handlebars.TemplateDelegate>; translate: Translate };

function load(options: ViewEngineOptions): Loaded {
  const hb = Handlebars.create();
  const translate = createTranslate(options.localesDir, options.development?.strictTexts ?? false);
  const icons = new Set(JSON.parse(readFileSync(options.iconsFile, 'utf8')) as string[]);
  hb.registerHelper({
    ...logicHelpers,
    ...localisedHelpers(translate, options.clock),
    ...markupHelpers(hb, options.publicDir, icons),
  });
  return { views: loadTemplates(hb, options.viewsDir), translate };
}

/** Reads and compiles all templates and texts once. */
export function createViewEngine(options: ViewEngineOptions): ViewEngine {
  let loaded = load(options);

  const template = (name: string): Handlebars.TemplateDelegate => {
    const found = loaded.views.get(name);
    if (!found) throw new Error(`no view ${name}`);
    return found;
  };

  return {
    render(view, data, { lang, layout }) {
      if (options.development?.reload) loaded = load(options);
      const body = template(view)(data, { data: { lang } });
      if (!layout) return body;
      return template(`layouts/${layout}`)({ ...data, body }, { data: { lang } });
    },
    translate: (lang, key, params) => loaded.translate(lang, key, params),
  };
}

/** The engine over the folders of `apps/web`, wherever that folder lies (in the sources or beside the build). */
export function createWebViews(webDir: string, clock: Clock, development?: ViewEngineOptions['development']): ViewEngine {
  return createViewEngine({
    viewsDir: join(webDir, 'views'),
    localesDir: join(webDir, 'locales'),
    publicDir: join(webDir, 'public'),
    iconsFile: join(webDir, 'styles', 'icons.json'),
    clock,
    ...(development ? { development } : {}),
  });
}

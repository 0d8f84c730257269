import { PermissionRegistry } from '@platform/identity';
import { PublicReader } from '@platform/persistence';
import type { Settings } from '@platform/settings';
import { Inject, Injectable } from '@nestjs/common';
import type { Flash, PageBase, ViewEngine } from '../view';
import type { Page } from './answers';
import { Cities } from './cities';
import { issueCsrf } from './csrf';
import { CONSOLE_NAV } from './nav';
import { langOf, type WebReply, type WebRequest } from './request';
import { SETTINGS, VIEWS } from './tokens';

const FLASH_COOKIE = 'pl_flash';

/**
 * The same address in the other language. Not by `new URL`: what comes after two slashes is a host to it and to the browser, and `//` alone
 * makes it throw.
 */
function inOtherLanguage(url: string, lang: 'zh' | 'en'): string {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  const query = new URLSearchParams(at < 0 ? '' : url.slice(at));
  query.set('lang', lang === 'zh' ? 'en' : 'zh');
  return `/${path.replace(/^[/\\]+/, '')}?${query.toString()}`;
}

/** What every page receives beside its own data. */
@Injectable()
export class PageBases {
  private readonly departments = new Map<string, { zh: string; en: string }>();

  constructor(
    private readonly cities: Cities,
    private readonly permissions: PermissionRegistry,
    private readonly reader: PublicReader,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  async build(request: WebRequest, reply: WebReply, answer: Pick<Page, 'data'>): Promise<PageBase & Record<string, unknown>> {
    const lang = langOf(request);
    const path = request.url.split('?')[0] ?? '/';
    const actor = request.user ?? null;
    const cityCode = /^\/(\d{6})(\/|$)/.exec(path)?.[1] ?? actor?.cityId ?? request.cookies['pl_city'] ?? '';
    const city = await this.cities.find(cityCode);
    const { title, titleParams } = answer.data;
    const t = (key: string, params?: Record<string, unknown>): string => this.views.translate(lang, key, params);
    const issue = (): string => issueCsrf(request, reply, this.settings);
    let token: string | undefined;
    const base: PageBase & Record<string, unknown> = {
      title: /^[a-z-]+:[\w.]+$/.test(title) ? t(title, titleParams) : title,
      lang,
      otherLangUrl: inOtherLanguage(request.url, lang),
      largeText: request.cookies['pl_large'] === '1',
      cityCode: city?.id ?? '',
      cityName: city ? (lang === 'en' ? city.nameEn : city.name) : '',
      path,
      signedIn: actor !== null,
      // Only a page with a form makes a token and leaves a cookie; all its forms share the one token.
      get csrf(): string {
        return (token ??= issue());
      },
      demo: this.settings.demo !== null,
      now: this.settings.clock.now(),
    };
    if (actor) {
      const allowed = this.permissions.actionsOf(actor);
      base.personName = actor.name;
      base.roleNames = actor.roles.map((role) => t(`lifecycle:role.${role}`));
      base.departmentName = actor.tenantId ? await this.departmentName(actor.cityId, actor.tenantId, lang) : base.roleNames.join('、');
      base['roles'] = actor.roles;
      base['isStaff'] = actor.tenantId !== null || actor.roles.includes('expert');
      base.nav = CONSOLE_NAV.filter((item) => item.action === null || allowed.has(item.action)).map((item) => ({
        href: item.href, label: t(item.key), icon: item.icon,
        current: item.href === '/console' ? path === '/console' : path.startsWith(item.href),
      }));
    }
    const flash = this.takeFlash(request, reply, lang);
    if (flash) base.flash = flash;
    return base;
  }

  /** Leaves a message for the next page. */
  leaveFlash(reply: WebReply, key: string): void {
    void reply.setCookie(FLASH_COOKIE, key, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 60, secure: this.settings.secureCookies });
  }

  private takeFlash(request: WebRequest, reply: WebReply, lang: 'zh' | 'en'): Flash | null {
    const key = request.cookies[FLASH_COOKIE];
    if (!key || !/^[a-z-]+:[\w.]+$/.test(key)) return null;
    void reply.clearCookie(FLASH_COOKIE, { path: '/' });
    return { tone: 'success', title: this.views.translate(lang, key) };
  }

  private async departmentName(cityId: string, tenantId: string, lang: 'zh' | 'en'): Promise<string> {
    const key = `${cityId}/${tenantId}`;
    let names = this.departments.get(key);
    if (!names) {
      const [row] = await this.reader.query<{ zh: string; en: string }>('SELECT name AS zh, name_en AS en FROM department WHERE city_id = $1 AND id = $2', [cityId, tenantId]);
      names = row ?? { zh: '', en: '' };
      this.departments.set(key, names);
    }
    return names[lang];
  }
}

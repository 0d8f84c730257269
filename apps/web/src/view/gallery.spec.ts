import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { readGallery } from './gallery';
import type { ErrorView, LoginView } from './pages.view';
import { testPage, testViews, WEB_DIR } from './testing';

const views = testViews();
const viewsDir = join(WEB_DIR, 'views');
const components = readGallery(viewsDir);
const home = JSON.parse(readFileSync(join(viewsDir, 'pages', 'home.example.json'), 'utf8')) as object;
const langs = ['zh', 'en'] as const;

const login: LoginView = {
  cities: [{ id: '990000', name: '滨海市', nameEn: 'Binhai' }, { id: '980000', name: '云岭市', nameEn: 'Yunling' }], city: { id: '990000' },
  login: 'a', back: '/console', demoPassword: 'demo',
  demoAccounts: [{ department: '工业和信息化局', people: [{ name: '李明', roles: ['drafter', 'interpreter'], login: 'a', href: '/login?login=a' }] }],
};
/** A refused form, as the HTTP frame hands it back to its page. */
const form = {
  values: { login: 'b' }, errors: [{ field: 'login', message: '请输入账号。' }], errorFor: { login: '请输入账号。' }, gates: [], message: '填写的内容有误。',
};
const error = (status: ErrorView['status']): ErrorView => ({
  status, key: 'common:error.wrongState', params: { subject: '政策', state: '起草中', transition: '发布' }, article: '第一条', requestId: 'r-1',
  fields: [{ field: 'a', key: 'common:error.validation' }], gates: [{ gate: 'g', key: 'common:error.conflict', article: '第二条' }],
  back: { href: '/x', label: '返回' },
});

/** The page as HTML for every page of the frame in a language. */
function pages(lang: (typeof langs)[number]): [string, string][] {
  const page = testPage({ lang, nav: [{ href: '/console', label: '今天要办', icon: 'calendar-check', current: true, count: 3 }] });
  const staff = { ...page, signedIn: true, personName: '李明', departmentName: '工业和信息化局', roleNames: ['起草人'], largeText: true };
  const flash = { ...page, demo: true, now: new Date('2026-03-01T02:00:00Z'), flash: { tone: 'success', title: '已保存' } as const };
  const nothing = { consultations: [], published: [], figures: [], figuresAt: '2026-03-01' };
  return [
    ['gallery', views.render('pages/gallery', { page, components }, { lang, layout: 'portal' })],
    ['home', views.render('pages/home', { page: flash, ...home }, { lang, layout: 'portal' })],
    ['home, empty', views.render('pages/home', { page, ...nothing }, { lang, layout: 'portal' })],
    ['login', views.render('pages/login', { page, ...login, form }, { lang, layout: 'bare' })],
    ...([403, 404, 409, 422, 429, 500] as const).map((status): [string, string] => [
      `error ${status}`,
      views.render('pages/error', { page: staff, ...error(status) }, { lang, layout: 'console' }),
    ]),
  ];
}

it('has an example file for every component that page authors use', () => {
  const inner = ['brand-mark', 'demo-bar', 'page-head', 'page-tools', 'rail-list'];
  const folders = readdirSync(join(viewsDir, 'components')).filter((name) => !inner.includes(name));
  expect(components.map((component) => component.name)).toEqual(folders.sort());
  for (const component of components) {
    expect(component.shape).toContain('Data:');
    expect(component.examples.length).toBeGreaterThan(0);
  }
});

describe.each(langs)('in %s', (lang) => {
  it.each(pages(lang))('%s has no hole and no raw value in its text', (_name, html) => {
    const text = html.replace(/<pre class="gallery__shape[\s\S]*?<\/pre>/g, '').replace(/<[^>]+>/g, ' ');
    expect(text).not.toMatch(/undefined|\[object Object\]|NaN|\{\{|\b(common|home|lifecycle):\w/);
    expect(html).not.toMatch(/href=""|="undefined"|="\[object/);
  });

  it.each(pages(lang))('%s needs no inline style or script', (_name, html) => {
    expect(html).not.toMatch(/\sstyle=|\son[a-z]+="|<style|<script(?![^>]*\ssrc=)/);
  });

  it.each(pages(lang))('%s is valid HTML', async (name, html) => {
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: {
        // Void and boolean styles are the template's choice; white space at a line's end is left by Handlebars blocks.
        'void-style': 'off',
        'attribute-boolean-style': 'off',
        'no-trailing-whitespace': 'off',
        'long-title': 'off',
        'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit'] }],
        // The gallery shows the same component several times.
        'unique-landmark': name === 'gallery' ? 'off' : 'error',
      },
    });
    const report = await validator.validateString(html);
    const faults = report.results.flatMap((result) => result.messages.map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`));
    expect(faults).toEqual([]);
  });
});


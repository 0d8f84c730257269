import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fixedClock } from '@platform/kernel';
import { createWebViews } from './engine';
import { testPage, testViews } from './testing';

let dir: string;
const clock = fixedClock('2026-03-01T02:00:00Z');

const put = (file: string, content: string): void => {
  const path = join(dir, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
};

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'views-'));
  put('styles/icons.json', '[]');
  put('locales/zh/a.json', '{"hello": "你好，{{who}}", "only": "只有中文"}');
  put('locales/en/a.json', '{"hello": "Hello, {{who}}"}');
  put('views/layouts/bare.hbs', '<main>{{{body}}}</main>{{page.title}}');
  put('views/components/box/box.hbs', '[{{title}}{{hidden}}]');
  put('views/pages/one.hbs', "{{t 'a:hello' who=name}}{{> box title='t'}}");
});
afterEach(() => rmSync(dir, { recursive: true }));

it('renders a view in its layout, or alone as a fragment', () => {
  const views = createWebViews(dir, clock);
  const data = { page: testPage(), name: '<张>', hidden: 'leak' };
  expect(views.render('pages/one', data, { lang: 'zh', layout: 'bare' })).toBe('<main>你好，&lt;张&gt;[t]</main>测试页');
  expect(views.render('pages/one', data, { lang: 'en' })).toBe('Hello, &lt;张&gt;[t]');
});

it('falls back to Chinese, and refuses an unknown text only when strict', () => {
  expect(createWebViews(dir, clock).translate('en', 'a:only')).toBe('只有中文');
  expect(createWebViews(dir, clock).translate('zh', 'a:none')).toBe('none');
  expect(() => createWebViews(dir, clock, { strictTexts: true, reload: false }).translate('zh', 'a:none')).toThrow('no text for a:none');
});

it('names a view that does not exist', () => {
  expect(() => createWebViews(dir, clock).render('pages/two', { page: testPage() }, { lang: 'zh' })).toThrow('no view pages/two');
});

it('stops at boot at a syntax error, and at a mistyped helper when the view is rendered', () => {
  put('views/pages/one.hbs', "{{dat name 'x'}}");
  expect(() => createWebViews(dir, clock).render('pages/one', { page: testPage() }, { lang: 'zh' })).toThrow('dat');
  put('views/pages/one.hbs', '{{#if name}}');
  expect(() => createWebViews(dir, clock)).toThrow('Parse error');
});

it('reads templates again in development', () => {
  const views = createWebViews(dir, clock, { strictTexts: true, reload: true });
  put('views/pages/one.hbs', 'new');
  expect(views.render('pages/one', { page: testPage() }, { lang: 'zh' })).toBe('new');
});

it('escapes what a person wrote on every layout', () => {
  const views = testViews();
  const evil = '"><script>alert(1)</script>';
  const page = testPage({
    title: evil, cityName: evil, path: evil, otherLangUrl: evil, personName: evil, departmentName: evil, roleNames: [evil], csrf: evil,
    signedIn: true, nav: [{ href: evil, label: evil }], flash: { tone: 'info', title: evil, text: evil },
  });
  for (const layout of ['portal', 'console', 'bare'] as const) {
    const html = views.render('pages/login', { page, login: evil, back: evil, cities: [], demoAccounts: [{ department: evil, people: [] }] }, { lang: 'zh', layout });
    expect(html).not.toContain('<script>alert');
  }
});

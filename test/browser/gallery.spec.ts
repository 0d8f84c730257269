import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Browser } from 'playwright-core';
import { readGallery } from '../../apps/web/src/view/gallery';
import { testPage, testViews, WEB_DIR } from '../../apps/web/src/view/testing';
import { launchChromium } from './support/chromium';
import { axe, beyondTheEdge } from './support/inspect';
import { describeWithChromium } from '../support/capabilities';

const TYPES: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
const POLICY = "default-src 'self'; img-src 'self' data:; script-src 'self'; style-src 'self'";

const views = testViews();
const home = JSON.parse(readFileSync(join(WEB_DIR, 'views', 'pages', 'home.example.json'), 'utf8')) as object;
const gallery = { components: readGallery(join(WEB_DIR, 'views')) };

const pages: Record<string, string> = {
  '/gallery': views.render('pages/gallery', { page: testPage(), ...gallery }, { lang: 'zh', layout: 'portal' }),
  '/gallery-large': views.render('pages/gallery', { page: testPage({ largeText: true, lang: 'en' }), ...gallery }, { lang: 'en', layout: 'console' }),
  '/home': views.render('pages/home', { page: testPage({ demo: true, now: new Date('2026-03-01T02:00:00Z') }), ...home }, { lang: 'zh', layout: 'portal' }),
  '/login': views.render('pages/login', { page: testPage({ path: '/login' }), cities: [] }, { lang: 'zh', layout: 'bare' }),
};

describeWithChromium('the frame in a browser', () => {
  let server: Server;
  let browser: Browser;
  let base: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const file = join(WEB_DIR, 'public', normalize(path.replace(/^\/static/, '')));
      const html = pages[path];
      if (html) response.setHeader('content-type', 'text/html; charset=utf-8').setHeader('content-security-policy', POLICY).end(html);
      else if (path.startsWith('/static/') && existsSync(file)) response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain').end(readFileSync(file));
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const cases = Object.keys(pages).flatMap((path) => [1440, 390].map((width): [string, number] => [path, width]));

  it.each(cases)('%s at %i pixels: styled, no violation of WCAG 2.2 A and AA, nothing beyond the edge, nothing the policy blocks', async (path, width) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, serviceWorkers: 'block' });
    const tab = await context.newPage();
    const complaints: string[] = [];
    tab.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await tab.goto(base + path, { waitUntil: 'load' });
    expect(complaints).toEqual([]);
    expect(await tab.evaluate("getComputedStyle(document.body).getPropertyValue('--blue').trim()")).toBe('#0b4f9e');
    expect(await beyondTheEdge(tab)).toEqual([]);
    expect(await axe(tab)).toEqual([]);
    await context.close();
  });

  it('leads the keyboard past the navigation to the content', async () => {
    const tab = await browser.newPage();
    await tab.goto(`${base}/home`);
    await tab.keyboard.press('Tab');
    expect(await tab.evaluate("document.activeElement.getAttribute('href')")).toBe('#main');
    await tab.keyboard.press('Enter');
    expect(await tab.evaluate('document.activeElement.id')).toBe('main');
    await tab.close();
  });

  it('prints the line as a table', async () => {
    const tab = await browser.newPage();
    await tab.goto(`${base}/gallery`);
    const shown = (selector: string) => tab.locator(selector).first().isVisible();
    expect([await shown('.lc__steps'), await shown('.lc__print')]).toEqual([true, false]);
    await tab.emulateMedia({ media: 'print' });
    expect([await shown('.lc__steps'), await shown('.lc__print')]).toEqual([false, true]);
    await tab.close();
  });
});

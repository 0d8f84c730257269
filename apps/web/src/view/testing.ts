import { join } from 'node:path';
import { fixedClock } from '@platform/kernel';
import { createWebViews, type ViewEngine } from './engine';
import type { PageBase } from './page';

/** The folder of the web door, from its sources. */
export const WEB_DIR = join(__dirname, '..', '..');

/** An engine that stands at 1 March 2026, 10:00 in Asia/Shanghai, and to which a missing text is an error. */
export const testViews = (): ViewEngine =>
  createWebViews(WEB_DIR, fixedClock('2026-03-01T02:00:00Z'), { strictTexts: true, reload: false });

/** The base of a page, for tests that render one. */
export const testPage = (changes: Partial<PageBase> = {}): PageBase => ({
  title: '测试页',
  lang: 'zh',
  otherLangUrl: '?lang=en',
  largeText: false,
  cityName: '滨海市',
  cityCode: '990000',
  path: '/',
  signedIn: false,
  csrf: 'token',
  ...changes,
});

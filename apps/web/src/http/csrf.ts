import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { ACCESS_COOKIE } from '@platform/identity';
import { DomainError } from '@platform/kernel';
import type { Settings } from '@platform/settings';
import { isApi, type WebReply, type WebRequest } from './request';

const COOKIE = 'pl_csrf';

/** Who the token is for: this browser, and the session whose access cookie it carries. */
function tokenOf(secret: string, browser: string): string {
  return createHmac('sha256', secret).update(browser).digest('base64url');
}

/** The token for the forms of this page; gives the browser its cookie at the first one. */
export function issueCsrf(request: WebRequest, reply: WebReply, settings: Settings): string {
  let browser = request.cookies[COOKIE];
  if (!browser || browser.length < 20) {
    browser = randomBytes(24).toString('base64url');
    void reply.setCookie(COOKIE, browser, { path: '/', httpOnly: true, sameSite: 'lax', secure: settings.secureCookies });
  }
  return tokenOf(settings.csrfSecret, browser);
}

/** A new browser secret, so that tokens issued before signing in are worth nothing afterwards. */
export function renewCsrf(reply: WebReply, settings: Settings): void {
  void reply.setCookie(COOKIE, randomBytes(24).toString('base64url'), { path: '/', httpOnly: true, sameSite: 'lax', secure: settings.secureCookies });
}

/**
 * Refuses a change that does not come from a page of ours. Bearer tokens are exempt, as no browser sends them by itself; so is the API without
 * the session's cookie, as there is then nothing to abuse.
 */
export function checkCsrf(request: WebRequest, settings: Settings): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || request.headers.authorization?.startsWith('Bearer ')) return;
  if (isApi(request) && !request.cookies[ACCESS_COOKIE]) return;
  const header = request.headers['x-csrf-token'];
  const given = request.csrfToken ?? (typeof header === 'string' ? header : '');
  const expected = tokenOf(settings.csrfSecret, request.cookies[COOKIE] ?? '');
  // Compared as bytes: a token of as many characters outside ASCII is longer, and `timingSafeEqual` throws at that.
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  const good = request.cookies[COOKIE] !== undefined && a.length === b.length && timingSafeEqual(a, b);
  if (!good) throw DomainError.forbidden('common:error.csrf');
}

import { ACCESS_COOKIE, type Sessions, type SignedIn } from '@platform/identity';
import type { Settings } from '@platform/settings';
import { isApi, type WebReply, type WebRequest } from './request';

const REFRESH_COOKIE = 'pl_refresh';
const options = (settings: Settings) => ({ path: '/', httpOnly: true, sameSite: 'lax' as const, secure: settings.secureCookies });

export function setSession(reply: WebReply, signedIn: SignedIn, settings: Settings): void {
  void reply.setCookie(ACCESS_COOKIE, signedIn.accessToken, { ...options(settings), maxAge: 10 * 60 });
  if (signedIn.refreshToken) void reply.setCookie(REFRESH_COOKIE, signedIn.refreshToken, { ...options(settings), maxAge: 12 * 3600 });
}

export function clearSession(reply: WebReply, settings: Settings): void {
  void reply.clearCookie(ACCESS_COOKIE, options(settings));
  void reply.clearCookie(REFRESH_COOKIE, options(settings));
}

/** On pages, an access token that has run out is renewed on the way, so that nobody is thrown out in the middle of a form. */
export async function renewSession(request: WebRequest, reply: WebReply, sessions: Sessions, settings: Settings): Promise<void> {
  const refresh = request.cookies[REFRESH_COOKIE];
  if (isApi(request) || request.cookies[ACCESS_COOKIE] || !refresh) return;
  const renewed = await sessions.renew(refresh);
  if (!renewed) {
    clearSession(reply, settings);
    return;
  }
  setSession(reply, renewed, settings);
  request.cookies[ACCESS_COOKIE] = renewed.accessToken;
}

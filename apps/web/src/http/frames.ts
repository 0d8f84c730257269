import type { WebReply } from './request';

/** Nothing but text, the style sheet and links: no script, no form, no cookie is set. */
const EMBED_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

/**
 * Lets other sites show this answer in a frame. Every other page refuses it (`frame-ancestors 'none'` and `X-Frame-Options`, set in
 * web-app.ts), as a page with a form in a stranger's frame can be clicked by deception.
 */
export function makeFrameable(reply: WebReply): void {
  // Helmet writes to the raw response, where `reply.removeHeader` does not reach.
  reply.raw.removeHeader('x-frame-options');
  void reply.header('content-security-policy', EMBED_POLICY).header('cross-origin-resource-policy', 'cross-origin');
}

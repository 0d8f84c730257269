import { createHash } from 'node:crypto';
import { leadingZeroBits, workMessage } from '../../apps/web/src/consultation/challenge';
import type { TestApp } from './app';

/** Does what the browser's worker does: the number that solves a challenge. */
export function solve(token: string, bits: number): string {
  for (let n = 0; ; n += 1) {
    if (leadingZeroBits(createHash('sha256').update(workMessage(token, String(n))).digest()) >= bits) return String(n);
  }
}

/** The hidden fields of a page's form with its challenge solved; empty where there is none. */
export function solvedFields(html: string): { _challenge?: string; _solution?: string } {
  const [, token = '', bits = ''] = /data-proof="([^"]+)" data-bits="(\d+)"/.exec(html) ?? [];
  return token ? { _challenge: token, _solution: solve(token, Number(bits)) } : {};
}

/** As `solvedFields`, with the key that the page gave its form: what a browser sends of itself. */
export function formFields(html: string): Record<string, string> {
  const [, key] = /name="_key" value="([^"]+)"/.exec(html) ?? [];
  return { ...(key ? { _key: key } : {}), ...solvedFields(html) };
}

/** Answers the question in words of a page. */
export function wordsAnswer(html: string): string {
  const numbers = '二三四五六七八九';
  const [, a = '', b = ''] = /请回答：(.)加(.)等于几/.exec(html) ?? [];
  return String(numbers.indexOf(a) + numbers.indexOf(b) + 4);
}

/** Asks the API for the challenge of a key, and solves it; empty for a consultation that takes nothing. */
async function solvedFor({ app }: Pick<TestApp, 'app'>, cityId: string, consultationId: string, key: string): Promise<{ challenge: string; solution: string } | null> {
  const answer = await app.inject({ url: `/api/v1/cities/${cityId}/consultations/${encodeURIComponent(consultationId)}/challenge`, headers: { 'idempotency-key': key } });
  if (answer.statusCode !== 200) return null;
  const { challenge, bits } = answer.json<{ challenge: string; bits: number }>();
  return { challenge, solution: solve(challenge, bits) };
}

/** Headers of a post to the API by somebody who is not signed in, the key's among them. */
export async function proofHeaders(test: Pick<TestApp, 'app'>, cityId: string, consultationId: string, key: string): Promise<Record<string, string>> {
  const solved = await solvedFor(test, cityId, consultationId, key);
  return { 'idempotency-key': key, ...(solved ? { 'intake-challenge': solved.challenge, 'intake-solution': solved.solution } : {}) };
}

/** The same for a form that is sent under a key of the test's own choosing. */
export async function proofFields(test: Pick<TestApp, 'app'>, cityId: string, consultationId: string, key: string): Promise<Record<string, string>> {
  const solved = await solvedFor(test, cityId, consultationId, key);
  return { _key: key, ...(solved ? { _challenge: solved.challenge, _solution: solved.solution } : {}) };
}

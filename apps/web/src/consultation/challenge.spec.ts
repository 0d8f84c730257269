import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import fc from 'fast-check';
import { type Binding, judgeProof, leadingZeroBits, LEAST_SECONDS, mintChallenge, workMessage } from './challenge';

const SECRET = 'only for this test';
const AT = new Date('2026-03-02T09:00:00+08:00');
const later = (seconds: number): Date => new Date(AT.getTime() + seconds * 1000);
const BINDING: Binding = { cityId: '999901', subject: 'a consultation', key: 'the key of one post' };

/** The worker as a browser runs it: it hears of a challenge and answers a number. */
function workerSolves(token: string, bits: number): string {
  const source = readFileSync(path.resolve(__dirname, '../../public/js/intake-work.js'), 'utf8');
  let solution = '';
  const self = { onmessage: null as ((event: { data: object }) => void) | null, postMessage: (found: string) => (solution = found) };
  vm.runInNewContext(source, { self, TextEncoder, Uint8Array, Int32Array, Uint32Array, DataView, Math });
  self.onmessage?.({ data: { token, bits } });
  return solution;
}

describe('work', () => {
  test('the worker\'s number is good by SHA-256 as Node has it, for every challenge', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 150 }), fc.integer({ min: 0, max: 11 }), (token, bits) => {
      const solution = workerSolves(token, bits);
      expect(solution).toMatch(/^\d+$/);
      expect(leadingZeroBits(createHash('sha256').update(workMessage(token, solution)).digest())).toBeGreaterThanOrEqual(bits);
    }), { numRuns: 60 });
  });

  test('opens the door for this post alone: not for another key, consultation or city, and not with another secret', () => {
    const { token, bits } = mintChallenge(SECRET, BINDING, 10, AT);
    const proof = { challenge: token, solution: workerSolves(token, bits) };
    expect(judgeProof(SECRET, BINDING, proof, later(0))).toBe('work');
    expect(judgeProof(SECRET, BINDING, proof, later(4 * 3600 - 1))).toBe('work');
    for (const other of [{ key: 'another key of a post' }, { subject: 'another' }, { cityId: '999902' }]) expect(judgeProof(SECRET, { ...BINDING, ...other }, proof, AT)).toBe('expired');
    expect(judgeProof('another secret', BINDING, proof, AT)).toBe('expired');
    expect(judgeProof(SECRET, BINDING, proof, later(4 * 3600))).toBe('expired');
    expect(judgeProof(SECRET, BINDING, proof, later(-1))).toBe('expired');
  });

  test('cannot be made easier, and rubbish is no proof', () => {
    const { token } = mintChallenge(SECRET, BINDING, 20, AT);
    for (const challenge of ['', 'v1', token.replace('.20.', '.0.'), token.replace('.20.', '.02.'), `${token}x`, token.slice(1), 'v1.zzzzzzzzzzz.0.'.padEnd(60, 'A'), '\u{20000}'.repeat(40)]) {
      expect([challenge, judgeProof(SECRET, BINDING, { challenge, solution: '1', answer: '8' }, AT)]).toEqual([challenge, 'expired']);
    }
    for (const solution of ['', '-1', '1e3', ' 1', '1'.repeat(16), '0x10', '１']) expect([solution, judgeProof(SECRET, BINDING, { challenge: token, solution }, AT)]).toEqual([solution, 'unsolved']);
  });
});

describe('the question in words', () => {
  const { token, a, b } = mintChallenge(SECRET, BINDING, 20, AT);
  const judge = (answer: string, seconds = LEAST_SECONDS) => judgeProof(SECRET, BINDING, { challenge: token, answer }, later(seconds));

  test('takes digits and words of both languages, once the form is old enough', () => {
    const sum = a + b;
    const wide = String.fromCharCode(...[...String(sum)].map((digit) => digit.charCodeAt(0) + 0xfee0));
    const chinese = '零一二三四五六七八九十'.charAt(sum) || `十${'零一二三四五六七八'.charAt(sum - 10)}`;
    for (const answer of [String(sum), ` ${sum} `, wide, chinese]) expect([answer, judge(answer)]).toEqual([answer, 'question']);
    expect(judge(String(sum), LEAST_SECONDS - 0.001)).toBe('early');
    for (const answer of [String(sum + 1), '零', `${sum}.0`, `-${sum}`]) expect(judge(answer)).toBe('wrong');
    expect(judge(' ')).toBe('unsolved');
  });

  test('is another one for another form, and its numbers are between two and nine', () => {
    const sums = Array.from({ length: 200 }, (_, n) => mintChallenge(SECRET, { ...BINDING, key: `key number ${n}` }, 20, AT));
    expect(new Set(sums.map((one) => `${one.a}+${one.b}`)).size).toBeGreaterThan(40);
    expect(sums.every((one) => [one.a, one.b].every((number) => number >= 2 && number <= 9))).toBe(true);
  });
});

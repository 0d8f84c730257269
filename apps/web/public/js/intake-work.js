/**
 * A worker that looks for the number which the form's challenge asks for: SHA-256 (FIPS 180-4) of `policyloop-intake:<token>:<number>` has to begin with
 * `bits` zero bits. By hand and not by WebCrypto, whose answer comes one promise a hash, and only over TLS.
 */
(() => {
  'use strict';

  /** The first 32 bits of the fractional parts of the roots of the first primes: the constants of SHA-256. */
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const fraction = (value) => Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
  const ROUND = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
  const START = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

  const words = new Int32Array(64);

  /** Takes the 64 bytes of `block` that begin at `offset` into `state`. */
  function compress(state, block, offset) {
    for (let t = 0; t < 16; t += 1) {
      const at = offset + 4 * t;
      words[t] = (block[at] << 24) | (block[at + 1] << 16) | (block[at + 2] << 8) | block[at + 3];
    }
    for (let t = 16; t < 64; t += 1) {
      const [x, y] = [words[t - 15], words[t - 2]];
      const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      words[t] = (words[t - 16] + low + words[t - 7] + high) | 0;
    }
    let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
    for (let t = 0; t < 64; t += 1) {
      const one = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) + ((e & f) ^ (~e & g)) + ROUND[t] + words[t]) | 0;
      const two = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0;
      d = c; c = b; b = a; a = (one + two) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  }

  /** How many zero bits a state begins with, as far as 32. */
  const zeros = (state) => Math.clz32(state[0]);

  function solve(token, bits) {
    const prefix = new TextEncoder().encode(`policyloop-intake:${token}:`);
    const whole = prefix.length - (prefix.length % 64);
    const middle = Int32Array.from(START);
    // What comes before the number is the same each time and is hashed once.
    for (let at = 0; at < whole; at += 64) compress(middle, prefix, at);
    const rest = prefix.subarray(whole);
    const tail = new Uint8Array(128);
    const view = new DataView(tail.buffer);
    const state = new Int32Array(8);
    for (let n = 0; ; n += 1) {
      const digits = String(n);
      const used = rest.length + digits.length;
      const length = used + 9 <= 64 ? 64 : 128;
      tail.fill(0);
      tail.set(rest);
      for (let i = 0; i < digits.length; i += 1) tail[rest.length + i] = digits.charCodeAt(i);
      tail[used] = 0x80;
      view.setUint32(length - 4, (whole + used) * 8);
      state.set(middle);
      for (let at = 0; at < length; at += 64) compress(state, tail, at);
      if (zeros(state) >= bits) return digits;
    }
  }

  self.onmessage = ({ data }) => self.postMessage(solve(data.token, data.bits));
})();

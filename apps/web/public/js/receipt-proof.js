/**
 * Whether the opinion of a receipt is under a published root: from the two files alone, in this browser, without a network. The same checks in the
 * same order as libs/domains/consultation/src/domain/verify-receipt.ts; a test holds the two against each other.
 */
(() => {
  'use strict';

  const MAX_RECEIPT_FILE = 256 * 1024;
  const MAX_ROOT_FILE = 16 * 1024 * 1024;
  const encoder = new TextEncoder();

  // ---- hashes

  const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const joined = (...parts) => {
    const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
    return all;
  };
  const sha256Hex = async (text) => toHex(await sha256(encoder.encode(text)));
  const leafHash = (text) => sha256(joined([0], encoder.encode(text)));
  const nodeHash = (left, right) => sha256(joined([1], left, right));

  /** JSON with sorted keys and no white space (after RFC 8785). */
  function canonicalJson(value) {
    if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`).join(',')}}`;
  }

  // ---- the two files

  const isHash = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
  const isText = (value) => typeof value === 'string' && !/\p{Surrogate}/u.test(value);
  const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
  const isInstant = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value));
  const when = (holds) => (value, at) => (holds(value) ? null : at);
  const orNull = (holds) => (value) => value === null || holds(value);
  const is = (constant) => when((value) => value === constant);
  const [text, textOrNull, hash, hashOrNull] = [when(isText), when(orNull(isText)), when(isHash), when(orNull(isHash))];
  const [count, instant, hashes] = [when(isCount), when(isInstant), when((value) => Array.isArray(value) && value.every(isHash))];

  const object = (required, optional = {}) => (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return at;
    const inside = (name) => (at ? `${at}.${name}` : name);
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(required, name) && !Object.hasOwn(optional, name));
    if (unknown !== undefined) return inside(unknown.slice(0, 40));
    for (const [name, check] of Object.entries({ ...required, ...optional })) {
      const present = Object.hasOwn(value, name);
      if (!present && Object.hasOwn(optional, name)) continue;
      const fault = present ? check(value[name], inside(name)) : inside(name);
      if (fault !== null) return fault;
    }
    return null;
  };

  const LEAF = {
    city: text, consultation: text, draft: text, opinion: text, receiptNo: text, receivedAt: instant, channel: text, stance: text, clause: textOrNull,
    text: hash, quote: hashOrNull, author: hash,
  };
  const WORDS = { salt: hash, text, quote: textOrNull, author: object({ account: textOrNull, kind: text, name: textOrNull, publicName: textOrNull }) };
  const list = (check) => (value, at) => (Array.isArray(value) ? value.reduce((fault, item, no) => fault ?? check(item, `${at}.${no}`), null) : at);
  const receiptOf = (leaf, words) => object({ format: is('policyloop-receipt'), version: is(1), leafHash: hash, leaf: object(leaf) },
    { words: object(words), proof: object({ index: count, size: count, path: hashes }) });
  const RECEIPT_V1 = receiptOf({ v: is(1), ...LEAF }, WORDS);
  const RECEIPT_V2 = receiptOf({ v: is(2), ...LEAF, attachments: hashes }, { ...WORDS, attachments: list(object({ name: text, size: count, sha256: hash })) });
  const RECEIPT = (value, at) => (value?.leaf?.v === 2 ? RECEIPT_V2 : RECEIPT_V1)(value, at);
  const ROOT = object({
    format: is('policyloop-root'), version: is(1), algorithm: is('RFC9162-SHA256'), city: text, consultation: text, draft: text, size: count, root: hash,
    closedAt: instant, computedAt: instant, published: text, fingerprint: hash,
  }, { leaves: hashes });

  function read(file, most, check) {
    if (file === null) return { problem: 'NotJson' };
    if (encoder.encode(file).length > most) return { problem: 'TooLarge' };
    let value;
    try {
      value = JSON.parse(file.replace(/^\uFEFF/, ''));
    } catch {
      return { problem: 'NotJson' };
    }
    const member = check(value, '');
    return member === null ? { value } : { problem: 'Shape', params: { member: member || '/' } };
  }

  // ---- the tree (RFC 9162 §2.1)

  async function rootOf(leaves) {
    if (leaves.length === 0) return sha256(new Uint8Array(0));
    let level = leaves;
    // Pair by pair, the odd one at the right edge going up as it is: the same tree as the standard's.
    while (level.length > 1) {
      const next = [];
      for (let at = 0; at + 1 < level.length; at += 2) next.push(nodeHash(level[at], level[at + 1]));
      level = [...await Promise.all(next), ...(level.length % 2 === 1 ? [level[level.length - 1]] : [])];
    }
    return level[0];
  }

  async function inclusionHolds(leaf, index, size, path, root) {
    if (index >= size) return false;
    const half = (value) => Math.floor(value / 2);
    let [at, last, node] = [index, size - 1, leaf];
    for (const sister of path) {
      if (last === 0) return false;
      if (at % 2 === 1 || at === last) {
        node = await nodeHash(fromHex(sister), node);
        while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
      } else {
        node = await nodeHash(node, fromHex(sister));
      }
      [at, last] = [half(at), half(last)];
    }
    return last === 0 && toHex(node) === root;
  }

  // ---- the verdict

  const no = (reason, params = {}) => ({ included: false, reason, params });
  const commitment = (part, salt, value) => sha256Hex(`policyloop-${part}-v1\n${salt}\n${value}`);

  async function opens(words, leaf) {
    const { salt, quote, author } = words;
    return await commitment('text', salt, words.text) === leaf.text
      && (quote === null ? null : await commitment('quote', salt, quote)) === leaf.quote
      && await commitment('author', salt, canonicalJson(author)) === leaf.author;
  }

  async function filesOpen({ salt, attachments }, leaf) {
    const commitments = await Promise.all(attachments.map(({ name, size, sha256: digest }, at) => commitment('attachment', salt, canonicalJson({ no: at + 1, name, size, sha256: digest }))));
    return commitments.join() === leaf.attachments.join();
  }

  async function judge({ leaf, leafHash: told, words, proof }, { fingerprint, leaves, ...root }) {
    const ownHash = await leafHash(canonicalJson(leaf));
    if (toHex(ownHash) !== told) return no('leafAltered');
    if (words && !await opens(words, leaf)) return no('wordsAltered');
    if (words && leaf.v === 2 && !await filesOpen(words, leaf)) return no('filesAltered');
    if (await sha256Hex(canonicalJson(root)) !== fingerprint) return no('rootAltered');
    if (leaf.consultation !== root.consultation || leaf.city !== root.city || leaf.draft !== root.draft) return no('otherConsultation');
    if (leaves && (leaves.length !== root.size || toHex(await rootOf(leaves.map(fromHex))) !== root.root)) return no('leavesAltered');
    const index = leaves ? leaves.indexOf(told) : -1;
    if (leaves && index === -1) return no('notAmongLeaves', { size: root.size });
    if (proof && !(proof.size === root.size && await inclusionHolds(ownHash, proof.index, proof.size, proof.path, root.root))) return no('proofFails', { size: root.size });
    if (!proof && index === -1) return no('noProof', { path: `/${root.city}/consultations/${root.consultation}/proof/${told}` });
    return { included: true, reason: words ? 'included' : 'includedWithoutWords', params: { no: (proof ? proof.index : index) + 1, size: root.size, fingerprint } };
  }

  /** `{included, reason, params}` for the texts of a receipt and of a root file; null stands for bytes that are no UTF-8. */
  async function verifyReceipt(receiptText, rootText) {
    const receipt = read(receiptText, MAX_RECEIPT_FILE, RECEIPT);
    if (!receipt.value) return no(`receipt${receipt.problem}`, receipt.params);
    const root = read(rootText, MAX_ROOT_FILE, ROOT);
    if (!root.value) return no(`root${root.problem}`, root.params);
    return judge(receipt.value, root.value);
  }

  window.policyloopReceiptProof = { verifyReceipt };
})();

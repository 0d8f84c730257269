import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { MerkleTree } from '@platform/merkle';
import { type AttachedFile, attachmentCommitments, commitment, commitmentsOf, type OpinionLeaf, opinionLeafHash, type OpinionWords } from './opinion-leaf';
import { fingerprintOf, MAX_RECEIPT_FILE, type ReceiptFile, type RootFile } from './proof-files';
import { type ReceiptVerdict, VERDICT_REASONS, verifyReceipt } from './verify-receipt';

/** Arbitrary choices that come the same each time, so that a failure can be repeated. */
function choices(seed: number): (n: number) => number {
  let state = seed;
  return (n) => (state = (state * 48_271) % 2_147_483_647) % n;
}
const digits = (next: (n: number) => number, length: number): string => Array.from({ length }, () => next(16).toString(16)).join('');
const CITY = '999901';
const [CONSULTATION, DRAFT] = ['0197a000-0000-7000-8000-00000000000c', '0197a000-0000-7000-8000-00000000000d'];

/** A closed consultation of `n` opinions, some of them from before there were files: the receipt of each, with its proof, and the root with all leaves. */
function closed(n: number, seed = 7): { receipts: ReceiptFile[]; root: RootFile } {
  const next = choices(seed);
  const opinions = Array.from({ length: n }, (_, at) => {
    const old = at % 4 === 3;
    const files: AttachedFile[] = at % 3 === 1 ? [0, 1].map((no) => ({ name: `附件${no} "a".pdf`, size: 1000 + at + no, sha256: digits(next, 64) })) : [];
    const words: OpinionWords = {
      ...(old ? {} : { attachments: files }), salt: digits(next, 64), text: `第${at}条意见：提高到百分之十五 "引号" \\ é`, quote: at % 3 === 0 ? '百分之十' : null,
      author: { account: null, kind: 'anonymous', name: at % 2 ? `张${at}` : null, publicName: null },
    };
    const core = {
      city: CITY, consultation: CONSULTATION, draft: DRAFT, opinion: `0197a000-0000-7000-8000-${digits(next, 12)}`, receiptNo: `YJ20260301-${digits(next, 8)}`,
      receivedAt: '2026-03-01T01:02:03.004Z', channel: 'website', stance: 'suggest', clause: at % 3 === 0 ? 'art_2' : null, ...commitmentsOf(words),
    };
    const leaf: OpinionLeaf = old ? { v: 1, ...core } : { v: 2, ...core, attachments: attachmentCommitments(words.salt, files) };
    return { words, leaf, hash: opinionLeafHash(leaf) };
  });
  const tree = MerkleTree.of(opinions.map(({ hash }) => hash));
  const members = {
    format: 'policyloop-root', version: 1, algorithm: 'RFC9162-SHA256', city: CITY, consultation: CONSULTATION, draft: DRAFT, size: n, root: tree.root().toString('hex'),
    closedAt: '2026-04-01T16:00:00.000Z', computedAt: '2026-04-01T16:00:00.000Z', published: `/${CITY}/consultations/${CONSULTATION}`,
  } as const;
  return {
    receipts: opinions.map(({ words, leaf, hash }, index): ReceiptFile => ({
      format: 'policyloop-receipt', version: 1, leaf, leafHash: hash.toString('hex'), words,
      proof: { index, size: n, path: tree.inclusionProof(index).map((one) => one.toString('hex')) },
    })),
    root: { ...members, fingerprint: fingerprintOf(members), leaves: opinions.map(({ hash }) => hash.toString('hex')) },
  };
}

const without = <T extends object>(value: T, ...names: (keyof T)[]): T => Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name as keyof T))) as T;
const judge = (receipt: unknown, root: unknown): ReceiptVerdict => verifyReceipt(JSON.stringify(receipt), JSON.stringify(root));

/** The script that browsers run, in a context that has what a browser has and nothing of Node. */
const browser = createContext({ window: {}, crypto: webcrypto, TextEncoder });
runInContext(readFileSync(join(__dirname, '../../../../../apps/web/public/js/receipt-proof.js'), 'utf8'), browser);
const inBrowser = (receipt: string | null, root: string | null): Promise<ReceiptVerdict> =>
  (runInContext('window', browser) as { policyloopReceiptProof: { verifyReceipt: typeof inBrowser } }).policyloopReceiptProof.verifyReceipt(receipt, root).then((verdict) => JSON.parse(JSON.stringify(verdict)) as ReceiptVerdict);

test('a commitment is plain SHA-256 over its part, salt and value', () => {
  // printf 'policyloop-text-v1\nab\n支持' | sha256sum
  expect(commitment('text', 'ab', '支持')).toBe('8d11c2715957bff1850662f9551ea630ee0e0d00b937ddd3f575db8ad65440b6');
});

test('every receipt holds: by its proof, by the leaves, by both, and without the words', async () => {
  for (const n of [1, 2, 3, 5, 8, 21]) {
    const { receipts, root } = closed(n);
    const bare = without(root, 'leaves');
    for (const [at, receipt] of receipts.entries()) {
      const params = { no: at + 1, size: n, fingerprint: root.fingerprint };
      expect(judge(receipt, root)).toEqual({ included: true, reason: 'included', params });
      expect(judge(receipt, bare)).toEqual({ included: true, reason: 'included', params });
      expect(judge(without(receipt, 'proof'), root)).toEqual({ included: true, reason: 'included', params });
      expect(judge(without(receipt, 'words'), bare)).toEqual({ included: true, reason: 'includedWithoutWords', params });
      expect(judge(without(receipt, 'proof'), bare)).toEqual({ included: false, reason: 'noProof', params: { path: `${root.published}/proof/${receipt.leafHash}` } });
      expect(await inBrowser(JSON.stringify(receipt), JSON.stringify(root))).toEqual({ included: true, reason: 'included', params });
    }
  }
});

/** Every place of a JSON value, as the way to it. */
function places(value: unknown, way: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [way];
  return [...(way.length > 0 ? [way] : []), ...Object.entries(value).flatMap(([name, inner]) => places(inner, [...way, Array.isArray(value) ? Number(name) : name]))];
}

/** Changes one place: another value of the same type, another type, gone, doubled, or a member more. Null where that is no change or a permitted one. */
function tampered(value: object, next: (n: number) => number): object | null {
  const copy = structuredClone(value) as Record<string, unknown>;
  const all = places(copy);
  const way = all[next(all.length)]!;
  const name = way.at(-1)!;
  const parent = way.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], copy) as Record<string | number, unknown>;
  const old = parent[name];
  const kind = next(5);
  if (kind === 0 && Array.isArray(parent)) parent.splice(Number(name), 1);
  else if (kind === 0) {
    if (['words', 'proof', 'leaves'].includes(String(name))) return null;
    Reflect.deleteProperty(parent, name);
  } else if (kind === 1) parent[name] = [null, 0, 'x', [], {}, true, -1, 1e300][next(8)];
  else if (kind === 2 && Array.isArray(parent)) parent.splice(Number(name), 0, old);
  else if (kind === 2) parent[`${name}2`] = old;
  else if (typeof old === 'string' && old !== '') {
    const at = next(old.length);
    const other = /[0-9a-f]/.test(old.charAt(at)) ? ((Number.parseInt(old.charAt(at), 16) + 1 + next(15)) % 16).toString(16) : '改';
    parent[name] = old.slice(0, at) + other + old.slice(at + 1);
  } else if (typeof old === 'number') parent[name] = old + 1 + next(3);
  else return null;
  return JSON.stringify(copy) === JSON.stringify(value) ? null : copy;
}

test('1,000 random tamperings of receipts, proofs and roots are all found, by the browser too, and for the same reason', async () => {
  const next = choices(20_260_301);
  const { receipts, root } = closed(13);
  const seen = new Map<string, number>();
  for (let tried = 0; tried < 1000;) {
    const receipt = receipts[next(receipts.length)]!;
    // The leaves would also find what the proof finds, so half of the roots go without them.
    const whole = tried % 2 === 0 ? root : without(root, 'leaves');
    const [changedReceipt, changedRoot] = tried % 3 === 0 ? [receipt, tampered(whole, next)] : [tampered(receipt, next), whole];
    if (!changedReceipt || !changedRoot) continue;
    tried += 1;
    const files = [JSON.stringify(changedReceipt), JSON.stringify(changedRoot)] as const;
    const verdict = verifyReceipt(...files);
    expect({ files, included: verdict.included }).toEqual({ files, included: false });
    expect(VERDICT_REASONS).toContain(verdict.reason);
    expect(await inBrowser(...files)).toEqual(verdict);
    seen.set(verdict.reason, (seen.get(verdict.reason) ?? 0) + 1);
  }
  // They were of many kinds, not a thousand broken shapes.
  expect([...seen.keys()]).toEqual(expect.arrayContaining(['leafAltered', 'wordsAltered', 'filesAltered', 'rootAltered', 'leavesAltered', 'proofFails', 'receiptShape', 'rootShape']));
});

test('1,000 single letters of the files changed are all found', () => {
  const next = choices(99);
  const { receipts, root } = closed(6);
  for (let tried = 0; tried < 1000; tried += 1) {
    const files: [string, string] = [JSON.stringify(receipts[next(6)]), JSON.stringify(root)];
    const which = next(2) as 0 | 1;
    const at = next(files[which].length);
    const letter = String.fromCharCode(33 + next(94));
    if (files[which].charAt(at) === letter) continue;
    files[which] = files[which].slice(0, at) + letter + files[which].slice(at + 1);
    expect({ at, letter, which, ...verifyReceipt(...files) }).toMatchObject({ included: false });
  }
});

describe('what an attacker may try', () => {
  const { receipts, root } = closed(9);
  const rehashed = (changes: Partial<RootFile>): RootFile => ({ ...root, ...changes, fingerprint: fingerprintOf({ ...root, ...changes }) });

  test('a receipt of another consultation, or one that was left out, with everything else recomputed', () => {
    expect(judge(receipts[0], rehashed({ consultation: '0197a000-0000-7000-8000-0000000000ff' })).reason).toBe('otherConsultation');
    const dropped = closed(9, 8);
    expect(judge(receipts[0], dropped.root)).toEqual({ included: false, reason: 'notAmongLeaves', params: { size: 9 } });
    expect(judge(receipts[0], without(dropped.root, 'leaves')).reason).toBe('proofFails');
  });

  test('another size, another leaf\'s proof, an inner node that passes itself off as a leaf', () => {
    expect(judge(receipts[0], without(rehashed({ size: 10 }), 'leaves')).reason).toBe('proofFails');
    expect(judge({ ...receipts[0], proof: receipts[1]!.proof }, root).reason).toBe('proofFails');
    expect(judge(without({ ...receipts[0]!, leafHash: root.root }, 'words', 'proof'), root).reason).toBe('leafAltered');
  });

  test('other words under the same commitments', () => {
    const words = receipts[0]!.words!;
    for (const change of [{ text: `${words.text} ` }, { quote: null }, { author: { ...words.author, name: '李四' } }, { salt: receipts[1]!.words!.salt }]) {
      expect(judge({ ...receipts[0], words: { ...words, ...change } }, root).reason).toBe('wordsAltered');
    }
  });
});

describe('the files of an opinion', () => {
  const { receipts, root } = closed(9);
  const receipt = receipts[1]!;
  const files = receipt.words!.attachments!;
  const withFiles = (attachments: unknown) => ({ ...receipt, words: { ...receipt.words, attachments } });

  test('are under the root by name, size, content and order', async () => {
    expect(files).toHaveLength(2);
    expect(judge(receipt, root)).toMatchObject({ included: true });
    const [one, two] = files as [AttachedFile, AttachedFile];
    const changed: unknown[] = [
      [], [one], [two, one], [...files, one], [{ ...one, name: 'b.pdf' }, two], [{ ...one, size: one.size + 1 }, two], [{ ...one, sha256: two.sha256 }, two],
    ];
    for (const attachments of changed) {
      expect(judge(withFiles(attachments), root)).toEqual({ included: false, reason: 'filesAltered', params: {} });
      expect((await inBrowser(JSON.stringify(withFiles(attachments)), JSON.stringify(root))).reason).toBe('filesAltered');
    }
    for (const attachments of [null, {}, 'x', [null], [{ ...one, more: 1 }], [{ name: one.name, size: one.size }], [{ ...one, size: -1 }], [{ ...one, size: 1.5 }], [{ ...one, name: '\ud800' }], [[one]]]) {
      expect(judge(withFiles(attachments), root)).toMatchObject({ included: false, reason: 'receiptShape', params: { member: expect.stringMatching(/^words\.attachments/) as string } });
      expect((await inBrowser(JSON.stringify(withFiles(attachments)), JSON.stringify(root))).reason).toBe('receiptShape');
    }
  });

  test('cannot be denied by calling the leaf one of the old version, nor added to one', () => {
    const { attachments: _gone, ...core } = receipt.leaf as Extract<OpinionLeaf, { v: 2 }>;
    const { attachments: _files, ...words } = receipt.words!;
    const older = { ...receipt, words, leaf: { ...core, v: 1 } };
    expect(judge(older, root).reason).toBe('leafAltered');
    expect(judge({ ...older, leafHash: opinionLeafHash({ ...core, v: 1 }).toString('hex') }, root).reason).toBe('notAmongLeaves');
    const old = receipts[3]!;
    expect([old.leaf.v, judge(old, root).included]).toEqual([1, true]);
    expect(judge({ ...old, words: { ...old.words, attachments: files } }, root)).toMatchObject({ reason: 'receiptShape', params: { member: 'words.attachments' } });
    expect(judge({ ...old, leaf: { ...old.leaf, v: 2 } }, root)).toMatchObject({ reason: 'receiptShape', params: { member: 'leaf.attachments' } });
  });

  test('of which there are none are said to be none', () => {
    expect(receipts[0]!.leaf).toMatchObject({ v: 2, attachments: [] });
    expect(judge(withoutFiles(receipts[0]!), root).reason).toBe('receiptShape');
  });
  const withoutFiles = (file: ReceiptFile): unknown => ({ ...file, words: without(file.words!, 'attachments') });
});

test.each([
  ['nothing', ''], ['no text', null], ['no JSON', '{'], ['a number', '7'], ['null', 'null'], ['a list', '[]'], ['nothing in it', '{}'], ['a string', '"policyloop-receipt"'],
  ['nested deep', '['.repeat(200_000)], ['nested deep and closed', `${'['.repeat(100_000)}${']'.repeat(100_000)}`], ['members nested deep', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
  ['a prototype', '{"__proto__":{"format":"policyloop-receipt"}}'], ['too large', `"${'x'.repeat(MAX_RECEIPT_FILE)}"`], ['half a character', '{"format":"\\ud800"}'],
])('%s is refused in words, in both places, by both', async (_name, rubbish) => {
  const { receipts, root } = closed(2);
  const [receipt, whole] = [JSON.stringify(receipts[0]), JSON.stringify(root)];
  for (const files of [[rubbish, whole], [receipt, rubbish], [rubbish, rubbish]] as [string | null, string | null][]) {
    const verdict = verifyReceipt(...files);
    expect(verdict).toMatchObject({ included: false, reason: expect.stringMatching(/^(receipt|root)(NotJson|TooLarge|Shape)$/) });
    expect(await inBrowser(...files)).toEqual(verdict);
  }
});

test('a byte order mark and other white space do not matter', () => {
  const { receipts, root } = closed(2);
  expect(verifyReceipt(`\uFEFF${JSON.stringify(receipts[0], null, 2)}\r\n`, JSON.stringify(root, null, '\t')).included).toBe(true);
});

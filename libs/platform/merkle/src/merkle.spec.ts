import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { consistencyHolds, EMPTY_ROOT, inclusionHolds, leafHash, MerkleTree, nodeHash, RootStack } from './index';

/** RFC 9162 §2.1 written down again word for word, by another way: lists are sliced and recursed into. */
const sha = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));
function mth(d: Buffer[]): Buffer {
  if (d.length === 0) return sha();
  if (d.length === 1) return sha(Buffer.of(0), d[0]!);
  const k = split(d.length);
  return sha(Buffer.of(1), mth(d.slice(0, k)), mth(d.slice(k)));
}
function path(m: number, d: Buffer[]): Buffer[] {
  if (d.length === 1) return [];
  const k = split(d.length);
  return m < k ? [...path(m, d.slice(0, k)), mth(d.slice(k))] : [...path(m - k, d.slice(k)), mth(d.slice(0, k))];
}
function subproof(m: number, d: Buffer[], whole: boolean): Buffer[] {
  if (m === d.length) return whole ? [] : [mth(d)];
  const k = split(d.length);
  return m <= k ? [...subproof(m, d.slice(0, k), whole), mth(d.slice(k))] : [...subproof(m - k, d.slice(k), false), mth(d.slice(0, k))];
}

const treeOf = (data: Buffer[]): MerkleTree => MerkleTree.of(data.map(leafHash));
const hex = (hashes: Buffer[]): string[] => hashes.map((one) => one.toString('hex'));
const numbered = (n: number): Buffer[] => Array.from({ length: n }, (_, at) => Buffer.from(`leaf ${at}`));

/** The eight leaves that the logs of Certificate Transparency are tested with, and the root after each. */
const KNOWN: readonly (readonly [leaf: string, root: string])[] = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  ['606162636465666768696a6b6c6d6e6f', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
];

test('gives the published roots, and tells leaves from nodes', () => {
  const leaves = KNOWN.map(([leaf]) => Buffer.from(leaf, 'hex'));
  expect(EMPTY_ROOT.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(KNOWN.map((_, at) => treeOf(leaves).root(at + 1).toString('hex'))).toEqual(KNOWN.map(([, root]) => root));
  const [left, right] = [leafHash('a'), leafHash('b')];
  expect(leafHash(Buffer.concat([left, right])).equals(nodeHash(left, right))).toBe(false);
});

test('root, root by stack, and every proof of every tree up to 40 leaves are those of the naive writing', () => {
  for (let n = 0; n <= 40; n += 1) {
    const data = numbered(n);
    const tree = treeOf(numbered(40));
    const stack = new RootStack();
    for (const one of data) stack.push(leafHash(one));
    expect([tree.root(n), stack.root()]).toEqual([mth(data), mth(data)]);
    for (let m = 0; m < n; m += 1) {
      expect(hex(tree.inclusionProof(m, n))).toEqual(hex(path(m, data)));
      expect(hex(tree.consistencyProof(m + 1, n))).toEqual(hex(subproof(m + 1, data, true)));
    }
  }
});

test('every proof holds, and no proof holds for another leaf, number, size or root', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), (n, a, b) => {
    const tree = treeOf(numbered(n));
    const [index, first] = [a % n, 1 + (b % n)];
    const claim = { leaf: tree.leaf(index), index, size: n, path: tree.inclusionProof(index), root: tree.root() };
    expect(inclusionHolds(claim)).toBe(true);
    const broken = [
      { leaf: leafHash('no such') }, { index: (index + 1) % n }, { index: n }, { index: -1 }, { index: 0.5 }, { root: tree.leaf(index) }, { path: [...claim.path, claim.root] },
      { path: claim.path.slice(1) }, { path: [...claim.path].reverse() }, { path: claim.path.map((one, at) => (at === 0 ? nodeHash(one, one) : one)) }, { leaf: Buffer.alloc(31) },
    ];
    // What is no change at all, such as the reverse of one hash, is no attempt.
    for (const change of broken) {
      const attempt = { ...claim, ...change };
      const changed = attempt.index !== claim.index || !attempt.leaf.equals(claim.leaf) || !attempt.root.equals(claim.root) || hex([...attempt.path]).join() !== hex(claim.path).join();
      if (changed) expect([change, inclusionHolds(attempt)]).toEqual([change, false]);
    }
    const grown = { first, firstRoot: tree.root(first), second: n, secondRoot: tree.root(), path: tree.consistencyProof(first) };
    expect(consistencyHolds(grown)).toBe(true);
    if (first < n) {
      for (const change of [{ firstRoot: tree.root() }, { secondRoot: grown.firstRoot }, { first: n }, { path: [] }, { path: [...grown.path, grown.firstRoot] }, { path: [nodeHash(EMPTY_ROOT, EMPTY_ROOT), ...grown.path.slice(1)] }]) {
        expect([change, consistencyHolds({ ...grown, ...change })]).toEqual([change, false]);
      }
    }
  }));
});

test('a log that was rewritten has no proof that it grew', () => {
  const data = numbered(13);
  const rewritten = treeOf(data.map((one, at) => (at === 4 ? Buffer.from('other') : one)));
  const told = treeOf(data).root(9);
  expect(consistencyHolds({ first: 9, firstRoot: told, second: 13, secondRoot: rewritten.root(), path: rewritten.consistencyProof(9) })).toBe(false);
  expect(consistencyHolds({ first: 0, firstRoot: EMPTY_ROOT, second: 13, secondRoot: rewritten.root(), path: [] })).toBe(true);
});

test('100,000 leaves: stack and tree agree, a proof has 17 hashes at most, and a number beyond 32 bits does not wrap', () => {
  const stack = new RootStack();
  const hashes = numbered(100_000).map((one) => leafHash(one));
  for (const one of hashes) stack.push(one);
  const tree = MerkleTree.of(hashes);
  expect(stack.size).toBe(100_000);
  expect(stack.root().equals(tree.root())).toBe(true);
  for (const index of [0, 65_535, 65_536, 99_999]) {
    const proof = tree.inclusionProof(index);
    expect(proof.length).toBeLessThanOrEqual(17);
    const claim = { leaf: tree.leaf(index), index, size: tree.size, path: proof, root: tree.root() };
    expect(inclusionHolds(claim)).toBe(true);
    expect(inclusionHolds({ ...claim, index: index + 2 ** 32, size: tree.size + 2 ** 32 })).toBe(false);
  }
  expect(tree.indexOf(hashes[77_777]!)).toBe(77_777);
  expect(tree.indexOf(Buffer.concat([hashes[5]!.subarray(1), hashes[6]!.subarray(0, 1)]))).toBeNull();
});

test('refuses what is no tree and asks for what it does not have', () => {
  expect(() => new MerkleTree(Buffer.alloc(33))).toThrow(RangeError);
  const tree = treeOf(numbered(3));
  for (const ask of [() => tree.inclusionProof(3), () => tree.inclusionProof(0, 4), () => tree.inclusionProof(-1), () => tree.root(4), () => tree.consistencyProof(0), () => tree.consistencyProof(3, 2), () => tree.leaf(3)]) {
    expect(ask).toThrow(RangeError);
  }
});

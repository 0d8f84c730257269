import { HASH_BYTES, inclusionHolds, MerkleTree } from '@platform/merkle';
import { attachmentCommitments, commitmentsOf, opinionLeafHash } from './opinion-leaf';
import { fingerprintOf, type ReceiptFile, readReceipt, readRoot, type RootFile } from './proof-files';

/** What came out, one word for each; the texts are `inclusion:why.<reason>`. */
export const VERDICT_REASONS = [
  'included', 'includedWithoutWords', 'noProof', 'receiptNotJson', 'receiptTooLarge', 'receiptShape', 'rootNotJson', 'rootTooLarge', 'rootShape', 'leafAltered',
  'wordsAltered', 'filesAltered', 'rootAltered', 'otherConsultation', 'leavesAltered', 'notAmongLeaves', 'proofFails',
] as const;
export type VerdictReason = (typeof VERDICT_REASONS)[number];

export interface ReceiptVerdict {
  included: boolean;
  reason: VerdictReason;
  /** What the text names: the member of a file that is wrong, the number of the leaf and of all, the root's fingerprint, the place of the proof. */
  params: Record<string, string | number>;
}

const no = (reason: VerdictReason, params: ReceiptVerdict['params'] = {}): ReceiptVerdict => ({ included: false, reason, params });

/**
 * Whether the opinion of a receipt is under a published root: from the two files alone. The texts of the files come as they are; null stands for bytes
 * that are no UTF-8. Everything in both files is checked against something, so that no change of either goes unseen; never throws. The same
 * checks, in the same order, are in `apps/web/public/js/verify-receipt.js` for the browser.
 */
export function verifyReceipt(receiptText: string | null, rootText: string | null): ReceiptVerdict {
  const receipt = readReceipt(receiptText);
  if ('problem' in receipt) return unreadable('receipt', receipt);
  const root = readRoot(rootText);
  if ('problem' in root) return unreadable('root', root);
  return judge(receipt, root);
}

function unreadable(file: 'receipt' | 'root', fault: { problem: 'notJson' | 'tooLarge' | 'shape'; member?: string }): ReceiptVerdict {
  const reason = `${file}${fault.problem.charAt(0).toUpperCase()}${fault.problem.slice(1)}` as VerdictReason;
  return no(reason, fault.problem === 'shape' ? { member: fault.member || '/' } : {});
}

function judge(receipt: ReceiptFile, root: RootFile): ReceiptVerdict {
  const { leaf, words, proof } = receipt;
  const leafHash = opinionLeafHash(leaf);
  if (leafHash.toString('hex') !== receipt.leafHash) return no('leafAltered');
  if (words) {
    const opened = commitmentsOf(words);
    if (opened.text !== leaf.text || opened.quote !== leaf.quote || opened.author !== leaf.author) return no('wordsAltered');
    if (leaf.v === 2 && attachmentCommitments(words.salt, words.attachments ?? []).join() !== leaf.attachments.join()) return no('filesAltered');
  }
  if (fingerprintOf(root) !== root.fingerprint) return no('rootAltered');
  if (leaf.consultation !== root.consultation || leaf.city !== root.city || leaf.draft !== root.draft) return no('otherConsultation');
  const index = root.leaves ? indexAmong(root.leaves, root, leafHash) : null;
  if (index === 'altered') return no('leavesAltered');
  if (root.leaves && index === null) return no('notAmongLeaves', { size: root.size });
  if (proof && !proofHolds(proof, root, leafHash)) return no('proofFails', { size: root.size });
  const at = proof?.index ?? index;
  if (at === null) return no('noProof', { path: proofPath(root, receipt.leafHash) });
  return { included: true, reason: words ? 'included' : 'includedWithoutWords', params: { no: at + 1, size: root.size, fingerprint: root.fingerprint } };
}

/** Where the number of a leaf and the way to the root can be had, on the site that published the root. */
const proofPath = ({ city, consultation }: Pick<RootFile, 'city' | 'consultation'>, leafHash: string): string => `/${city}/consultations/${consultation}/proof/${leafHash}`;

function indexAmong(leaves: string[], { size, root }: RootFile, leaf: Buffer): number | null | 'altered' {
  if (leaves.length !== size) return 'altered';
  const hashes = Buffer.alloc(size * HASH_BYTES);
  leaves.forEach((one, at) => hashes.write(one, at * HASH_BYTES, 'hex'));
  const tree = new MerkleTree(hashes);
  return tree.root().toString('hex') === root ? tree.indexOf(leaf) : 'altered';
}

const proofHolds = ({ index, size, path }: NonNullable<ReceiptFile['proof']>, root: RootFile, leaf: Buffer): boolean =>
  size === root.size && inclusionHolds({ leaf, index, size, path: path.map((one) => Buffer.from(one, 'hex')), root: Buffer.from(root.root, 'hex') });

import { type PublishedTrees, publicRoot, type ReceiptFile, type ReceiptVerdict, rootFile, type RootFile, verifyReceipt } from '@domains/consultation';
import type { PublicReader } from '@platform/persistence';
import type { UploadedFile } from '../http';

export interface OwnInclusion {
  /** With its proof, once the root is published. */
  receipt: ReceiptFile;
  root: RootFile | null;
  /** What the check of the two says; null before the root. */
  verdict: ReceiptVerdict | null;
}

/** The receipt of an opinion against the root of its consultation, judged as a stranger would judge the two files. */
export async function ownInclusion(reader: PublicReader, trees: PublishedTrees, receipt: ReceiptFile): Promise<OwnInclusion> {
  const { city, consultation } = receipt.leaf;
  const published = await publicRoot(reader, city, consultation);
  if (!published) return { receipt, root: null, verdict: null };
  const root = rootFile(published);
  const proof = await trees.proof(city, consultation, receipt.leafHash);
  // What the register holds now is under no root: it was changed since.
  if (!proof) return { receipt, root, verdict: { included: false, reason: 'notAmongLeaves', params: { size: root.size } } };
  const proven = { ...receipt, proof };
  return { receipt: proven, root, verdict: verifyReceipt(JSON.stringify(proven), JSON.stringify(root)) };
}

/** What a visitor brought: the file, or else the text pasted; null for bytes that are no UTF-8. */
export function broughtText(file: UploadedFile | undefined, text: string | undefined): string | null {
  if (!file) return text ?? '';
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.data);
  } catch {
    return null;
  }
}

import { createReadStream } from 'node:fs';
import { MAX_ROOT_FILE, verifyReceipt } from '@domains/consultation';
import { message } from './output';

/**
 * `policyloop receipt verify`: whether the opinion of a receipt is under a published root, from the two files alone. Needs no database and no network. A
 * file that is missing, empty, huge or rubbish is a verdict too, never an exception.
 */
export async function verifyReceiptFiles(receiptPath: string, rootPath: string): Promise<{ included: boolean; why: string }> {
  const [receipt, root] = [await read(receiptPath), await read(rootPath)];
  const lost = receipt.lost ?? root.lost;
  if (lost !== undefined) return { included: false, why: lost };
  const { included, reason, params } = verifyReceipt(receipt.text, root.text);
  return { included, why: message({ key: `inclusion:why.${reason}`, details: { params } }) };
}

interface Read {
  /** Null for bytes that are no UTF-8. */
  text: string | null;
  /** Why there are no bytes. */
  lost?: string;
}

async function read(path: string): Promise<Read> {
  try {
    const chunks: Buffer[] = [];
    // One byte more than is looked at is enough to be told that it is too much; a device may have no end.
    for await (const chunk of createReadStream(path, { end: MAX_ROOT_FILE })) chunks.push(chunk as Buffer);
    return { text: decoded(Buffer.concat(chunks)) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    return { text: null, lost: message({ key: code === 'ENOENT' ? 'inclusion:file.missing' : 'inclusion:file.unreadable', details: { params: { path, code } } }) };
  }
}

function decoded(bytes: Buffer): string | null {
  // Cut off anywhere, perhaps within a character; the size alone refuses it.
  if (bytes.length > MAX_ROOT_FILE) return bytes.toString('latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

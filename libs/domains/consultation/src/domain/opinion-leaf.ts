import { canonicalJson, sha256Hex } from '@platform/kernel';
import { leafHash } from '@platform/merkle';

/**
 * What a leaf of a consultation's tree binds: everything the department received, fixed at that moment. Whether an opinion is shown is decided
 * later and is not in it, so that hiding one changes no root. Its canonical JSON is what is hashed (ADR 0020). The version is that of the opinion: one that came in before
 * there were files keeps its leaf, whatever stands beside it in the tree (ADR 0026).
 */
interface LeafCore {
  city: string;
  consultation: string;
  /** The version that was asked about. */
  draft: string;
  opinion: string;
  receiptNo: string;
  /** ISO instant in UTC, with milliseconds. */
  receivedAt: string;
  channel: string;
  stance: string;
  /** Clause id; null for an opinion on the whole. */
  clause: string | null;
  /** Commitments to the words and to who wrote them (`commitment`). */
  text: string;
  quote: string | null;
  author: string;
}
export type OpinionLeafV1 = LeafCore & { v: 1 };
/** `attachments`: a commitment to each file, in their order. */
export type OpinionLeafV2 = LeafCore & { v: 2; attachments: string[] };
export type OpinionLeaf = OpinionLeafV1 | OpinionLeafV2;

/** A file that came with an opinion, as its author was told. */
export interface AttachedFile {
  name: string;
  /** In bytes. */
  size: number;
  /** Of its content, 64 hexadecimal digits. */
  sha256: string;
}

/** Who an opinion is from, as the department has it. */
export interface OpinionAuthor {
  account: string | null;
  kind: string;
  name: string | null;
  publicName: string | null;
}

/** What opens the commitments of a leaf: for the author's receipt alone. */
export interface OpinionWords {
  /** 64 hexadecimal digits, random for each opinion. */
  salt: string;
  text: string;
  quote: string | null;
  author: OpinionAuthor;
  /** Of a leaf of the second version: its files, in their order. */
  attachments?: AttachedFile[];
}

/**
 * A commitment to one part of an opinion: SHA-256 over a name, the opinion's salt and the value, so that a short text ("支持") or a known name cannot
 * be found by trying. The statement in `opinion-leaves.ts` computes the text's in the database and must agree.
 */
export const commitment = (part: 'text' | 'quote' | 'author' | 'attachment', salt: string, value: string): string => sha256Hex(`policyloop-${part}-v1\n${salt}\n${value}`);

export const authorCommitment = (salt: string, author: OpinionAuthor): string => commitment('author', salt, canonicalJson(author));

/** Also binds which one it is, counted from 1: no file takes another's place. */
export const attachmentCommitments = (salt: string, files: readonly AttachedFile[]): string[] =>
  files.map(({ name, size, sha256 }, at) => commitment('attachment', salt, canonicalJson({ no: at + 1, name, size, sha256 })));

/** The three commitments that every opinion has, as they stand in its leaf. */
export const commitmentsOf = ({ salt, text, quote, author }: OpinionWords): Pick<OpinionLeaf, 'text' | 'quote' | 'author'> => ({
  text: commitment('text', salt, text), quote: quote === null ? null : commitment('quote', salt, quote), author: authorCommitment(salt, author),
});

/** Hash of the leaf in the tree. */
export const opinionLeafHash = (leaf: OpinionLeaf): Buffer => leafHash(canonicalJson(leaf));

import { canonicalJson, sha256Hex } from '@platform/kernel';
import { leafHash } from '@platform/merkle';

/**
 * What a leaf of a consultation's tree binds: everything the department received, fixed at that moment. Whether an opinion is shown is decided
 * later and is not in it, so that hiding one changes no root. Its canonical JSON is what is hashed (ADR 0020).
 */
export interface OpinionLeaf {
  v: 1;
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
}

/**
 * A commitment to one part of an opinion: SHA-256 over a name, the opinion's salt and the value, so that a short text ("支持") or a known name cannot
 * be found by trying. The statement in `opinion-leaves.ts` computes the text's in the database and must agree.
 */
export const commitment = (part: 'text' | 'quote' | 'author', salt: string, value: string): string => sha256Hex(`policyloop-${part}-v1\n${salt}\n${value}`);

export const authorCommitment = (salt: string, author: OpinionAuthor): string => commitment('author', salt, canonicalJson(author));

/** The three commitments of an opinion, as they stand in its leaf. */
export const commitmentsOf = ({ salt, text, quote, author }: OpinionWords): Pick<OpinionLeaf, 'text' | 'quote' | 'author'> => ({
  text: commitment('text', salt, text), quote: quote === null ? null : commitment('quote', salt, quote), author: authorCommitment(salt, author),
});

/** Hash of the leaf in the tree. */
export const opinionLeafHash = (leaf: OpinionLeaf): Buffer => leafHash(canonicalJson(leaf));

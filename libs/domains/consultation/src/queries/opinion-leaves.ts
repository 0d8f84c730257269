import type { TenantTx } from '@platform/persistence';
import { authorCommitment, commitment, type OpinionAuthor, type OpinionLeaf } from '../domain/opinion-leaf';

export interface LeafRow {
  city: string;
  consultation: string;
  draft: string;
  opinion: string;
  receiptNo: string;
  receivedAt: Date;
  /** `receivedAt` as the database writes it, to the microsecond. */
  instant: string;
  channel: string;
  stance: string;
  clause: string | null;
  salt: string;
  quote: string | null;
  /** The commitment and not the words: ten thousand opinions may be long. */
  text: string;
  author: OpinionAuthor;
}

/** What leaves are made of; the text's commitment as `commitment('text', …)` makes it. */
export const LEAF_COLUMNS = `o.city_id AS city, o.consultation_id AS consultation, o.version_id AS draft, o.id AS opinion, o.receipt_no AS "receiptNo", o.received_at AS "receivedAt",
  o.received_at::text AS instant, o.channel, o.stance, o.clause_id AS clause, o.commitment_salt AS salt, o.quote,
  encode(sha256(convert_to('policyloop-text-v1' || chr(10) || o.commitment_salt || chr(10) || o.text, 'UTF8')), 'hex') AS text,
  json_build_object('account', o.author_account_id, 'kind', o.author_kind, 'name', o.author_name, 'publicName', o.public_name) AS author`;

/** The leaf of an opinion as it stands in the register. */
export function leafOf(row: LeafRow): OpinionLeaf {
  const { city, consultation, draft, opinion, receiptNo, receivedAt, channel, stance, clause, salt, quote, text, author } = row;
  return {
    v: 1, city, consultation, draft, opinion, receiptNo, receivedAt: receivedAt.toISOString(), channel, stance, clause, text,
    quote: quote === null ? null : commitment('quote', salt, quote), author: authorCommitment(salt, author),
  };
}

const BATCH = 5000;

/** Every opinion of a consultation as a leaf, hidden ones too, in the order of the tree: by instant of receipt, then id. */
export async function* opinionLeaves(tx: TenantTx, consultationId: string): AsyncGenerator<OpinionLeaf> {
  let after: LeafRow | undefined;
  do {
    const rows: LeafRow[] = await tx.query<LeafRow>(
      `SELECT ${LEAF_COLUMNS} FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = $2
         AND ($3::timestamptz IS NULL OR (o.received_at, o.id) > ($3::timestamptz, $4::uuid))
       ORDER BY o.received_at, o.id LIMIT ${BATCH}`, [tx.cityId, consultationId, after?.instant ?? null, after?.opinion ?? null]);
    for (const row of rows) yield leafOf(row);
    after = rows.length === BATCH ? rows.at(-1) : undefined;
  } while (after);
}

import type { TenantTx } from '@platform/persistence';
import { type AttachedFile, attachmentCommitments, authorCommitment, commitment, type OpinionAuthor, type OpinionLeaf } from '../domain/opinion-leaf';

export interface LeafRow {
  v: 1 | 2;
  /** How many files it came with. */
  files: number;
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
export const LEAF_COLUMNS = `o.leaf_version AS v, o.attachment_count AS files, o.city_id AS city, o.consultation_id AS consultation, o.version_id AS draft, o.id AS opinion, o.receipt_no AS "receiptNo", o.received_at AS "receivedAt",
  o.received_at::text AS instant, o.channel, o.stance, o.clause_id AS clause, o.commitment_salt AS salt, o.quote,
  encode(sha256(convert_to('policyloop-text-v1' || chr(10) || o.commitment_salt || chr(10) || o.text, 'UTF8')), 'hex') AS text,
  json_build_object('account', o.author_account_id, 'kind', o.author_kind, 'name', o.author_name, 'publicName', o.public_name) AS author`;

/** The files of these opinions by the opinion, each in their order; asked only for opinions that have some. */
export async function attachedTo(tx: TenantTx, rows: readonly Pick<LeafRow, 'opinion' | 'files'>[]): Promise<Map<string, AttachedFile[]>> {
  const byOpinion = new Map<string, AttachedFile[]>();
  const ids = rows.filter(({ files }) => files > 0).map(({ opinion }) => opinion);
  if (ids.length === 0) return byOpinion;
  const files = await tx.query<AttachedFile & { opinion: string }>(
    `SELECT f.opinion_id AS opinion, f.filename AS name, f.size, f.sha256 FROM opinion_attachment f WHERE f.city_id = $1 AND f.opinion_id = ANY($2::uuid[]) ORDER BY f.opinion_id, f.no`, [tx.cityId, ids]);
  for (const { opinion, ...file } of files) byOpinion.set(opinion, [...(byOpinion.get(opinion) ?? []), file]);
  return byOpinion;
}

/** The leaf of an opinion as it stands in the register, of the version that it came in with. */
export function leafOf(row: LeafRow, files: readonly AttachedFile[] = []): OpinionLeaf {
  const { city, consultation, draft, opinion, receiptNo, receivedAt, channel, stance, clause, salt, quote, text, author } = row;
  const core = {
    city, consultation, draft, opinion, receiptNo, receivedAt: receivedAt.toISOString(), channel, stance, clause, text,
    quote: quote === null ? null : commitment('quote', salt, quote), author: authorCommitment(salt, author),
  };
  return row.v === 1 ? { v: 1, ...core } : { v: 2, ...core, attachments: attachmentCommitments(salt, files) };
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
    const files = await attachedTo(tx, rows);
    for (const row of rows) yield leafOf(row, files.get(row.opinion));
    after = rows.length === BATCH ? rows.at(-1) : undefined;
  } while (after);
}

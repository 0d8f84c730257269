import { DomainError, isId } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import type { AuthorKind, Disposition, Stance } from '../domain/figures';
import { maskPersonal } from '../domain/personal-data';
import { publicFiles, type PublicFile } from './opinion-files';
import { parseCursor } from './public-consultations';

/** A withdrawn opinion is in the list with the little that remains of it: what its author said, and who that was, is null. */
export interface PublicOpinion {
  id: string;
  receiptNo: string;
  clauseId: string | null;
  clauseLabel: string | null;
  quote: string | null;
  channel: string | null;
  authorKind: AuthorKind | null;
  /** Null: unnamed. */
  publicName: string | null;
  /** Personal data in it is masked. */
  text: string | null;
  stance: Stance | null;
  receivedAt: Date;
  withdrawnAt: Date | null;
  /** Those that the department has released. */
  files: PublicFile[];
  answer: { disposition: Disposition; reason: string; publishedAt: string } | null;
}

/** One that everybody may read. */
export type ShownOpinion = PublicOpinion & { channel: string; authorKind: AuthorKind; text: string; stance: Stance };
const isShown = (opinion: PublicOpinion): opinion is ShownOpinion => opinion.withdrawnAt === null;

const PAGE = 20;

/** Which rows of `o` are on the page, and in what order. */
const paged = (id: string, size: number): string => `o.city_id = $1 AND o.consultation_id = $2 AND ($3::text IS NULL OR o.clause_id = $3)
       AND ($4::timestamptz IS NULL OR (o.received_at, o.${id}) < ($4::timestamptz, $5::uuid))
     ORDER BY o.received_at DESC, o.${id} DESC LIMIT ${size + 1}`;
const LABEL = 'LEFT JOIN provision p ON p.city_id = o.city_id AND p.version_id = o.version_id AND p.clause_id = o.clause_id';

/**
 * The shown opinions of a consultation with their published answers, and what remains of the withdrawn ones, newest first, `size` a page; on one clause
 * where that is asked. Quoted words are the draft's own and stay as they are.
 */
export async function listPublicOpinions(
  reader: PublicReader, cityId: string, consultationId: string, filter: { clauseId?: string | undefined; after?: string | undefined },
  size = PAGE,
): Promise<{ items: PublicOpinion[]; next: string | null }> {
  if (!isId(consultationId)) throw DomainError.notFound();
  const [at, id] = parseCursor(filter.after);
  const rows = await reader.query<Omit<PublicOpinion, 'files'>>(
    `(SELECT o.id, o.receipt_no AS "receiptNo", o.clause_id AS "clauseId", p.label AS "clauseLabel", o.quote, o.channel, o.author_kind AS "authorKind",
       o.public_name AS "publicName", o.text, o.stance, o.received_at AS "receivedAt", NULL::timestamptz AS "withdrawnAt",
       CASE WHEN a.id IS NOT NULL THEN json_build_object('disposition', a.disposition, 'reason', a.reason, 'publishedAt', a.published_at) END AS answer
     FROM (SELECT o.city_id, o.version_id, o.id, o.receipt_no, o.clause_id, o.quote, o.channel, o.author_kind, o.public_name, o.text, o.stance, o.received_at
       FROM opinion o WHERE o.moderation = 'shown' AND ${paged('id', size)}) o ${LABEL}
     LEFT JOIN opinion_answer a ON a.city_id = o.city_id AND a.opinion_id = o.id AND a.published_at IS NOT NULL)
     UNION ALL
     (SELECT o.opinion_id, o.receipt_no, o.clause_id, p.label, NULL, NULL, NULL, NULL, NULL, NULL, o.received_at, o.withdrawn_at, NULL
     FROM opinion_withdrawal o ${LABEL}
     WHERE ${paged('opinion_id', size)})
     ORDER BY "receivedAt" DESC, id DESC LIMIT ${size + 1}`, [cityId, consultationId, filter.clauseId || null, at, id]);
  const shown = rows.slice(0, size);
  const files = await publicFiles(reader, cityId, consultationId, shown.map((row) => row.id));
  const items = shown.map((row) => ({ ...row, files: files.get(row.id) ?? [], publicName: row.publicName && maskPersonal(row.publicName), text: row.text && maskPersonal(row.text) }));
  const last = rows.length > size ? items.at(-1) : undefined;
  return { items, next: last ? `${last.receivedAt.toISOString()}_${last.id}` : null };
}

const BATCH = 500;

/** All shown ones, newest first, a few hundred at a time: ten thousand opinions may be long. What is put in or hidden meanwhile may be in it or not. */
export async function* publicOpinionPages(reader: PublicReader, cityId: string, consultationId: string): AsyncGenerator<ShownOpinion[]> {
  let after: string | undefined;
  do {
    const { items, next } = await listPublicOpinions(reader, cityId, consultationId, { after }, BATCH);
    yield items.filter(isShown);
    after = next ?? undefined;
  } while (after);
}

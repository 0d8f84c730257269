import { DomainError, isId } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { isCased, likePatterns, NONE, type OpinionFilter, saysAll } from '../domain/opinion-filter';
import { cleanText } from '../domain/opinion-text';
import { maskPersonal } from '../domain/personal-data';
import { publicFiles } from './opinion-files';
import { parseCursor } from './public-consultations';
import { listPublicOpinions, type PublicOpinion } from './public-opinions';

/** What a visitor may look for; as `OpinionFilter`. */
export type PublicFilter = Pick<OpinionFilter, 'q' | 'clause' | 'stance' | 'kind' | 'channel'>;

const PAGE = 20;
/** Candidates read at a time: a few more than a page, as those are dropped that say the words only where they are masked. */
const BATCH = 60;

/**
 * The shown opinions of a consultation that fit, newest first, twenty a page. Words are looked for in what everybody reads: personal data is masked before, so that a search
 * is no way to guess it. Of those taken back nothing is known that one could look for; they are listed only where nothing but a clause is asked for.
 */
export async function searchPublicOpinions(reader: PublicReader, cityId: string, consultationId: string, filter: PublicFilter, after?: string): Promise<{ items: PublicOpinion[]; next: string | null }> {
  if (!isId(consultationId)) throw DomainError.notFound();
  const q = cleanText(filter.q ?? '', 'q');
  const clause = cleanText(filter.clause ?? '', 'clause');
  if (q === '' && clause !== NONE && !filter.stance && !filter.kind && !filter.channel) return listPublicOpinions(reader, cityId, consultationId, { clauseId: clause, after });
  const found: Candidate[] = [];
  let cursor = parseCursor(after);
  for (;;) {
    const rows = await candidates(reader, isCased(q) ? 'ILIKE' : 'LIKE', [cityId, consultationId, q === '' ? null : likePatterns(q), clause || null, filter.stance ?? null, filter.kind ?? null, filter.channel || null, ...cursor]);
    found.push(...rows.map((row) => ({ ...row, publicName: row.publicName && maskPersonal(row.publicName), text: row.text && maskPersonal(row.text) })).filter(({ text, receiptNo }) => saysAll(text ?? '', q) || saysAll(receiptNo, q)));
    const last = rows.at(-1);
    if (found.length > PAGE || rows.length < BATCH || !last) break;
    cursor = [last.receivedAt.toISOString(), last.id];
  }
  const shown = found.slice(0, PAGE);
  const files = await publicFiles(reader, cityId, consultationId, shown.map(({ id }) => id));
  const items = shown.map((row) => ({ ...row, files: files.get(row.id) ?? [] }));
  const last = found.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.receivedAt.toISOString()}_${last.id}` : null };
}

type Candidate = Omit<PublicOpinion, 'files'>;

const candidates = (reader: PublicReader, like: 'LIKE' | 'ILIKE', parameters: unknown[]): Promise<Candidate[]> =>
  reader.query<Candidate>(
    `SELECT o.id, o.receipt_no AS "receiptNo", o.clause_id AS "clauseId", p.label AS "clauseLabel", o.quote, o.channel, o.author_kind AS "authorKind", o.public_name AS "publicName", o.text, o.stance,
       o.received_at AS "receivedAt", NULL::timestamptz AS "withdrawnAt", CASE WHEN a.id IS NOT NULL THEN json_build_object('disposition', a.disposition, 'reason', a.reason, 'publishedAt', a.published_at) END AS answer
     FROM (SELECT o.city_id, o.version_id, o.id, o.receipt_no, o.clause_id, o.quote, o.channel, o.author_kind, o.public_name, o.text, o.stance, o.received_at FROM opinion o
       WHERE o.city_id = $1 AND o.consultation_id = $2 AND o.moderation = 'shown' AND ($3::text[] IS NULL OR o.text ${like} ALL ($3::text[]) OR o.receipt_no ILIKE ALL ($3::text[]))
         AND ($4::text IS NULL OR coalesce(o.clause_id, '${NONE}') = $4) AND ($5::text IS NULL OR o.stance = $5) AND ($6::text IS NULL OR o.author_kind = $6) AND ($7::text IS NULL OR o.channel = $7)
         AND ($8::timestamptz IS NULL OR (o.received_at, o.id) < ($8::timestamptz, $9::uuid))
       ORDER BY o.received_at DESC, o.id DESC LIMIT ${BATCH}) o
     LEFT JOIN provision p ON p.city_id = o.city_id AND p.version_id = o.version_id AND p.clause_id = o.clause_id
     LEFT JOIN opinion_answer a ON a.city_id = o.city_id AND a.opinion_id = o.id AND a.published_at IS NOT NULL
     ORDER BY o.received_at DESC, o.id DESC`, parameters);

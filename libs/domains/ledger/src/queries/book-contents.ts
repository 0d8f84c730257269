import type { Book, BookChapter, BookDocument } from '@core/documents';
import type { ExplanationRegistry } from '@core/policy';
import { chinaDate, DomainError, type IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { asOf, BOOK_WORDS, KIND_WORDS, NO_TOPIC, validityNote, yearChapter } from '../domain/book-words';
import { BOOK_LIMIT, type BookSpec, bookFaults } from '../domain/book-spec';
import { type EffectiveItem, effectiveExport } from './effective-list';

/** A document that a book would hold. */
export interface ChosenDocument extends EffectiveItem {
  topics: string[];
}

/** Documents whose texts are read at once. */
const BATCH = 100;

/**
 * What a book would hold, oldest first: the public documents that are in force on its day and that its filter asks for.
 *
 * @throws DomainError invalid with the fields of `bookFaults`
 */
export async function chosenDocuments(reader: PublicReader, cityId: string, spec: BookSpec): Promise<ChosenDocument[]> {
  const faults = bookFaults(spec);
  if (faults[0]) throw DomainError.invalid(faults[0].key, faults);
  const inForce = await effectiveExport(reader, cityId, spec.on);
  const facts = await reader.query<{ id: string; tenantId: string; topics: string[] }>(
    'SELECT id, tenant_id AS "tenantId", topics FROM policy WHERE city_id = $1 AND public_since IS NOT NULL AND id = ANY ($2::uuid[])', [cityId, inForce.map(({ id }) => id)]);
  const factsOf = new Map(facts.map((row) => [row.id, row]));
  return inForce.flatMap((item) => {
    const fact = factsOf.get(item.id);
    return fact && isAskedFor(spec, item, fact) ? [{ ...item, topics: fact.topics }] : [];
  }).reverse();
}

function isAskedFor(spec: BookSpec, item: EffectiveItem, { tenantId, topics }: { tenantId: string; topics: string[] }): boolean {
  const published = chinaDate(item.publishedAt);
  return (spec.departmentIds.length === 0 || spec.departmentIds.includes(tenantId))
    && (spec.kinds.length === 0 || spec.kinds.includes(item.kind))
    && (spec.topics.length === 0 || spec.topics.some((topic) => topics.includes(topic)))
    && (!spec.publishedFrom || published >= spec.publishedFrom) && (!spec.publishedTo || published <= spec.publishedTo)
    && item.title.includes(spec.words.trim());
}

/**
 * The whole book with its texts and what explains them.
 *
 * @throws DomainError invalid as `chosenDocuments`, and `book:error.empty`, `tooMany` for no or more than `BOOK_LIMIT` documents
 */
export async function bookContents(reader: PublicReader, explanations: ExplanationRegistry, cityId: string, spec: BookSpec, today: IsoDate): Promise<Book> {
  const chosen = await chosenDocuments(reader, cityId, spec);
  if (chosen.length === 0) throw DomainError.invalid('book:error.empty');
  if (chosen.length > BOOK_LIMIT) throw DomainError.invalid('book:error.tooMany', [], { count: chosen.length, limit: BOOK_LIMIT });
  const documents: BookDocument[] = [];
  for (let at = 0; at < chosen.length; at += BATCH) documents.push(...await read(reader, explanations, cityId, chosen.slice(at, at + BATCH)));
  const places = new Map<string, BookDocument[]>();
  for (const [at, document] of documents.entries()) {
    const title = chapterOf(spec, chosen[at] as ChosenDocument);
    places.set(title, [...(places.get(title) ?? []), document]);
  }
  const chapters: BookChapter[] = [...places].map(([title, held]) => ({ title, documents: held })).sort((one, other) => collator.compare(one.title, other.title));
  return { title: spec.title.trim(), subtitles: [asOf(spec.on, chosen.length)], issuer: spec.issuer.trim(), date: today, chapters, words: BOOK_WORDS };
}

const collator = new Intl.Collator('zh-Hans-CN', { numeric: true });

/** A document of several topics stands under its first one; the index has it under all. */
function chapterOf({ chapters }: BookSpec, item: ChosenDocument): string {
  switch (chapters) {
    case 'department': return item.department;
    case 'topic': return item.topics[0] ?? NO_TOPIC;
    case 'kind': return KIND_WORDS[item.kind];
    case 'year': return yearChapter(chinaDate(item.publishedAt).slice(0, 4));
  }
}

interface TextRow {
  policyId: string;
  provisions: BookDocument['source']['provisions'];
}

async function read(reader: PublicReader, explanations: ExplanationRegistry, cityId: string, chosen: readonly ChosenDocument[]): Promise<BookDocument[]> {
  const ids = chosen.map(({ id }) => id);
  const [texts, explained] = await Promise.all([
    reader.query<TextRow>(
      `SELECT v.policy_id AS "policyId", json_agg(json_build_object('kind', o.kind, 'label', o.label, 'text', o.text, 'lead', o.lead) ORDER BY o.seq) AS provisions
       FROM (SELECT DISTINCT ON (policy_id) policy_id, id FROM policy_version WHERE city_id = $1 AND policy_id = ANY ($2::uuid[]) AND is_public ORDER BY policy_id, no DESC) v
       JOIN provision o ON o.city_id = $1 AND o.version_id = v.id GROUP BY v.policy_id`, [cityId, ids]),
    explanations.list(reader, cityId, ids),
  ]);
  const textOf = new Map(texts.map((row) => [row.policyId, row.provisions]));
  return chosen.map((item) => ({
    title: item.title, number: item.documentNumber, department: item.department, date: chinaDate(item.publishedAt), note: validityNote(item), topics: item.topics,
    source: { title: item.title, provisions: textOf.get(item.id) ?? [] },
    interpretations: explained.filter(({ policyId }) => policyId === item.id).map(({ title, text }) => ({ title, text })),
  }));
}
